/** A year of a centre as the reports service keeps it, to be loaded into its database. */
import { PAYMENT_METHODS, TICKET_CATEGORIES, TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

export const YEAR = 2025;
const BEGIN = Date.UTC(YEAR, 0, 1);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TECHNICIANS = Array.from({ length: 20 }, (_, n) => `01890000-0000-7000-8000-0000000000${String(n + 10)}`);

type Doc = Readonly<Record<string, unknown>>;

/** Ids that sort by time, as those of the product do. */
const idOf = (kind: number, n: number): string =>
  `${String(kind)}1890000-${n
    .toString(16)
    .padStart(8, '0')
    .replace(/^(.{4})/, '$1-')}-8000-000000000000`;

/** The same numbers every time. */
const spread = (n: number, salt: number, limit: number): number => ((n * 2_654_435_761 + salt * 40_503) % 4_294_967_296) % limit;

const momentOf = (n: number, total: number): number => BEGIN + Math.floor((n / total) * 365 * DAY_MS);
const technicianOf = (n: number): string => TECHNICIANS[spread(n, 7, TECHNICIANS.length)] as string;
const after = (ms: number, n: number, salt: number): Date => new Date(ms + (5 + spread(n, salt, 6_000)) * MINUTE_MS);

/** The last `open` ones are not resolved. */
export function* ticketsOf(total: number, open: number): Generator<Uint8Array> {
  for (let n = 0; n < total; n++) {
    const [createdAt, active] = [momentOf(n, total), n >= total - open];
    yield BSON.serialize({
      ...{ _id: idOf(1, n), tenantId: 'default', version: 6, ticketNumber: `TKT-${n}`, title: "Laptop won't boot" },
      ...{ customerId: idOf(2, n % 5_000), createdByUserId: idOf(3, n % 5_000), assignedToUserId: technicianOf(n) },
      ...{ category: TICKET_CATEGORIES[n % TICKET_CATEGORIES.length], priority: TICKET_PRIORITIES[n % TICKET_PRIORITIES.length] },
      ...{ status: active ? 'OPEN' : 'CLOSED', stage: active ? 'ASSIGNED' : 'CLOSED', source: 'PORTAL', slaBreached: false, active },
      ...{ createdAt: new Date(createdAt), firstRespondedAt: after(createdAt, n, 1), slaDueAt: after(createdAt, n, 2) },
    });
  }
}

/** Resolved and closed; every twentieth was reopened and resolved again. */
export function* outcomesOf(total: number, open: number): Generator<Uint8Array> {
  for (let n = 0; n < total - open; n++) {
    const createdAt = momentOf(n, total);
    const outcome = (version: number, type: string, at: Date): Uint8Array =>
      BSON.serialize({
        ...{ _id: `${idOf(1, n)}.${version}.${type}`, type, ticketId: idOf(1, n), ticketNumber: `TKT-${n}`, title: "Laptop won't boot" },
        ...{ priority: 'HIGH', category: 'HARDWARE', at, version, minutes: (at.getTime() - createdAt) / MINUTE_MS, tenantId: 'default' },
        ...(type === 'RESOLVED' ? { technicianId: technicianOf(n + version), sla: n % 9 === 0 ? 'BREACHED' : 'KEPT' } : {}),
      });
    const first = after(createdAt, n, 3);
    yield outcome(3, 'RESOLVED', first);
    let last = first;
    if (n % 20 === 0) {
      yield outcome(4, 'REOPENED', after(first.getTime(), n, 4));
      last = after(first.getTime() + 6_000 * MINUTE_MS, n, 5);
      yield outcome(5, 'RESOLVED', last);
    }
    yield outcome(6, 'CLOSED', new Date(last.getTime() + DAY_MS));
  }
}

export function* repairsOf(total: number): Generator<Uint8Array> {
  for (let n = 0; n < total; n++) {
    const createdAt = momentOf(n, total);
    const at = after(createdAt, n, 6);
    const hours = Math.round((at.getTime() - createdAt) / (6 * MINUTE_MS)) / 10;
    const outcome: Doc = {
      ...{
        type: n % 8 === 0 ? 'REFUSED' : 'COMPLETED',
        at,
        technicianId: technicianOf(n),
        hours,
        solution: 'New battery',
        solutionKey: 'new battery',
      },
      ...{ revenue: { amount: 5_000 + (n % 97) * 100, currency: 'EUR' }, cost: { amount: 2_000 + (n % 31) * 100, currency: 'EUR' } },
    };
    yield BSON.serialize({
      ...{ _id: idOf(4, n), tenantId: 'default', version: 5, number: `REP-${n}`, status: 'CLOSED', active: false, assigned: true },
      ...{ createdAt: new Date(createdAt), brand: 'Dell', brandKey: 'dell', model: `XPS ${n % 50}`, modelKey: `xps ${n % 50}`, outcome },
      ...{
        problem: 'Does not charge',
        problemKey: 'does not charge',
        problemWords: ['charge'],
        // Every tenth device comes back after some days.
        serialKey: `S${n % 10 === 9 ? n - 5 : n}`,
        customerId: idOf(2, (n % 10 === 9 ? n - 5 : n) % 5_000),
        collectedAt: new Date(at.getTime() + DAY_MS / 24),
      },
      // A third is not wholly paid.
      ...(n % 3 === 0 ? { open: { amount: 1_000 + (n % 97), currency: 'EUR' }, openSince: at } : {}),
    });
  }
}

/** Every tenth is a refund. */
export function* movementsOf(total: number): Generator<Uint8Array> {
  for (let n = 0; n < total; n++)
    yield BSON.serialize({
      ...{ _id: idOf(5, n), tenantId: 'default', version: 1, at: new Date(momentOf(n, total)) },
      method: PAYMENT_METHODS[n % PAYMENT_METHODS.length],
      amount: { amount: n % 10 === 9 ? -500 : 5_000 + (n % 97) * 100, currency: 'EUR' },
    });
}
