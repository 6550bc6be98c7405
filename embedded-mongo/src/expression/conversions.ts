import { encode } from '../bson/encode.js';
import { formatValue } from '../bson/format.js';
import { decimalText, parseDecimal } from '../bson/decimal.js';
import { isInt32, toDecimal, toNumber, truncate64 } from '../bson/number.js';
import {
  Binary,
  BSON,
  Decimal,
  type Doc,
  Double,
  isDoc,
  isNumeric,
  ObjectId,
  Timestamp,
  typeName,
  typeNames,
  typeOf,
  type Value,
} from '../bson/values.js';
import { MongoError } from '../errors.js';
import { eager, isNullish, truthyValue } from './arguments.js';
import { parseDate } from './date-parse.js';
import { formatDate } from './date-format.js';
import { dateOf } from './dates.js';
import type { OperatorCompiler } from './expression.js';
import { timeZone } from './time-zone.js';

function failure(value: Value, to: string, why?: string): MongoError {
  const reason = why ?? `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`;
  return new MongoError(241, reason);
}

function badNumber(text: string): MongoError {
  return new MongoError(241, `Failed to parse number '${text}' in $convert with no onError value`);
}

function toDouble(value: Value): Value {
  if (isNumeric(value)) return new Double(toNumber(value));
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value !== 'string') throw failure(value, 'double');
  const n = value.trim() === value && value !== '' && !/^0x/i.test(value) ? Number(value) : NaN;
  if (Number.isNaN(n) && value !== 'NaN') throw badNumber(value);
  return new Double(n);
}

function toWhole(value: Value, long: boolean): Value {
  const to = long ? 'long' : 'int';
  let whole: bigint | undefined;
  if (isNumeric(value)) whole = truncate64(value);
  else if (typeof value === 'boolean') whole = value ? 1n : 0n;
  else if (long && value instanceof Date) whole = BigInt(value.getTime());
  else if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw badNumber(value);
    whole = BigInt(value.replace(/^\+/, ''));
  } else throw failure(value, to);
  if (whole === undefined || whole !== BigInt.asIntN(64, whole) || (!long && !isInt32(whole))) {
    throw failure(value, to, 'Conversion would overflow target type in $convert with no onError value');
  }
  return long ? whole : Number(whole);
}

function toDecimalValue(value: Value): Value {
  if (isNumeric(value)) return toDecimal(value);
  if (typeof value === 'boolean') return parseDecimal(value ? '1' : '0');
  if (value instanceof Date) return parseDecimal(String(value.getTime()));
  if (typeof value !== 'string') throw failure(value, 'decimal');
  try {
    return parseDecimal(value);
  } catch {
    throw badNumber(value);
  }
}

function numberText(n: number): string {
  if (!Number.isFinite(n)) return n === Infinity ? 'Infinity' : n === -Infinity ? '-Infinity' : 'NaN';
  return String(n).replace(/e([+-])(\d)$/, 'e$10$2');
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof Double) return numberText(value.value);
  if (value instanceof Decimal) return decimalText(value);
  if (value instanceof ObjectId) return value.toHex();
  if (value instanceof Date) return formatDate(value.getTime(), '%Y-%m-%dT%H:%M:%S.%LZ', timeZone('UTC'));
  if (value instanceof Binary && value.subtype === 4 && value.bytes.length === 16) {
    return value.bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
  throw failure(value, 'string');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value !== 'string') throw failure(value, 'objectId');
  if (!/^[0-9a-fA-F]{24}$/.test(value))
    throw failure(value, 'objectId', `Failed to parse objectId '${value}' in $convert with no onError value`);
  return new ObjectId(Buffer.from(value, 'hex'));
}

function toDate(value: Value): Value {
  if (typeof value === 'string') return new Date(parseDate(value, undefined, timeZone('UTC')));
  if (typeof value === 'bigint' || value instanceof Double || value instanceof Decimal) return new Date(Number(truncate64(value)));
  if (typeof value === 'number' || typeof value === 'boolean' || isDoc(value) || Array.isArray(value)) throw failure(value, 'date');
  return dateOf(value);
}

