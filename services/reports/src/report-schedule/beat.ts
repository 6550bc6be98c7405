import type { ReportRhythm } from '@riparo/shared/contracts/reports.events';
import { DateTime } from 'luxon';

/** How often, and at which hour of the wall clock. */
export interface Rhythm {
  readonly every: ReportRhythm;
  /** From 0 to 23. */
  readonly hour: number;
}

/** A moment at which a report is due, and the days that it is about: the day, ISO week or month that has just ended. */
export interface Beat {
  readonly at: Date;
  /** `YYYY-MM-DD`: `from` belongs to it, `to` does not. */
  readonly from: string;
  readonly to: string;
}

const UNITS = { DAY: 'day', WEEK: 'week', MONTH: 'month' } as const satisfies Record<ReportRhythm, string>;
/** How a file is named after the first of its days: `2026-03-01`, `2026-W09`, `2026-03`. */
const NAMES = { DAY: 'yyyy-MM-dd', WEEK: "kkkk-'W'WW", MONTH: 'yyyy-MM' } as const satisfies Record<ReportRhythm, string>;

/** The first moment of the day, Monday or first of a month, so many of them on. */
const startOf = ({ every }: Rhythm, timeZone: string, now: Date, units = 0): DateTime => {
  const unit = UNITS[every];
  // By the calendar: a day may have 23 or 25 hours.
  return DateTime.fromJSDate(now, { zone: timeZone })
    .startOf(unit)
    .plus({ [unit]: units })
    .startOf(unit);
};

/** An hour that the clock leaps over is the next one; of an hour that comes twice it is the first. */
const momentOf = ({ hour }: Rhythm, start: DateTime): Date => start.set({ hour }).toJSDate();

/** The newest beat that is not in the future. */
export const lastBeat = (rhythm: Rhythm, timeZone: string, now: Date): Beat => {
  const units = momentOf(rhythm, startOf(rhythm, timeZone, now)) <= now ? 0 : -1;
  const end = startOf(rhythm, timeZone, now, units);
  const day = (start: DateTime): string => start.toFormat('yyyy-MM-dd');
  return { at: momentOf(rhythm, end), from: day(startOf(rhythm, timeZone, now, units - 1)), to: day(end) };
};

/** The first moment after `now`. */
export const nextBeatAt = (rhythm: Rhythm, timeZone: string, now: Date): Date => {
  const soon = momentOf(rhythm, startOf(rhythm, timeZone, now));
  return soon > now ? soon : momentOf(rhythm, startOf(rhythm, timeZone, now, 1));
};

/** What files about these days are named after. */
export const nameOfDays = ({ every }: Rhythm, from: string): string => DateTime.fromISO(from, { zone: 'utc' }).toFormat(NAMES[every]);
