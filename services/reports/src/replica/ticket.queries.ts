import type { Document, Filter } from 'mongodb';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Span } from '../outcome/outcome.store.js';
import type { Ticket } from './ticket.js';

interface StoredTicket extends Document, Ticket {
  readonly _id: string;
  readonly tenantId: string;
  readonly version: number;
}
export type Opened = Pick<Ticket, 'status' | 'priority' | 'category' | 'createdAt'>;
export type Responded = Pick<Ticket, 'createdAt' | 'firstRespondedAt' | 'responseDueAt'>;
export type Open = Pick<Ticket, 'status' | 'priority' | 'createdAt' | 'assignedToUserId' | 'slaDueAt' | 'slaBreached'>;

/** What reports ask of the replica of tickets; each question has its index (replicas.ts). */
export interface TicketQueries {
  /** Without those that were merged into others: a duplicate is no request of its own. */
  opened(tenantId: string, span: Span): AsyncIterable<Opened>;
  /** Tickets whose first public reply by staff lies in the span. */
  responded(tenantId: string, span: Span): AsyncIterable<Responded>;
  /** Neither resolved nor closed now, opened before a moment; oldest first. */
  open(tenantId: string, openedBefore: Date): AsyncIterable<Open>;
}

export const createTicketQueries = ({ connection }: Platform): TicketQueries => {
  const collection = collectionOf<StoredTicket>(connection, 'tickets');
  const read = <K extends keyof Ticket>(filter: Filter<StoredTicket>, sort: keyof Ticket, fields: readonly K[]) =>
    collection
      .find(filter, { projection: { _id: 0, ...Object.fromEntries(fields.map((field) => [field, 1])) } })
      .sort({ [sort]: 1, _id: 1 }) as unknown as AsyncIterable<Pick<Ticket, K>>;
  const within = ({ from, to }: Span) => ({ $gte: from, $lt: to });
  return {
    opened: (tenantId, span) =>
      read({ tenantId, createdAt: within(span), mergedIntoId: { $exists: false } }, 'createdAt', [
        'status',
        'priority',
        'category',
        'createdAt',
      ]),
    responded: (tenantId, span) =>
      read({ tenantId, firstRespondedAt: within(span) }, 'firstRespondedAt', ['createdAt', 'firstRespondedAt', 'responseDueAt']),
    open: (tenantId, openedBefore) =>
      read({ tenantId, active: true, createdAt: { $lt: openedBefore } }, 'createdAt', [
        'status',
        'priority',
        'createdAt',
        'assignedToUserId',
        'slaDueAt',
        'slaBreached',
      ]),
  };
};
