import { formatValue } from '../bson/format.js';
import { toNumber } from '../bson/number.js';
import { isDoc, isNumeric, ObjectId, Timestamp, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { isNullish } from './arguments.js';
import { parseDate } from './date-parse.js';
import { formatDate } from './date-format.js';
import { addUnits, diffUnits, truncate, type Unit, units, weekdays } from './date-math.js';
import { isoWeek, isoWeekYear, isoWeekday, sundayWeek, dayOfYear } from './calendar.js';
import type { Compute, OperatorCompiler, Scope } from './expression.js';
import { type CalendarParts, momentOf, partsIn, timeZone, type TimeZone, utcMillis } from './time-zone.js';

type Arguments = (name: string) => Value | undefined;

/** An operator with a document of named arguments. */
function named(
  name: string,
  required: readonly string[],
  optional: readonly string[],
  apply: (get: Arguments) => Value | undefined,
): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    if (!isDoc(argument)) throw new MongoError(18629, `${name} only supports an object as its argument`);
    const fields = new Map<string, Compute>();
    for (const [key, value] of argument) {
      if (!required.includes(key) && !optional.includes(key)) throw new MongoError(18534, `Unrecognized argument to ${name}: ${key}`);
      fields.set(key, compile(value));
    }
    for (const key of required) if (!fields.has(key)) throw new MongoError(18628, `Missing '${key}' parameter to ${name}`);
    return (scope) => apply((key) => fields.get(key)?.(scope));
  };
  return { [name]: compiler };
}

export function dateOf(value: Value | undefined): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return new Date(value.bytes.readUInt32BE(0) * 1000);
  if (value instanceof Timestamp) return new Date(Number(value.value >> 32n) * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

/** The zone an argument names; undefined if it is null and the result is therefore null. */
function zoneOf(value: Value | undefined, given: boolean): TimeZone | undefined {
  if (!given && value === undefined) return timeZone('UTC');
  if (isNullish(value)) return undefined;
  if (typeof value !== 'string') throw new MongoError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
  return timeZone(value);
}

/** $year and its like: a date, or {date, timezone}. */
function part(name: string, pick: (parts: CalendarParts) => number | bigint): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    const single = Array.isArray(argument) ? (argument[0] ?? null) : argument;
    const spec = isDoc(single) && single.has('date') ? single : undefined;
    const date = compile(spec?.get('date') ?? single);
    const zone = spec?.has('timezone') ? compile(spec.get('timezone') ?? null) : undefined;
    return (scope: Scope) => {
      const value = date(scope);
      const where = zoneOf(zone?.(scope), zone !== undefined);
      if (isNullish(value) || !where) return null;
      return pick(partsIn(dateOf(value).getTime(), where));
    };
  };
  return { [name]: compiler };
}

function unitOf(value: Value | undefined): Unit {
  const unit = units.find((known) => known === value);
  if (!unit) throw new MongoError(5439014, `unknown time unit value: ${formatValue(value)}`);
  return unit;
}

function shift(name: string, sign: 1 | -1): Record<string, OperatorCompiler> {
  return named(name, ['startDate', 'unit', 'amount'], ['timezone'], (get) => {
    const [start, unit, amount] = [get('startDate'), get('unit'), get('amount')];
    const zone = zoneOf(get('timezone'), false);
    if (isNullish(start) || isNullish(unit) || isNullish(amount) || !zone) return null;
    if (!isNumeric(amount) || !Number.isInteger(toNumber(amount)))
      throw new MongoError(5166405, `${name} expects integer amount of time units`);
    return new Date(addUnits(dateOf(start).getTime(), unitOf(unit), toNumber(amount) * sign, zone));
  });
}

function weekStart(value: Value | undefined): number {
  if (value === undefined) return 0;
  const at = weekdays.findIndex(
    (day) => typeof value === 'string' && (day === value.toLowerCase() || day.slice(0, 3) === value.toLowerCase()),
  );
  if (at < 0) throw new MongoError(5439015, `unknown day of week value: ${formatValue(value)}`);
  return at;
}

const dateTrunc = named('$dateTrunc', ['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], (get) => {
  const [date, unit, bin] = [get('date'), get('unit'), get('binSize')];
  const zone = zoneOf(get('timezone'), false);
  if (isNullish(date) || isNullish(unit) || !zone) return null;
  const size = bin === undefined ? 1 : isNumeric(bin) ? toNumber(bin) : 0;
  if (!Number.isInteger(size) || size < 1) throw new MongoError(5439017, "$dateTrunc requires 'binSize' to be a positive 64-bit integer");
  return new Date(truncate(dateOf(date).getTime(), unitOf(unit), size, zone, weekStart(get('startOfWeek'))));
});

