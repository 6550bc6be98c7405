import {
  CustomerCreated,
  SettingsChanged,
  UserUpdated,
  type PublishedCustomer,
  type PublishedSettings,
  type PublishedUser,
} from '@riparo/shared/contracts/auth.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import { PartAdded, PartUpdated, type PublishedPart } from '@riparo/shared/contracts/parts.events';
import type { QuoteEventV1 } from '@riparo/shared/contracts/quotes.events';
import { RepairReceived, RepairUpdated, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { Role } from '@riparo/shared/contracts/roles';
import { QUOTE_LINK } from '@riparo/shared/contracts/links';
import { createPrinter } from '@riparo/shared/pdf/create-printer';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Answer, AnyData } from '@riparo/shared/testing/http-client';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import {
  createTestPlatform,
  type RunningTestService,
  type TestPlatform,
  type TestPlatformOptions,
} from '@riparo/shared/testing/test-platform';
import { randomUUID } from 'node:crypto';
import type { BillingConfig } from '../src/config.js';
import { createDependencies, type Dependencies } from '../src/dependencies.js';
import { createBillingService } from '../src/service.js';

export const CONFIG: BillingConfig = {
  PUBLIC_URL: 'https://support.example.com',
  TICKETS_URL: 'http://127.0.0.1:9',
  DEFAULT_TIMEZONE: 'Europe/Rome',
  DEFAULT_CURRENCY: 'EUR',
  STRIPE_SECRET_KEY: undefined,
  STRIPE_WEBHOOK_SECRET: undefined,
  STRIPE_API_URL: 'http://127.0.0.1:9',
  FATTURAPA_SCHEMA: undefined,
  FATTURAPA_DROP_DIR: undefined,
};

/** A quote as tests read it from answers. */
export interface QuoteView extends AnyData {
  readonly number: string;
  readonly version: number;
  readonly quoteVersion: number;
  readonly status: string;
  readonly reason?: string;
  readonly workEnded?: boolean;
  readonly total: { readonly amount: number };
  readonly documentHash?: string;
  readonly formHash?: string;
  readonly validUntil?: string;
  readonly versions: readonly Readonly<Record<string, unknown>>[];
}

export interface Person {
  readonly caller: Caller;
  readonly token: string;
}

export const LABOUR = { kind: 'LABOUR', description: 'Change the display', quantity: 1, unitPrice: 5000, vatRate: 22, minutes: 60 };

export const buildSettings = (overrides: Partial<PublishedSettings> = {}): PublishedSettings => ({
  companyName: 'Officina Verdi',
  contactEmail: 'desk@example.test',
  contactPhone: '+39 059 123456',
  address: 'Via Emilia 1\n41121 Modena',
  timeZone: 'Europe/Rome',
  locale: 'it',
  currency: 'EUR',
  calendar: { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] },
  ...overrides,
});

export const buildPart = (overrides: Partial<PublishedPart> = {}): PublishedPart => ({
  id: randomUUID(),
  sku: 'DSP-1',
  name: 'Display',
  salePrice: { amount: 9000, currency: 'EUR' },
  vatRate: 22,
  active: true,
  onHand: 1,
  reserved: 0,
  available: 1,
  ...overrides,
});

/** One thread for all benches of a process: to load fonts takes a second. */
const print = createPrinter();

interface Changed {
  readonly id: string;
  readonly version: number;
}

/** What the tickets service would answer: what the test has put there, before any event of it has arrived. */
const createNeighbour = () => {
  const known = new Map<string, object>();
  const asked: string[] = [];
  const tickets: InternalClient = {
    get: <T>(path: string): Promise<T> => {
      const [, , kind, id = '', ofIt] = (path.split('?')[0] ?? '').split('/');
      asked.push(path);
      const found = ofIt === undefined ? known.get(id) : (known.get(`${id}/${ofIt}`) ?? (kind === 'tickets' ? [] : undefined));
      return found === undefined ? Promise.reject(notFound('repair')) : Promise.resolve(found as T);
    },
    post: () => Promise.reject(new Error('nobody posts to tickets')),
  };
  return { known, asked, tickets };
};

/** What auth would answer about whom documents are made out to. */
const createAuthNeighbour = () => {
  const buyers = new Map<string, object>();
  let failures = 0;
  const auth: InternalClient = {
    get: <T>(path: string): Promise<T> => {
      if (failures-- > 0) return Promise.reject(unavailable('The auth service'));
      const found = buyers.get(path.split('/')[3] ?? '');
      return found === undefined ? Promise.reject(notFound('customer')) : Promise.resolve(found as T);
    },
    post: () => Promise.reject(new Error('nobody posts to auth')),
  };
  return { buyers, auth, failNext: (times: number) => void (failures = times) };
};

