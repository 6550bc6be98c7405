import { randomUUID } from 'node:crypto';
import { UserRegistered, type PublishedUser } from '@riparo/shared/contracts/auth.events';
import {
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketRated,
  TicketReplied,
  TicketResolved,
  TicketStatusChanged,
  type PublishedTicket,
} from '@riparo/shared/contracts/tickets.events';
import type { AnyData, HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform, type TestPlatformOptions } from '@riparo/shared/testing/test-platform';
import { loadReportsConfig } from '../src/config.js';
import type { ReportsOptions } from '../src/dependencies.js';
import { createReportsService, type ReportsService } from '../src/service.js';

export const buildTicket = (part: Partial<PublishedTicket> = {}): PublishedTicket => ({
  id: randomUUID(),
  ticketNumber: 'TKT-2026-001',
  customerId: randomUUID(),
  createdByUserId: randomUUID(),
  title: "Laptop won't boot",
  category: 'HARDWARE',
  priority: 'HIGH',
  status: 'OPEN',
  stage: 'NEW',
  source: 'PORTAL',
  slaBreached: false,
  createdAt: '2026-03-02T09:00:00.000Z',
  ...part,
});

/** A ticket's life as its events tell it, each step with the next version. */
export interface Life {
  readonly id: string;
  opened(): Promise<void>;
  replied(at: string): Promise<void>;
  resolved(at: string, by: string | undefined, part?: Partial<PublishedTicket>): Promise<void>;
  reopened(at: string): Promise<void>;
  closed(at: string): Promise<void>;
  merged(at: string, into: string): Promise<void>;
  rated(at: string, score: number): Promise<void>;
  /** What was told so far, to be told again in any order. */
  readonly told: readonly (() => Promise<void>)[];
}

export interface Bench {
  readonly world: TestPlatform;
  readonly api: HttpClient;
  readonly token: string;
  report<T = AnyData>(path: string): Promise<T>;
  technician(name: string, part?: Partial<PublishedUser>): Promise<string>;
  ticket(part?: Partial<PublishedTicket>): Life;
  /** Tells nothing until its `told` are called. */
  quietTicket(part?: Partial<PublishedTicket>): Life;
  /** Does now what the job does: what texts are compared by is brought in line. */
  renewKeys(): Promise<void>;
  /** Likewise: rebuilds that were asked for. */
  rebuild(): Promise<void>;
  /** Likewise: any job. */
  runJob(name: string): Promise<void>;
  stop(): Promise<void>;
}

const lifeOf = (world: TestPlatform, first: PublishedTicket, quiet = false): Life => {
  let [now, version] = [first, 0];
  const told: (() => Promise<void>)[] = [];
  const step = (
    at: string | undefined,
    change: Partial<PublishedTicket>,
    tell: (it: PublishedTicket, version: number) => Promise<void>,
  ) => {
    now = { ...now, ...change };
    const [it, its] = [now, ++version];
    const send = () => {
      if (at !== undefined) world.clock.set(at);
      return tell(it, its);
    };
    told.push(send);
    return quiet ? Promise.resolve() : send();
  };
  const origin = (subject: string, its: number) => ({ subject, version: its });
  return {
    id: first.id,
    opened: () => step(undefined, {}, (ticket, its) => world.publish(TicketOpened, { ticket }, origin(ticket.id, its))),
    replied: (at) =>
      step(at, { firstRespondedAt: now.firstRespondedAt ?? at }, (ticket, its) =>
        world.publish(TicketReplied, { ticket, activityId: randomUUID(), body: 'On it', byCustomer: false }, origin(ticket.id, its)),
      ),
    resolved: (at, by, part = {}) =>
      step(
        at,
        { status: 'RESOLVED', stage: 'RESOLVED', resolvedAt: at, resolvedByUserId: by, resolution: 'Done', ...part },
        (ticket, its) => world.publish(TicketResolved, { ticket, from: 'IN_PROGRESS', to: 'RESOLVED' }, origin(ticket.id, its)),
      ),
    reopened: (at) =>
      step(at, { status: 'IN_PROGRESS', stage: 'IN_PROGRESS', resolvedAt: undefined, resolvedByUserId: undefined }, (ticket, its) =>
        world.publish(TicketStatusChanged, { ticket, from: 'RESOLVED', to: 'IN_PROGRESS' }, origin(ticket.id, its)),
      ),
    closed: (at) =>
      step(at, { status: 'CLOSED', stage: 'CLOSED', closedAt: at }, (ticket, its) =>
        world.publish(TicketClosed, { ticket, from: 'RESOLVED', to: 'CLOSED' }, origin(ticket.id, its)),
      ),
    merged: (at, into) =>
      step(at, { status: 'CLOSED', stage: 'CLOSED', closedAt: at, mergedIntoId: into }, (ticket, its) =>
        world.publish(TicketMerged, { ticket, into: { id: into, ticketNumber: 'TKT-2026-001' } }, origin(ticket.id, its)),
      ),
    rated: (at, score) =>
      step(at, { ratingScore: score }, (ticket, its) => world.publish(TicketRated, { ticket, score }, origin(ticket.id, its))),
    told,
  };
};

export const startBench = async (outside: ReportsOptions = {}, shared: Partial<TestPlatformOptions> = {}): Promise<Bench> => {
  const world = await createTestPlatform({ service: 'reports', now: '2026-03-02T10:00:00.000Z', ...shared });
  let service: ReportsService | undefined;
  const { api } = await world.startService((platform) => {
    service = createReportsService(platform, loadReportsConfig({}), outside);
    return service;
  });
  // A token lasts a day; tests let weeks pass.
  const agent = () => world.tokenFor({ role: 'AGENT' });
  return {
    world,
    api,
    get token() {
      return agent();
    },
    report: async <T>(path: string) => {
      const answer = await api.get<T>(path, { token: agent() });
      if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
      return answer.body.data;
    },
    technician: async (name, part = {}) => {
      const id = part.id ?? randomUUID();
      const user = {
        id,
        email: `${id}@example.test`,
        name,
        role: 'TECH' as const,
        status: 'ACTIVE' as const,
        skills: [],
        removed: false,
        ...part,
      };
      await world.publish(UserRegistered, { user }, { subject: id });
      return id;
    },
    ticket: (part) => lifeOf(world, buildTicket(part)),
    quietTicket: (part) => lifeOf(world, buildTicket(part), true),
    renewKeys: async () => service?.renewKeys(),
    rebuild: async () => service?.rebuild(),
    runJob: async (name) => service?.runJob(name),
    stop: () => world.stop(),
  };
};
