import type { Connection } from 'mongoose';
import type { Ticket } from '../replica/ticket.js';

/** What tickets, repairs and appointments say about a device. A ticket that was merged into another is not counted beside it. */
export interface WorkFigures {
  readonly openTicketCount: number;
  readonly totalTicketCount: number;
  readonly lastTicketAt?: Date;
  readonly openRepairCount: number;
  readonly totalRepairCount: number;
  /** When work on it was last done: the newest resolution, completed repair or completed appointment. */
  readonly lastServiceAt?: Date;
}

export const NO_WORK: WorkFigures = { openTicketCount: 0, totalTicketCount: 0, openRepairCount: 0, totalRepairCount: 0 };

/**
 * The figures of a page of devices in one read, counted from the replicas whenever they are asked: whatever
 * order and however often the events came in, they are right as soon as the replicas are. With `customerId` only that
 * customer's work counts: a device that changed hands brings none of its earlier owner's along.
 */
export type FindWorkFigures = (
  tenantId: string,
  assetIds: readonly string[],
  customerId: string | undefined,
) => Promise<ReadonlyMap<string, WorkFigures>>;

type Asked = Readonly<Record<string, unknown>>;
type Rows<T> = readonly (T & { readonly _id: string })[];

type TicketRow = Pick<WorkFigures, 'openTicketCount' | 'totalTicketCount' | 'lastTicketAt' | 'lastServiceAt'>;

const countTickets = (connection: Connection, asked: Asked): Promise<Rows<TicketRow>> => {
  const isOwn = { $cond: [{ $ifNull: ['$mergedIntoId', false] }, 0, 1] };
  const isDone = { $in: ['$status', ['RESOLVED', 'CLOSED'] satisfies Ticket['status'][]] };
  const figures = {
    totalTicketCount: { $sum: isOwn },
    openTicketCount: { $sum: { $cond: [isDone, 0, 1] } },
    lastTicketAt: { $max: '$createdAt' },
    lastServiceAt: { $max: '$resolvedAt' },
  };
  const pipeline = [{ $match: asked }, { $group: { _id: '$assetId', ...figures } }];
  return connection.collection('tickets').aggregate<TicketRow & { _id: string }>(pipeline).toArray();
};

const lastVisits = (connection: Connection, asked: Asked): Promise<Rows<{ readonly servedAt: Date }>> => {
  const done = { ...asked, servedAt: { $type: 'date' } };
  const pipeline = [{ $match: done }, { $group: { _id: '$assetId', servedAt: { $max: '$servedAt' } } }];
  return connection.collection('visits').aggregate<{ servedAt: Date; _id: string }>(pipeline).toArray();
};

interface RepairRow {
  readonly openRepairCount: number;
  readonly totalRepairCount: number;
  readonly servedAt: Date | null;
}

const countRepairs = (connection: Connection, asked: Asked): Promise<Rows<RepairRow>> => {
  const figures = {
    totalRepairCount: { $sum: 1 },
    openRepairCount: { $sum: { $cond: ['$active', 1, 0] } },
    servedAt: { $max: '$servedAt' },
  };
  const pipeline = [{ $match: asked }, { $group: { _id: '$assetId', ...figures } }];
  return connection.collection('repairs').aggregate<RepairRow & { _id: string }>(pipeline).toArray();
};

const later = (one: Date | undefined, other: Date): Date => (one !== undefined && one > other ? one : other);

export const createFindWorkFigures =
  (connection: Connection): FindWorkFigures =>
  async (tenantId, assetIds, customerId) => {
    if (assetIds.length === 0) return new Map();
    const asked = { tenantId, assetId: { $in: assetIds }, ...(customerId === undefined ? {} : { customerId }) };
    const [counted, repairs, visits] = await Promise.all([
      countTickets(connection, asked),
      countRepairs(connection, asked),
      lastVisits(connection, asked),
    ]);
    const figures = new Map<string, WorkFigures>(counted.map(({ _id, ...row }) => [_id, { ...NO_WORK, ...row }]));
    for (const { _id, openRepairCount, totalRepairCount } of repairs)
      figures.set(_id, { ...(figures.get(_id) ?? NO_WORK), openRepairCount, totalRepairCount });
    for (const { _id, servedAt } of [...repairs, ...visits]) {
      if (servedAt === null) continue;
      const known = figures.get(_id) ?? NO_WORK;
      figures.set(_id, { ...known, lastServiceAt: later(known.lastServiceAt, servedAt) });
    }
    return figures;
  };
