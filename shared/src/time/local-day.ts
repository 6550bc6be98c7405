import { DateTime } from 'luxon';

/** A whole day of somebody's calendar (`2026-08-14`), or a moment. */
export type DayOrInstant = string | Date;

/** The first midnight of a day. Where the clocks go back at one o'clock it is midnight twice; the calendar library takes the second one. */
const firstMidnight = (day: string, timeZone: string): DateTime => {
  const midnight = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  const before = midnight.minus({ hours: 1 });
  return before.toISODate() === midnight.toISODate() ? before : midnight;
};

/**
 * The moment at which a day begins on the wall clock of a time zone: `2026-11-28` in Los Angeles begins at
 * 2026-11-28T08:00Z. A moment is itself. Where the clocks go forward at midnight the day begins with the first time that
 * there is.
 */
export const startOf = (value: DayOrInstant, timeZone: string): Date =>
  value instanceof Date ? value : firstMidnight(value, timeZone).toJSDate();
