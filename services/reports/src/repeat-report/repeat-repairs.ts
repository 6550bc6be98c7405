import { valueOf } from '../counting/buckets.js';
import { type Figures, type Sums } from '../counting/figures.js';
import { SINCE_AFTERMATH } from '../counting/repair.subject.js';
import type { Subject } from '../counting/subject.js';
import type { Period } from '../period.js';
import { outcomeRowsOf } from '../replica/repair.queries.js';

/** Of one technician. */
export interface RepeatCounts {
  readonly completed: number;
  /** Whose device came back within the days after its collection. */
  readonly repeated: number;
  /** Because of which somebody claimed the centre's warranty. */
  readonly claimed: number;
  /** Either of the two. */
  readonly failed: number;
}

/** By the technician who did the first repair. */
export type RepeatRepairs = (tenantId: string, period: Period, days: number) => Promise<ReadonlyMap<string, RepeatCounts>>;

/** How many came back within some days, as `repair.subject.ts` counts them. */
const backWithin = ({ times }: Sums, name: string, days: number): number => {
  let sum = 0;
  times.get(name)?.each((bucket, count) => {
    if (valueOf(bucket) <= days) sum += count;
  });
  return sum;
};

const countsOf = (sums: Sums, technicianId: string, days: number, completed: number): RepeatCounts => {
  const claimed = sums.counts.get(`claimed|${technicianId}`) ?? 0;
  const alone = backWithin(sums, `back|alone|${technicianId}`, days);
  const repeated = alone + backWithin(sums, `back|claimed|${technicianId}`, days);
  return { completed, repeated, claimed, failed: alone + claimed };
};

interface Deps {
  readonly figures: Figures;
  readonly repairSubject: Subject;
}

export const createRepeatRepairs =
  ({ figures, repairSubject }: Deps): RepeatRepairs =>
  async (tenantId, period, days) => {
    const sums = await (await figures.of(tenantId, repairSubject, period.timeZone, SINCE_AFTERMATH)).sum(period);
    const completed = new Map<string, number>();
    for (const { technicianId, type, count } of outcomeRowsOf(sums))
      if (type === 'COMPLETED') completed.set(technicianId, (completed.get(technicianId) ?? 0) + count);
    return new Map([...completed].map(([technicianId, count]) => [technicianId, countsOf(sums, technicianId, days, count)]));
  };
