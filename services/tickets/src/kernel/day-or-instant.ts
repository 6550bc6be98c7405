import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { DAY_MS } from '@riparo/shared/time/units';
import { DateTime } from 'luxon';
import type { Span } from './working-time.js';
import { spansOfDay } from './local-days.js';

/** The first moment of a day on the tenant's wall clock: `2026-08-14` in Rome begins at 2026-08-13T22:00Z. */
export const beginOf = (value: DayOrInstant, timeZone: string): number => edgesOf(value, timeZone).from;
/**
 * The last moment of a day, exclusive: a technician who is away until `2026-08-14` is away on the 14th too, until
 * 2026-08-14T22:00Z in Rome.
 */
export const endOf = (value: DayOrInstant, timeZone: string): number => edgesOf(value, timeZone).to;

const edgesOf = (value: DayOrInstant, timeZone: string): Span => {
  if (value instanceof Date) return { from: value.getTime(), to: value.getTime() };
  const midnight = Date.parse(`${value}T00:00:00Z`);
  const spans = spansOfDay(timeZone, midnight / DAY_MS);
  // A day that a zone never had has no length: Samoa had no 2011-12-30, because it moved across the date line.
  return { from: spans[0]?.from ?? midnight, to: spans.at(-1)?.to ?? midnight };
};

/** The date on the wall calendar at a moment: `2026-08-14`. */
export const localDateOf = (at: Date, timeZone: string): string => DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');

/** The local day in which a moment lies. */
export const todayOf = (at: Date, timeZone: string): Span => edgesOf(localDateOf(at, timeZone), timeZone);
