import { MINUTE_MS } from '@riparo/shared/time/units';
import { pausedSpans, promisedTime, usedTime, type SlaRecord } from './sla.js';
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
  /** The end of the count: the end of the clock, or now. */
  readonly countedUntil: Date;
  /** Working time since the start, with the pauses still in it. */
  readonly counted: readonly Counted[];
  /** Working time of the pauses, which is not counted. */
  readonly pauses: readonly (Counted & { readonly reason: string })[];
  /** True when older intervals are missing in the lists; the sums always include them. */
  readonly shortened: boolean;
}

/** Nobody reads more intervals; the sums include all. */
const MAX_SHOWN = 200;

const counted = ({ from, to }: Span): Counted => ({ from: new Date(from), to: new Date(to), minutes: (to - from) / MINUTE_MS });

/** Explains a clock's reading, so that anybody can check it with a calendar. */
export const explain = (work: WorkingTime, sla: SlaRecord, clock: 'response' | 'resolution', until: Date): Explanation => {
  const promised = promisedTime(work, sla, clock);
  // In a calendar that never opens no day can be measured, and nothing is ever due.
  const promisedMinutes = promised === undefined ? sla.policy[`${clock}Minutes`] : promised / MINUTE_MS;
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
