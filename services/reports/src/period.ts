import { DateTime } from 'luxon';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { startOf } from '@riparo/shared/time/local-day';

/** Days in a time zone: `from` belongs to it, `to` does not. */
export interface Period {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** The moments at which a period's days begin, and with the last one the period ends; days can last 23 or 25 hours. */
export interface PeriodDays {
  readonly days: readonly string[];
  /** One more than `days`, in milliseconds since 1970. */
  readonly bounds: readonly number[];
}

/** Longest period, in days. */
export const MAX_DAYS = 3_660;

export const daysOf = ({ from, to, timeZone }: Period): PeriodDays => {
  const first = DateTime.fromISO(from, { zone: 'utc' });
  const count = Math.round(DateTime.fromISO(to, { zone: 'utc' }).diff(first, 'days').days);
  const all = Array.from({ length: count + 1 }, (_, n) => first.plus({ days: n }).toFormat('yyyy-MM-dd'));
  return { days: all.slice(0, -1), bounds: all.map((day) => startOf(day, timeZone).getTime()) };
};

/** Which of the period's days a moment belongs to; `undefined` outside of it. */
export const dayOf = ({ days, bounds }: PeriodDays, at: Date): string | undefined => {
  const moment = at.getTime();
  let [low, high] = [0, bounds.length - 1];
  if (moment < (bounds[low] ?? Infinity) || moment >= (bounds[high] ?? -Infinity)) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) <= moment) low = middle;
    else high = middle;
  }
  return days[low];
};

export const spanOf = ({ bounds }: PeriodDays): { readonly from: Date; readonly to: Date } => ({
  from: new Date(bounds[0] ?? 0),
  to: new Date(bounds.at(-1) ?? 0),
});

export interface AskedPeriod {
  readonly from?: string;
  readonly to?: string;
}

/** Without `to` the period ends with today, without `from` it is 30 days long. */
export const periodOf = ({ from, to }: AskedPeriod, timeZone: string, now: Date): Period => {
  const end = to === undefined ? DateTime.fromJSDate(now, { zone: timeZone }).plus({ days: 1 }) : DateTime.fromISO(to, { zone: timeZone });
  const start = from === undefined ? end.minus({ days: 30 }) : DateTime.fromISO(from, { zone: timeZone });
  const period = { from: start.toFormat('yyyy-MM-dd'), to: end.toFormat('yyyy-MM-dd'), timeZone };
  if (period.from >= period.to)
    throw invalidInput([{ path: 'to', message: 'must lie after from; the day itself does not belong to the period' }]);
  if (end.diff(start, 'days').days > MAX_DAYS)
    throw invalidInput([{ path: 'from', message: `must lie at most ${MAX_DAYS} days before to` }]);
  return period;
};

export const todayOf = (timeZone: string, now: Date): Period => {
  const today = DateTime.fromJSDate(now, { zone: timeZone });
  return { from: today.toFormat('yyyy-MM-dd'), to: today.plus({ days: 1 }).toFormat('yyyy-MM-dd'), timeZone };
};
