import type { Document } from 'mongodb';
import type { RepairOutcome, RepairStatus } from '@riparo/shared/contracts/enums';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Span } from '../outcome/outcome.store.js';

/** Outcomes of one kind by one technician in the same currencies. */
export interface OutcomeRow {
  readonly technicianId: string;
  readonly type: RepairOutcome;
  readonly currency: string;
  /** Of what it cost; empty where nobody said. */
  readonly costCurrency: string;
  readonly count: number;
  readonly revenue: number;
  readonly cost: number;
}

export interface DayRow {
  /** `YYYY-MM-DD` in the asked time zone. */
  readonly date: string;
  readonly count: number;
}

/** How many repairs took a technician so long. */
export interface HoursRow {
  readonly technicianId: string;
  readonly hours: number;
  readonly count: number;
}

export interface OpenRow {
  readonly status: RepairStatus;
  readonly count: number;
  readonly unassigned: number;
}

/** What reports ask of the replica of repairs; the database adds up, and each question has its index (replicas.ts). */
export interface RepairQueries {
  outcomes(tenantId: string, span: Span): Promise<readonly OutcomeRow[]>;
  /** Outcomes of one kind by day. */
  byDay(tenantId: string, span: Span, type: RepairOutcome, timeZone: string): Promise<readonly DayRow[]>;
  /** Shortest first. */
  hours(tenantId: string, span: Span): AsyncIterable<HoursRow>;
  received(tenantId: string, span: Span): Promise<number>;
  open(tenantId: string): Promise<readonly OpenRow[]>;
}

export const within = ({ from, to }: Span) => ({ $gte: from, $lt: to });

/** The groups with what they were grouped by as fields of their own. */
const grouped = (by: Document, sums: Document): readonly Document[] => [
  { $group: { _id: by, ...sums } },
  { $replaceWith: { $mergeObjects: ['$_id', '$$ROOT'] } },
  { $unset: '_id' },
];

export const createRepairQueries = ({ connection }: Platform): RepairQueries => {
  const collection = connection.collection('repairs');
  const ask = <T extends Document>(match: Document, stages: readonly Document[]) => collection.aggregate<T>([{ $match: match }, ...stages]);
  const count = { count: { $sum: 1 } };
  return {
    outcomes: (tenantId, span) => {
      const by = {
        technicianId: '$outcome.technicianId',
        type: '$outcome.type',
        currency: '$outcome.revenue.currency',
        costCurrency: { $ifNull: ['$outcome.cost.currency', ''] },
      };
      const sums = { ...count, revenue: { $sum: '$outcome.revenue.amount' }, cost: { $sum: '$outcome.cost.amount' } };
      return ask<OutcomeRow>({ tenantId, 'outcome.at': within(span) }, grouped(by, sums)).toArray();
    },
    byDay: (tenantId, span, type, timezone) => {
      const date = { $dateToString: { date: '$outcome.at', format: '%Y-%m-%d', timezone } };
      return ask<DayRow>({ tenantId, 'outcome.at': within(span), 'outcome.type': type }, grouped({ date }, count)).toArray();
    },
    hours: (tenantId, span) =>
      ask<HoursRow>({ tenantId, 'outcome.at': within(span) }, [
        ...grouped({ technicianId: '$outcome.technicianId', hours: '$outcome.hours' }, count),
        { $sort: { hours: 1 } },
      ]),
    received: (tenantId, span) => collection.countDocuments({ tenantId, createdAt: within(span) }),
    open: (tenantId) =>
      ask<OpenRow>(
        { tenantId, active: true },
        grouped({ status: '$status' }, { ...count, unassigned: { $sum: { $cond: ['$assigned', 0, 1] } } }),
      ).toArray(),
  };
};
