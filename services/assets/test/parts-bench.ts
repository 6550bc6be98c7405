import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import { randomUUID } from 'node:crypto';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { ReservationState } from '@riparo/shared/contracts/parts.events';
import { RepairReceived, RepairStatusChanged, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import {
  WorkReportApproved,
  WorkReportClosed,
  WorkReportDiscarded,
  WorkReportDisputed,
  WorkReportStarted,
  type PublishedWorkReport,
} from '@riparo/shared/contracts/work-reports.events';
import { notFound, unavailable } from '@riparo/shared/errors/common-errors';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Answer } from '@riparo/shared/testing/http-client';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { startBench, type Bench, type BenchOptions, type Somebody } from './bench.js';

export interface ShownPart {
  readonly id: string;
  readonly sku: string;
  readonly version: number;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  readonly onOrder: number;
  readonly lowStock: boolean;
  readonly active: boolean;
  readonly averageCost?: Money;
  readonly [field: string]: unknown;
}
export interface ShownReservation {
  readonly id: string;
  readonly partId: string;
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly quantity: number;
  readonly state: ReservationState;
  readonly unitPrice: Money;
  readonly charge: string;
  readonly expectedOn?: string;
  readonly used?: number;
}
export interface ShownMovement {
  readonly id: string;
  readonly position: number;
  readonly kind: string;
  readonly quantity: number;
  readonly unitCost: Money;
  readonly onHand: number;
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly purchaseOrderId?: string;
}

export const buildPart = (part: object = {}) => ({
  sku: `SKU-${randomUUID().slice(0, 8)}`,
  name: 'Display for iPhone 12',
  salePrice: 8_900,
  cost: 4_000,
  vatRate: 22,
  ...part,
});

/** The tickets service, as far as this one asks it for repairs and work reports. */
export interface FakeTickets extends InternalClient {
  readonly repairs: Map<string, PublishedRepair & { readonly version: number }>;
  readonly workReports: Map<string, PublishedWorkReport & { readonly version: number }>;
  away: boolean;
  /** Happens while it is asked. */
  meanwhile: () => Promise<unknown>;
}