const dateDiff = named('$dateDiff', ['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], (get) => {
  const [start, end, unit] = [get('startDate'), get('endDate'), get('unit')];
  const zone = zoneOf(get('timezone'), false);
  if (isNullish(start) || isNullish(end) || isNullish(unit) || !zone) return null;
  return BigInt(diffUnits(dateOf(start).getTime(), dateOf(end).getTime(), unitOf(unit), zone, weekStart(get('startOfWeek'))));
});

const dateToString = named('$dateToString', ['date'], ['format', 'timezone', 'onNull'], (get) => {
  const date = get('date');
  if (isNullish(date)) return get('onNull') ?? null;
  const name = get('timezone');
  const zone = zoneOf(name, false);
  if (!zone) return null;
  const format = get('format') ?? (name === undefined || name === 'UTC' ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
  if (typeof format !== 'string')
    throw new MongoError(18533, `$dateToString requires that 'format' be a string, found: ${typeName(format)}`);
  return formatDate(dateOf(date).getTime(), format, zone);
});

const dateToParts = named('$dateToParts', ['date'], ['timezone', 'iso8601'], (get) => {
  const date = get('date');
  const zone = zoneOf(get('timezone'), false);
  if (isNullish(date) || !zone) return null;
  const parts = partsIn(dateOf(date).getTime(), zone);
  const { hour, minute, second, millisecond } = parts;
  const clock: [string, Value][] = [
    ['hour', hour],
    ['minute', minute],
    ['second', second],
    ['millisecond', millisecond],
  ];
  if (get('iso8601') === true)
    return new Map<string, Value>([
      ['isoWeekYear', isoWeekYear(parts)],
      ['isoWeek', isoWeek(parts)],
      ['isoDayOfWeek', isoWeekday(parts)],
      ...clock,
    ]);
  return new Map<string, Value>([['year', parts.year], ['month', parts.month], ['day', parts.day], ...clock]);
});

const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek'];

const dateFromParts = named('$dateFromParts', [], [...partNames, 'timezone'], (get) => {
  const zone = zoneOf(get('timezone'), false);
  const numbers = new Map<string, number>();
  for (const name of partNames) {
    const value = get(name);
    if (value === null) return null;
    if (value === undefined) continue;
    if (!isNumeric(value) || !Number.isInteger(toNumber(value)))
      throw new MongoError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
    numbers.set(name, toNumber(value));
  }
  if (!zone) return null;
  const field = (name: string, fallback: number): number => numbers.get(name) ?? fallback;
  const clock = { hour: field('hour', 0), minute: field('minute', 0), second: field('second', 0), millisecond: field('millisecond', 0) };
  if (!numbers.has('isoWeekYear')) {
    if (!numbers.has('year')) throw new MongoError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
    return new Date(momentOf({ year: field('year', 0), month: field('month', 1), day: field('day', 1), ...clock }, zone));
  }
  // The fourth of January is always in the first ISO week.
  const year = field('isoWeekYear', 0);
  const fourth = { year, month: 1, day: 4, hour: 0, minute: 0, second: 0, millisecond: 0 };
  const weekday = isoWeekday(partsIn(utcMillis(fourth), timeZone('UTC')));
  const day = 4 - weekday + 1 + (field('isoWeek', 1) - 1) * 7 + field('isoDayOfWeek', 1) - 1;
  return new Date(momentOf({ year, month: 1, day, ...clock }, zone));
});

const dateFromString = named('$dateFromString', ['dateString'], ['format', 'timezone', 'onError', 'onNull'], (get) => {
  const text = get('dateString');
  if (isNullish(text)) return get('onNull') ?? null;
  const zone = zoneOf(get('timezone'), false);
  if (!zone) return null;
  const format = get('format');
  try {
    if (typeof text !== 'string')
      throw new MongoError(241, `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`);
    return new Date(parseDate(text, typeof format === 'string' ? format : undefined, zone));
  } catch (error) {
    const fallback = get('onError');
    if (error instanceof MongoError && fallback !== undefined) return fallback;
    throw error;
  }
});

export const dateOperators: Record<string, OperatorCompiler> = {
  ...part('$year', (p) => p.year),
  ...part('$month', (p) => p.month),
  ...part('$dayOfMonth', (p) => p.day),
  ...part('$hour', (p) => p.hour),
  ...part('$minute', (p) => p.minute),
  ...part('$second', (p) => p.second),
  ...part('$millisecond', (p) => p.millisecond),
  ...part('$dayOfWeek', (p) => (isoWeekday(p) % 7) + 1),
  ...part('$dayOfYear', dayOfYear),
  ...part('$week', sundayWeek),
  ...part('$isoWeek', isoWeek),
  ...part('$isoWeekYear', (p) => BigInt(isoWeekYear(p))),
  ...part('$isoDayOfWeek', isoWeekday),
  ...shift('$dateAdd', 1),
  ...shift('$dateSubtract', -1),
  ...dateTrunc,
  ...dateDiff,
  ...dateToString,
  ...dateToParts,
  ...dateFromParts,
  ...dateFromString,
};
