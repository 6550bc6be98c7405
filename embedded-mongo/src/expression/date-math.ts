import { type CalendarParts, momentOf, partsIn, type TimeZone, utcMillis } from './time-zone.js';

export const units = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type Unit = (typeof units)[number];
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const DAY_MS = 86_400_000;
const fixedUnits: Partial<Record<Unit, number>> = { hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };
const monthsOf: Partial<Record<Unit, number>> = { year: 12, quarter: 3, month: 1 };
const daysOf: Partial<Record<Unit, number>> = { week: 7, day: 1 };
/** $dateTrunc counts its bins from here (manual: reference/operator/aggregation/dateTrunc). */
const REFERENCE: CalendarParts = { year: 2000, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };

const midnight = { hour: 0, minute: 0, second: 0, millisecond: 0 };

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function monthNumber(parts: CalendarParts): number {
  return parts.year * 12 + parts.month - 1;
}

/** Adds months by the calendar: 31 January and a month is the last day of February. */
function addMonths(parts: CalendarParts, months: number): CalendarParts {
  const total = monthNumber(parts) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return { ...parts, year, month, day: Math.min(parts.day, lastDay(year, month)) };
}

export function addUnits(ms: number, unit: Unit, amount: number, zone: TimeZone): number {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) return ms + fixed * amount;
  const parts = partsIn(ms, zone);
  const months = monthsOf[unit];
  if (months !== undefined) return momentOf(addMonths(parts, months * amount), zone);
  return momentOf({ ...parts, day: parts.day + (daysOf[unit] ?? 0) * amount }, zone);
}

function localDay(ms: number, zone: TimeZone): number {
  return Math.floor(utcMillis({ ...partsIn(ms, zone), ...midnight }) / DAY_MS);
}

/** How many unit boundaries lie between two moments. */
export function diffUnits(from: number, to: number, unit: Unit, zone: TimeZone, startOfWeek: number): number {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) {
    const local = (ms: number): number => Math.floor((ms + zone.offsetAt(ms)) / fixed);
    return unit === 'hour' ? local(to) - local(from) : Math.floor(to / fixed) - Math.floor(from / fixed);
  }
  const months = monthsOf[unit];
  if (months !== undefined) {
    const count = (ms: number): number => Math.floor(monthNumber(partsIn(ms, zone)) / months);
    return count(to) - count(from);
  }
  // Day 0 of the epoch was a Thursday, four days after a Sunday.
  const bucket = (ms: number): number => (unit === 'week' ? Math.floor((localDay(ms, zone) + 4 - startOfWeek) / 7) : localDay(ms, zone));
  return bucket(to) - bucket(from);
}

/** The start of the bin of `size` units that a moment lies in. */
export function truncate(ms: number, unit: Unit, size: number, zone: TimeZone, startOfWeek: number): number {
  const fixed = fixedUnits[unit];
  if (fixed !== undefined) {
    const bin = fixed * size;
    const origin = momentOf(REFERENCE, zone);
    return origin + Math.floor((ms - origin) / bin) * bin;
  }
  const parts = partsIn(ms, zone);
  const months = monthsOf[unit];
  if (months !== undefined) {
    const bin = months * size;
    const since = Math.floor((monthNumber(parts) - monthNumber(REFERENCE)) / bin) * bin;
    return momentOf({ ...addMonths(REFERENCE, since), day: 1, ...midnight }, zone);
  }
  const bin = (daysOf[unit] ?? 1) * size;
  const reference = Math.floor(utcMillis(REFERENCE) / DAY_MS);
  // The first of January 2000 was a Saturday; weeks count from the first start of a week after it.
  const origin = unit === 'week' ? reference + ((startOfWeek - 6 + 7) % 7) : reference;
  const day = origin + Math.floor((localDay(ms, zone) - origin) / bin) * bin;
  const date = new Date(day * DAY_MS);
  return momentOf({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...midnight }, zone);
}
