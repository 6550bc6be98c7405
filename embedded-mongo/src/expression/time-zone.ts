import { MongoError } from '../errors.js';

/** A moment's calendar fields in some time zone. */
export interface CalendarParts {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** A time zone as MongoDB names it: UTC, an offset such as +05:30, or an Olson name. */
export interface TimeZone {
  /** What to add to UTC at a moment, in milliseconds. */
  offsetAt(ms: number): number;
}

const utc: TimeZone = { offsetAt: () => 0 };

function fixed(sign: string, hours: string, minutes: string): TimeZone {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return { offsetAt: () => offset };
}

function olson(name: string): TimeZone {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new MongoError(40485, `unrecognized time zone identifier: "${name}"`);
  }
  return {
    offsetAt: (ms) => {
      const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
      const field = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
      const year = parts.get('era') === 'BC' ? 1 - field('year') : field('year');
      const local = utcMillis({
        year,
        month: field('month'),
        day: field('day'),
        hour: field('hour'),
        minute: field('minute'),
        second: field('second'),
        millisecond: 0,
      });
      return local - Math.floor(ms / 1000) * 1000;
    },
  };
}

// eslint-disable-next-line no-restricted-syntax -- making an Intl format costs a millisecond; it depends on nothing but its name
const cache = new Map<string, TimeZone>();
const MAX_CACHED = 100;

export function timeZone(name: string): TimeZone {
  const known = cache.get(name);
  if (known) return known;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(name);
  const zone =
    name === 'UTC' || name === 'GMT' || name === 'Z'
      ? utc
      : offset
        ? fixed(offset[1] ?? '+', offset[2] ?? '0', offset[3] ?? '0')
        : olson(name);
  if (cache.size > MAX_CACHED) cache.clear();
  cache.set(name, zone);
  return zone;
}

/** The fields as if they were UTC; out-of-range fields carry over, as they do in MongoDB. */
export function utcMillis(parts: CalendarParts): number {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  date.setUTCHours(parts.hour, parts.minute, parts.second, parts.millisecond);
  return date.getTime();
}

export function partsIn(ms: number, zone: TimeZone): CalendarParts {
  const local = new Date(ms + zone.offsetAt(ms));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
}

/** The moment at which a zone's clocks show these fields; where they are skipped, the moment the clocks jump over. */
export function momentOf(parts: CalendarParts, zone: TimeZone): number {
  const local = utcMillis(parts);
  const first = local - zone.offsetAt(local);
  const offset = zone.offsetAt(first);
  const second = local - offset;
  return zone.offsetAt(second) === offset ? second : first;
}
