import type { Connection } from 'mongoose';
import type { Ticket } from '../replica/ticket.js';

/** What tickets and appointments say about a device. A ticket that was merged into another is not counted beside it. */
export interface TicketFigures {
  readonly openTicketCount: number;
  readonly totalTicketCount: number;
  readonly lastTicketAt?: Date;
  /** When work on it was last done: the newest resolution or completed appointment. */
  readonly lastServiceAt?: Date;
}

export const NO_TICKETS: TicketFigures = { openTicketCount: 0, totalTicketCount: 0 };

/**
 * The figures of a page of devices in one read, counted from the replica of tickets whenever they are asked: whatever
 * order and however often the events came in, they are right as soon as the replica is. With `customerId` only that
 * customer's tickets count: a device that changed hands brings none of its earlier owner's along.
 */
export type FindTicketFigures = (
  tenantId: string,
  assetIds: readonly string[],
  customerId: string | undefined,
) => Promise<ReadonlyMap<string, TicketFigures>>;

type Asked = Readonly<Record<string, unknown>>;
type Rows<T> = readonly (T & { readonly _id: string })[];

const countTickets = (connection: Connection, asked: Asked): Promise<Rows<TicketFigures>> => {
  const isOwn = { $cond: [{ $ifNull: ['$mergedIntoId', false] }, 0, 1] };
  const isDone = { $in: ['$status', ['RESOLVED', 'CLOSED'] satisfies Ticket['status'][]] };
  const figures = {
    totalTicketCount: { $sum: isOwn },
    openTicketCount: { $sum: { $cond: [isDone, 0, 1] } },
    lastTicketAt: { $max: '$createdAt' },
    lastServiceAt: { $max: '$resolvedAt' },
  };
  const pipeline = [{ $match: asked }, { $group: { _id: '$assetId', ...figures } }];
  return connection.collection('tickets').aggregate<TicketFigures & { _id: string }>(pipeline).toArray();
};

const lastVisits = (connection: Connection, asked: Asked): Promise<Rows<{ readonly servedAt: Date }>> => {
  const done = { ...asked, servedAt: { $type: 'date' } };
  const pipeline = [{ $match: done }, { $group: { _id: '$assetId', servedAt: { $max: '$servedAt' } } }];
  return connection.collection('visits').aggregate<{ servedAt: Date; _id: string }>(pipeline).toArray();
};

const later = (one: Date | undefined, other: Date): Date => (one !== undefined && one > other ? one : other);

export const createFindTicketFigures =
  (connection: Connection): FindTicketFigures =>
  async (tenantId, assetIds, customerId) => {
    if (assetIds.length === 0) return new Map();
    const asked = { tenantId, assetId: { $in: assetIds }, ...(customerId === undefined ? {} : { customerId }) };
    const [counted, visits] = await Promise.all([countTickets(connection, asked), lastVisits(connection, asked)]);
    const figures = new Map<string, TicketFigures>(counted.map(({ _id, ...row }) => [_id, row]));
    for (const { _id, servedAt } of visits) {
      const known = figures.get(_id) ?? NO_TICKETS;
      figures.set(_id, { ...known, lastServiceAt: later(known.lastServiceAt, servedAt) });
    }
    return figures;
  };
