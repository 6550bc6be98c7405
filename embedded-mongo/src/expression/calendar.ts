import { type CalendarParts, utcMillis } from './time-zone.js';

const DAY_MS = 86_400_000;

function dayNumber(parts: CalendarParts): number {
  return Math.floor(utcMillis({ ...parts, hour: 0, minute: 0, second: 0, millisecond: 0 }) / DAY_MS);
}

function firstOfYear(parts: CalendarParts, year: number): number {
  return dayNumber({ ...parts, year, month: 1, day: 1 });
}

/** Monday is 1, Sunday 7. */
export function isoWeekday(parts: CalendarParts): number {
  // Day 0 of the epoch was a Thursday.
  return ((((dayNumber(parts) + 3) % 7) + 7) % 7) + 1;
}

export function dayOfYear(parts: CalendarParts): number {
  return dayNumber(parts) - firstOfYear(parts, parts.year) + 1;
}

/** Weeks from 0, the first full one beginning with the first Sunday. */
export function sundayWeek(parts: CalendarParts): number {
  const sinceSunday = isoWeekday(parts) % 7;
  return Math.floor((dayOfYear(parts) - 1 - sinceSunday + 7) / 7);
}

/** The year whose ISO weeks hold the day: that of the week's Thursday. */
export function isoWeekYear(parts: CalendarParts): number {
  const thursday = new Date((dayNumber(parts) - isoWeekday(parts) + 4) * DAY_MS);
  return thursday.getUTCFullYear();
}

export function isoWeek(parts: CalendarParts): number {
  const thursday = dayNumber(parts) - isoWeekday(parts) + 4;
  return Math.floor((thursday - firstOfYear(parts, isoWeekYear(parts))) / 7) + 1;
}
