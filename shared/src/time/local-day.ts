import { DateTime } from 'luxon';

/** A whole day of somebody's calendar (`2026-08-14`), or a moment. */
export type DayOrInstant = string | Date;

/**
 * The moment at which a day begins on the wall clock of a time zone: `2026-11-28` in Los Angeles begins at
 * 2026-11-28T08:00Z. A moment is itself. Where the clocks go forward at midnight the day begins with the first time that
 * there is.
 */
export const startOf = (value: DayOrInstant, timeZone: string): Date =>
  value instanceof Date ? value : DateTime.fromISO(value, { zone: timeZone }).startOf('day').toJSDate();
