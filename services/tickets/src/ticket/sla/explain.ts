import { MINUTE_MS } from '@riparo/shared/time/units';
import { pausedSpans, usedTime, type SlaRecord } from './sla.js';
import { intersection, type Span, type WorkingTime } from '../../kernel/working-time.js';

export interface Counted {
  readonly from: Date;
  readonly to: Date;
  readonly minutes: number;
}

export interface Explanation {
  readonly promisedMinutes: number;
  readonly usedMinutes: number;
  readonly remainingMinutes: number;
  /** Up to when it was counted: the end of the clock, or now. */
  readonly countedUntil: Date;
  /** Working time since the start, pauses still in it. */
  readonly counted: readonly Counted[];
  /** Working time taken off. */
  readonly pauses: readonly (Counted & { readonly reason: string })[];
  /** True when older intervals were left out of the lists (never of the sums). */
  readonly shortened: boolean;
}

/** More intervals than a person reads; the sums are over all of them. */
const MAX_SHOWN = 200;

const counted = ({ from, to }: Span): Counted => ({ from: new Date(from), to: new Date(to), minutes: (to - from) / MINUTE_MS });

/** How a clock's reading comes about, so that anybody can check it with a calendar at hand. */
export const explain = (work: WorkingTime, sla: SlaRecord, promisedMinutes: number, until: Date): Explanation => {
  const open = work.spans(sla.startedAt.getTime(), until.getTime());
  const usedMinutes = usedTime(work, sla.startedAt, sla.pauses, until) / MINUTE_MS;
  const pauses = sla.pauses.flatMap((pause) =>
    intersection(open, pausedSpans([pause], until.getTime())).map((span) => ({ ...counted(span), reason: pause.reason })),
  );
  return {
    promisedMinutes,
    usedMinutes,
    remainingMinutes: promisedMinutes - usedMinutes,
    countedUntil: until,
    counted: open.slice(-MAX_SHOWN).map(counted),
    pauses: pauses.slice(-MAX_SHOWN),
    shortened: open.length > MAX_SHOWN || pauses.length > MAX_SHOWN,
  };
};