export interface Bench extends TestPlatform, RunningTestService {
  readonly deps: Dependencies;
  /** Repairs as the tickets service answers when asked, and the paths that were asked for. */
  readonly known: Map<string, object>;
  readonly asked: readonly string[];
  /** Customers with their fiscal data as auth answers. */
  readonly buyers: Map<string, object>;
  /** Auth does not answer the next so many times. */
  authFails(times: number): void;
  person(role: Role, part?: Partial<Caller>): Person;
  customer(part?: Partial<PublishedCustomer>): Promise<Person>;
  /** The user of this caller chooses a language. */
  userSpeaks(caller: Caller, locale: string): Promise<void>;
  repair(part?: Partial<PublishedRepair>, version?: number): Promise<PublishedRepair>;
  part(part?: Partial<PublishedPart>, version?: number): Promise<PublishedPart>;
  settings(part?: Partial<PublishedSettings>, version?: number): Promise<void>;
  draft(token: string, body: object): Promise<QuoteView>;
  /** A quote that was made and sent. */
  sent(token: string, body: object): Promise<QuoteView>;
  act(id: string, verb: string, token: string, body?: object): Promise<Answer<QuoteView>>;
  linkTo(quote: Pick<QuoteView, 'id' | 'quoteVersion'>, overrides?: { readonly tenantId?: string }): string;
  events(): Promise<readonly (QuoteEventV1 & { readonly type: string; readonly tenantId: string })[]>;
}

const userOf = ({ userId: id, customerId, email, name, role }: Caller): PublishedUser => ({
  id,
  ...(customerId === undefined ? {} : { customerId }),
  email,
  name,
  role,
  status: 'ACTIVE',
  skills: [],
  removed: false,
});

const shortName = (type: string): string => type.replace(/^riparo\.billing\.quote-|\.v1$/g, '');

const expectStatus = <T>({ status, text, body }: Answer<T>, wanted: number): T => {
  if (status !== wanted) throw new Error(`${status}: ${text}`);
  return body.data;
};

export interface BenchOptions extends Omit<TestPlatformOptions, 'service'> {
  readonly config?: Partial<BillingConfig>;
  /** How the tickets service answers what is posted to it; `known` are its repairs. */
  readonly post?: (known: Map<string, object>) => InternalClient['post'];
}

/** The real service on a database of its own, with the settings of an Italian centre. */
export const startBench = async ({ config: configured = {}, post, ...options }: BenchOptions = {}): Promise<Bench> => {
  const config = { ...CONFIG, ...configured };
  const world = await createTestPlatform({ service: 'billing', now: '2026-03-02T09:00:00Z', ...options });
  const { tickets: neighbour, known, asked } = createNeighbour();
  const tickets = { ...neighbour, ...(post === undefined ? {} : { post: post(known) }) };
  const { buyers, auth, failNext } = createAuthNeighbour();
  const outside = { tickets, auth, print };
  const running = await world.startService((platform) => createBillingService(platform, config, outside));
  const { api } = running;
  const publish = { settings: 0 };
  const bench: Bench = {
    ...running,
    ...world,
    known,
    asked,
    buyers,
    authFails: failNext,
    deps: createDependencies(world.platform, config, outside),
    stop: () => world.stop(),
    person: (role, part = {}) => {
      const caller = world.callerOf({ role, ...part });
      return { caller, token: world.tokenFor(caller) };
    },
    customer: async (part = {}) => {
      const { caller, token } = bench.person('CUSTOMER_USER', part.id === undefined ? {} : { customerId: part.id });
      const id = caller.customerId ?? '';
      const customer: PublishedCustomer = {
        type: 'INDIVIDUAL',
        name: 'Rosa',
        surname: 'Bianchi',
        contactEmail: 'rosa@example.test',
        status: 'ACTIVE',
        ...part,
        id,
      };
      await world.publish(CustomerCreated, { customer }, { subject: id });
      await world.publish(UserUpdated, { user: userOf(caller) }, { subject: caller.userId });
      return { caller, token };
    },
    userSpeaks: (caller, locale) =>
      world.publish(UserUpdated, { user: { ...userOf(caller), locale } }, { subject: caller.userId, version: 2 }),
    repair: async (part = {}, version = 1) => {
      const repair = buildPublishedRepair(part);
      const contract = version === 1 ? RepairReceived : RepairUpdated;
      await world.publish(contract, { repair, at: world.clock.now().toISOString() }, { subject: repair.id, version });
      return repair;
    },
    part: async (given = {}, version = 1) => {
      const part = buildPart(given);
      const contract = version === 1 ? PartAdded : PartUpdated;
      await world.publish(contract, { part, at: world.clock.now().toISOString() }, { subject: part.id, version });
      return part;
    },
    settings: async (part = {}) => {
      publish.settings += 1;
      await world.publish(SettingsChanged, { settings: buildSettings(part) }, { subject: 'default', version: publish.settings });
    },
    draft: async (token, body) => expectStatus(await api.post<QuoteView>('/quotes', { lines: [LABOUR], ...body }, { token }), 201),
    sent: async (token, body) => expectStatus(await bench.act((await bench.draft(token, body)).id, 'send', token), 200),
    act: (id, verb, token, body) => api.post<QuoteView>(`/quotes/${id}/${verb}`, body, { token }),
    linkTo: ({ id, quoteVersion }, { tenantId = 'default' } = {}) =>
      world.platform.links.sign(
        QUOTE_LINK,
        { tenantId, subjectId: id, state: String(quoteVersion) },
        new Date(world.clock.now().getTime() + 90 * 86_400_000),
      ),
    events: async () => {
      await world.idle();
      return world.published
        .filter(({ type }) => type.startsWith('riparo.billing.'))
        .map(({ type, tenantid, data }) => ({ ...(data as QuoteEventV1), type: shortName(type), tenantId: tenantid }));
    },
  };
  await bench.settings();
  return bench;
};

export const changed = (repair: PublishedRepair, part: Partial<PublishedRepair>, version = 2): PublishedRepair & Changed => ({
  ...repair,
  ...part,
  version,
});
