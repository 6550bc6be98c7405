import type { Document, Filter } from 'mongodb';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Span } from '../outcome/outcome.store.js';
import { within } from './repair.queries.js';
import type { Ticket } from './ticket.js';

interface StoredTicket extends Document, Ticket {
  readonly _id: string;
  readonly tenantId: string;
}

/** What reports ask of open tickets (neither resolved nor closed), beyond what is counted; each question has its index (replicas.ts). */
export interface TicketQueries {
  /** When open tickets were opened, from a moment on, the oldest first. */
  openedFrom(tenantId: string, from: Date, part: { readonly skip: number; readonly limit: number }): Promise<readonly Date[]>;
  countOpened(tenantId: string, span: Span): Promise<number>;
  countDue(tenantId: string, span: Span): Promise<number>;
  /** How many are due in a span, by technician; `''` is nobody. */
  dueByTechnician(tenantId: string, span: Span): Promise<ReadonlyMap<string, number>>;
  /** When the oldest one on somebody's desk was opened. */
  oldestOf(tenantId: string, technicianId: string): Promise<Date | undefined>;
}

export const createTicketQueries = ({ connection }: Platform): TicketQueries => {
  const collection = collectionOf<StoredTicket>(connection, 'tickets');
  const read = (filter: Filter<StoredTicket>, { skip, limit }: { readonly skip: number; readonly limit: number }) =>
    collection
      .find(filter, { projection: { createdAt: 1, _id: 0 } })
      .sort({ createdAt: 1, _id: 1 })
      .skip(skip)
      .limit(limit)
      .map(({ createdAt }) => createdAt)
      .toArray();
  return {
    openedFrom: (tenantId, from, part) => read({ tenantId, active: true, createdAt: { $gte: from } }, part),
    countOpened: (tenantId, span) => collection.countDocuments({ tenantId, active: true, createdAt: within(span) }),
    countDue: (tenantId, span) => collection.countDocuments({ tenantId, active: true, slaDueAt: within(span) }),
    dueByTechnician: async (tenantId, span) => {
      const rows = await collection
        .aggregate<{ readonly _id: string; readonly count: number }>([
          { $match: { tenantId, active: true, slaDueAt: within(span) } },
          { $group: { _id: { $ifNull: ['$assignedToUserId', ''] }, count: { $sum: 1 } } },
        ])
        .toArray();
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },
    oldestOf: async (tenantId, technicianId) =>
      (await read({ tenantId, active: true, assignedToUserId: technicianId }, { skip: 0, limit: 1 }))[0],
  };
};