const createFakeTickets = (): FakeTickets => {
  const repairs: FakeTickets['repairs'] = new Map();
  const workReports: FakeTickets['workReports'] = new Map();
  const fake: FakeTickets = {
    repairs,
    workReports,
    away: false,
    meanwhile: () => Promise.resolve(),
    get: async <T>(path: string): Promise<T> => {
      if (fake.away) throw unavailable('The tickets service');
      const id = /(?:repairs|work-reports)\/([^?]+)/.exec(path)?.[1] ?? '';
      const found = path.startsWith('/internal/repairs/') ? repairs.get(id) : workReports.get(id);
      await fake.meanwhile();
      if (found === undefined) throw notFound('repair or report');
      return found as T;
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  return fake;
};

const TOLD_BY = {
  DRAFT: WorkReportStarted,
  CLOSED: WorkReportClosed,
  APPROVED: WorkReportApproved,
  DISPUTED: WorkReportDisputed,
  DISCARDED: WorkReportDiscarded,
} as const;

/** The service under test with parts, repairs and work reports around it. */
export interface PartsBench {
  readonly bench: Bench;
  readonly tickets: FakeTickets;
  readonly desk: Omit<Somebody, 'customerId'>;
  readonly tech: Omit<Somebody, 'customerId'>;
  /** A new part with so many pieces on the shelf. */
  part(fields?: object, pieces?: number): Promise<ShownPart>;
  show(id: string, token?: string): Promise<ShownPart>;
  move(partId: string, body: object, token?: string): Promise<Answer<ShownPart>>;
  ledger(partId: string): Promise<readonly ShownMovement[]>;
  /** A repair that is assigned to `tech` and in work, told by event. */
  repair(fields?: Partial<PublishedRepair>): Promise<PublishedRepair>;
  /** Tells a change of a repair. */
  tellRepair(repair: PublishedRepair, version: number): Promise<void>;
  /** A work report of a ticket that `tech` writes, told by event. */
  report(fields?: Partial<PublishedWorkReport>): Promise<PublishedWorkReport>;
  /** Tells a change of a work report, with the event that its status goes with. */
  tellReport(report: PublishedWorkReport, version: number): Promise<void>;
  reserveForReport(partId: string, workReportId: string, body?: object, token?: string): Promise<Answer<ShownReservation>>;
  reserve(partId: string, repairId: string, body?: object, token?: string): Promise<Answer<ShownReservation>>;
  reservations(query: string, token?: string): Promise<readonly ShownReservation[]>;
  /** The centre buys and sells in this currency from now on. */
  settle(currency: string): Promise<void>;
  /** The events of a type that were published so far. */
  told<T>(type: string): Promise<readonly T[]>;
}

export const startPartsBench = async (options: BenchOptions = {}): Promise<PartsBench> => {
  const tickets = createFakeTickets();
  const bench = await startBench({ parts: { tickets }, ...options });
  const { api, world } = bench;
  let settled = 0;
  const [desk, tech] = [bench.staff('AGENT'), bench.staff('TECH')];

  const move: PartsBench['move'] = (partId, body, token = desk.token) => api.post(`/parts/${partId}/movements`, body, { token });
  const tellReport: PartsBench['tellReport'] = (workReport, version) =>
    world.publish(
      TOLD_BY[workReport.status],
      { workReport, at: '2026-03-02T12:00:00.000Z', actorUserId: tech.userId },
      { subject: workReport.id, version },
    );
  const show: PartsBench['show'] = async (id, token = desk.token) => (await api.get<ShownPart>(`/parts/${id}`, { token })).body.data;
  return {
    bench,
    tickets,
    desk,
    tech,
    move,
    show,
    part: async (fields = {}, pieces = 0) => {
      const { status, text, body } = await api.post<ShownPart>('/parts', buildPart(fields), { token: desk.token });
      if (status !== 201) throw new Error(text);
      if (pieces > 0) await move(body.data.id, { kind: 'RECEIPT', quantity: pieces });
      return body.data;
    },
    ledger: async (partId) => (await api.get<ShownMovement[]>(`/parts/${partId}/movements?pageSize=100`, { token: desk.token })).body.data,
    repair: async (fields = {}) => {
      const repair = buildPublishedRepair({ status: 'IN_PROGRESS', assignedToUserId: tech.userId, ...fields });
      await world.publish(RepairReceived, { repair, at: repair.createdAt }, { subject: repair.id });
      return repair;
    },
    tellRepair: (repair, version) =>
      world.publish(
        RepairStatusChanged,
        { repair, at: '2026-03-02T12:00:00.000Z', actorUserId: tech.userId, from: 'IN_PROGRESS', to: repair.status },
        { subject: repair.id, version },
      ),
    report: async (fields = {}) => {
      const report = buildWorkReport({ status: 'DRAFT', technicianIds: [tech.userId], ...fields });
      await tellReport(report, 1);
      return report;
    },
    tellReport,
    reserveForReport: (partId, workReportId, body = {}, token = tech.token) =>
      api.post('/parts/reservations', { partId, workReportId, ...body }, { token }),
    reserve: (partId, repairId, body = {}, token = tech.token) => api.post('/parts/reservations', { partId, repairId, ...body }, { token }),
    reservations: async (query, token = desk.token) =>
      (await api.get<ShownReservation[]>(`/parts/reservations?pageSize=100&${query}`, { token })).body.data,
    settle: (currency) => {
      const calendar = { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] };
      const settings = { companyName: 'Riparo', timeZone: 'Europe/Rome', locale: 'en', currency, calendar };
      return world.publish(SettingsChanged, { settings }, { subject: 'default', version: ++settled });
    },
    told: async <T>(type: string) => {
      await world.idle();
      return world.published.filter((event) => event.type === type).map(({ data }) => data as T);
    },
  };
};
