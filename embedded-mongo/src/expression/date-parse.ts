import { MongoError } from '../errors.js';
import { monthNames } from './date-format.js';
import { momentOf, timeZone, type TimeZone } from './time-zone.js';

function unreadable(text: string): MongoError {
  return new MongoError(241, `Error parsing date string '${text}'`);
}

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?|[A-Za-z]+\/[A-Za-z_]+|UTC|GMT)?$/;

interface Fields {
  Y: number;
  m: number;
  d: number;
  H: number;
  M: number;
  S: number;
  L: number;
  zone?: string;
}

function moment(text: string, fields: Fields, zone: TimeZone): number {
  if (fields.m < 1 || fields.m > 12 || fields.d < 1 || fields.d > 31 || fields.H > 24 || fields.M > 59 || fields.S > 59)
    throw unreadable(text);
  const where = fields.zone === undefined ? zone : timeZone(fields.zone);
  return momentOf(
    { year: fields.Y, month: fields.m, day: fields.d, hour: fields.H, minute: fields.M, second: fields.S, millisecond: fields.L },
    where,
  );
}

function parseIso(text: string, zone: TimeZone): number {
  const found = ISO.exec(text.trim());
  if (!found) throw unreadable(text);
  const number = (i: number): number => Number(found[i] ?? 0);
  const L = Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000);
  const fields: Fields = { Y: number(1), m: number(2), d: number(3), H: number(4), M: number(5), S: number(6), L };
  if (found[8] !== undefined) fields.zone = found[8];
  return moment(text, fields, zone);
}

const patterns: Readonly<Record<string, string>> = {
  Y: '(\\d{4})',
  m: '(\\d{1,2})',
  d: '(\\d{1,2})',
  H: '(\\d{1,2})',
  M: '(\\d{1,2})',
  S: '(\\d{1,2})',
  L: '(\\d{1,3})',
  z: '([+-]\\d{2}:?\\d{2}|Z)',
  b: '([A-Za-z]{3})',
  B: '([A-Za-z]+)',
};

function parseFormat(text: string, format: string, zone: TimeZone): number {
  const codes: string[] = [];
  const source = format.replace(/%(.)|[\\^$.*+?()[\]{}|/]/gs, (whole, code: string | undefined) => {
    if (code === undefined) return `\\${whole}`;
    if (code === '%') return '%';
    const pattern = patterns[code];
    if (pattern === undefined) throw new MongoError(18536, `Invalid format character '%${code}' in format string`);
    codes.push(code);
    return pattern;
  });
  const found = new RegExp(`^${source}$`).exec(text);
  if (!found) throw unreadable(text);
  const fields: Fields = { Y: 1970, m: 1, d: 1, H: 0, M: 0, S: 0, L: 0 };
  codes.forEach((code, i) => {
    const value = found[i + 1] ?? '';
    if (code === 'z') fields.zone = value;
    else if (code === 'b' || code === 'B')
      fields.m = 1 + monthNames.findIndex((name) => name.toLowerCase().startsWith(value.toLowerCase()));
    else fields[code as 'Y'] = Number(value);
  });
  return moment(text, fields, zone);
}

export function parseDate(text: string, format: string | undefined, zone: TimeZone): number {
  return format === undefined ? parseIso(text, zone) : parseFormat(text, format, zone);
}
