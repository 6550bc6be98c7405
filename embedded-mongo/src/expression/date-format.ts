import { MongoError } from '../errors.js';
import { dayOfYear, isoWeek, isoWeekday, isoWeekYear, sundayWeek } from './calendar.js';
import { type CalendarParts, partsIn, type TimeZone } from './time-zone.js';

export const monthNames = 'January February March April May June July August September October November December'.split(' ');

function padded(n: number, width: number): string {
  return String(n).padStart(width, '0');
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${padded(Math.floor(size / 60), 2)}${padded(size % 60, 2)}`;
}

const writers: Readonly<Record<string, (parts: CalendarParts, offsetMinutes: number) => string>> = {
  Y: (p) => padded(p.year, 4),
  m: (p) => padded(p.month, 2),
  d: (p) => padded(p.day, 2),
  H: (p) => padded(p.hour, 2),
  M: (p) => padded(p.minute, 2),
  S: (p) => padded(p.second, 2),
  L: (p) => padded(p.millisecond, 3),
  j: (p) => padded(dayOfYear(p), 3),
  w: (p) => String((isoWeekday(p) % 7) + 1),
  u: (p) => String(isoWeekday(p)),
  U: (p) => padded(sundayWeek(p), 2),
  V: (p) => padded(isoWeek(p), 2),
  G: (p) => padded(isoWeekYear(p), 4),
  b: (p) => (monthNames[p.month - 1] ?? '').slice(0, 3),
  B: (p) => monthNames[p.month - 1] ?? '',
  z: (_, offset) => offsetText(offset),
  Z: (_, offset) => String(offset),
  '%': () => '%',
};

/** $dateToString's format (manual: reference/operator/aggregation/dateToString). */
export function formatDate(ms: number, format: string, zone: TimeZone): string {
  const parts = partsIn(ms, zone);
  const offset = Math.round(zone.offsetAt(ms) / 60_000);
  if (/(^|[^%])(%%)*%$/.test(format)) throw new MongoError(18535, "Unmatched '%' at end of format string");
  return format.replace(/%(.)/gs, (_, code: string) => {
    const write = writers[code];
    if (!write) throw new MongoError(18536, `Invalid format character '%${code}' in format string`);
    return write(parts, offset);
  });
}
