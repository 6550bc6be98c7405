import type { Connection } from 'mongoose';
import type { Ticket } from '../replica/ticket.js';

/** What tickets say about a device. One that was merged into another is not counted beside it. */
export interface TicketFigures {
  readonly openTicketCount: number;
  readonly totalTicketCount: number;
  readonly lastTicketAt?: Date;
  /** When work on it was last done: the newest resolution. */
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

export const createFindTicketFigures =
  (connection: Connection): FindTicketFigures =>
  async (tenantId, assetIds, customerId) => {
    if (assetIds.length === 0) return new Map();
    const isOwn = { $cond: [{ $ifNull: ['$mergedIntoId', false] }, 0, 1] };
    const isDone = { $in: ['$status', ['RESOLVED', 'CLOSED'] satisfies Ticket['status'][]] };
    const rows = await connection
      .collection('tickets')
      .aggregate<TicketFigures & { _id: string }>([
        { $match: { tenantId, assetId: { $in: assetIds }, ...(customerId === undefined ? {} : { customerId }) } },
        {
          $group: {
            _id: '$assetId',
            totalTicketCount: { $sum: isOwn },
            openTicketCount: { $sum: { $cond: [isDone, 0, 1] } },
            lastTicketAt: { $max: '$createdAt' },
            lastServiceAt: { $max: '$resolvedAt' },
          },
        },
      ])
      .toArray();
    return new Map(rows.map(({ _id, ...figures }) => [_id, figures]));
  };
