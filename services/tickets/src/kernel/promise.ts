import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { beginOf, endOf, localDateOf } from './day-or-instant.js';
import type { TenantRules } from './tenant-rules.js';

/** What a customer is promised: a moment, or a whole day and the moment at which its working hours end. */
export interface Promised {
  readonly at: Date;
  readonly day?: string;
}

export type PromiseRules = Pick<TenantRules, 'business' | 'timeZone'>;

/**
 * The moment that a promised day stands for: the end of its working hours, for 2026-12-04 in Rome 18:00. When these are
 * over, it is the end of the day. `undefined` when the centre is closed on that day.
 */
const closingOf = (day: string, { business, timeZone }: PromiseRules, now: Date): number | undefined => {
  const [begin, end] = [beginOf(day, timeZone), endOf(day, timeZone)];
  const closing = business.spans(begin, end).at(-1)?.to;
  const neverOpen = closing === undefined && business.after(end, 1) === undefined;
  // Midnight is a moment of the next day already.
  const lastMoment = end - 1;
  if (neverOpen || (closing !== undefined && closing <= now.getTime())) return lastMoment;
  return closing === undefined ? undefined : Math.min(closing, lastMoment);
};

/**
 * The first day from `day` on that can be promised: neither past nor a day on which the centre is closed. `undefined`
 * where it never opens again.
 */
export const firstOpenDay = (day: string, rules: PromiseRules, now: Date): string | undefined => {
  const { business, timeZone } = rules;
  const today = localDateOf(now, timeZone);
  const from = day < today ? today : day;
  if (closingOf(from, rules, now) !== undefined) return from;
  const next = business.after(endOf(from, timeZone), 1);
  return next === undefined ? undefined : localDateOf(new Date(next), timeZone);
};

const refused = (path: string, message: string) => invalidInput([{ path, message }]);

/**
 * Reads a promise. A day is promised as it is said, and today can be promised until the day is over. Throws 422 for what
 * lies in the past, and for a day on which nobody is there to hand anything over.
 */
export const readPromise = (path: string, said: DayOrInstant, rules: PromiseRules, now: Date): Promised => {
  if (said instanceof Date) {
    if (said < now) throw refused(path, 'must not lie in the past');
    return { at: said };
  }
  const { business, timeZone } = rules;
  if (said < localDateOf(now, timeZone)) throw refused(path, 'must not lie in the past');
  const at = closingOf(said, rules, now);
  if (at !== undefined) return { at: new Date(at), day: said };
  const next = localDateOf(new Date(business.after(endOf(said, timeZone), 1) ?? 0), timeZone);
  throw refused(path, `must be a working day; after ${said} the next one is ${next}`);
};