const converters: Readonly<Record<number, (value: Value) => Value>> = {
  [BSON.double]: toDouble,
  [BSON.int]: (value) => toWhole(value, false),
  [BSON.long]: (value) => toWhole(value, true),
  [BSON.decimal]: toDecimalValue,
  [BSON.string]: toText,
  [BSON.objectId]: toObjectId,
  [BSON.date]: toDate,
  [BSON.bool]: (value) => truthyValue(value),
};

function targetType(to: Value): number {
  const code = typeof to === 'string' ? [...typeNames].find(([, name]) => name === to)?.[0] : isNumeric(to) ? toNumber(to) : undefined;
  if (code === undefined || !converters[code]) throw new MongoError(2, `Unknown or unsupported type in $convert: ${formatValue(to)}`);
  return code;
}

const convert: OperatorCompiler = (argument, compile) => {
  if (!isDoc(argument)) throw new MongoError(9, `$convert expects an object of named arguments but found: ${typeName(argument)}`);
  const spec: Doc = argument;
  for (const key of spec.keys())
    if (!['input', 'to', 'onError', 'onNull'].includes(key)) throw new MongoError(9, `$convert found an unknown argument: ${key}`);
  const field = (name: string): ReturnType<typeof compile> | undefined => (spec.has(name) ? compile(spec.get(name) ?? null) : undefined);
  const [input, to, onError, onNull] = [field('input'), field('to'), field('onError'), field('onNull')];
  if (!input || !to) throw new MongoError(9, "Missing 'input' or 'to' parameter to $convert");
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    const target = to(scope);
    if (isNullish(target)) return null;
    try {
      return converters[targetType(target)]?.(value);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241) return onError(scope);
      throw error;
    }
  };
};

function shorthand(name: string, type: number): Record<string, OperatorCompiler> {
  return eager(name, 1, 1, ([value]) => (isNullish(value) ? null : converters[type]?.(value)));
}

/** An operator of one value of one kind; null and missing give null. */
function partOf(name: string, kind: string, code: number, read: (value: Value) => Value | undefined): Record<string, OperatorCompiler> {
  return eager(name, 1, 1, ([value]) => {
    if (isNullish(value)) return null;
    const part = read(value);
    if (part === undefined) throw new MongoError(code, `${name} requires ${kind}, found: ${typeName(value)}`);
    return part;
  });
}

export const conversionOperators: Record<string, OperatorCompiler> = {
  $convert: convert,
  ...shorthand('$toDouble', BSON.double),
  ...shorthand('$toInt', BSON.int),
  ...shorthand('$toLong', BSON.long),
  ...shorthand('$toDecimal', BSON.decimal),
  ...shorthand('$toString', BSON.string),
  ...shorthand('$toObjectId', BSON.objectId),
  ...shorthand('$toDate', BSON.date),
  ...shorthand('$toBool', BSON.bool),
  ...eager('$type', 1, 1, ([value]) => (value === undefined ? 'missing' : (typeNames.get(typeOf(value)) ?? 'unknown'))),
  ...eager('$isNumber', 1, 1, ([value]) => isNumeric(value)),
  ...partOf('$binarySize', 'a string or BinData', 51276, (value) =>
    typeof value === 'string' ? Buffer.byteLength(value) : value instanceof Binary ? value.bytes.length : undefined,
  ),
  ...partOf('$bsonSize', 'a document', 31393, (value) => (isDoc(value) ? encode(value).length : undefined)),
  ...partOf('$tsSecond', 'a timestamp', 5687301, (value) => (value instanceof Timestamp ? value.value >> 32n : undefined)),
  ...partOf('$tsIncrement', 'a timestamp', 5687302, (value) => (value instanceof Timestamp ? value.value & 0xffffffffn : undefined)),
};
