/**
 * The value model: every BSON type has one JavaScript form of its own, so that what is read can be
 * written back without a type changing. An int32 is a number, an int64 a bigint, a double a Double:
 * plain numbers could not tell 1 from 1.0. Documents are Maps because objects reorder keys such as "10".
 */
export type Doc = Map<string, Value>;

export type Value =
  | number
  | bigint
  | Double
  | Decimal
  | string
  | boolean
  | null
  | Date
  | ObjectId
  | Binary
  | Timestamp
  | Regex
  | MinKey
  | MaxKey
  | Opaque
  | RawDoc
  | Doc
  | Value[];

export class Double {
  constructor(readonly value: number) {}
}

/** Decimal128 by its sixteen bytes; see decimal.ts for its arithmetic. */
export class Decimal {
  constructor(readonly bytes: Buffer) {}
}

export class ObjectId {
  constructor(readonly bytes: Buffer) {}
  toHex(): string {
    return this.bytes.toString('hex');
  }
}

export class Binary {
  constructor(
    readonly subtype: number,
    readonly bytes: Buffer,
  ) {}
}

export class Timestamp {
  constructor(readonly value: bigint) {}
}

export class Regex {
  constructor(
    readonly pattern: string,
    readonly flags: string,
  ) {}
}

export class MinKey {
  readonly kind = 'minKey';
}

export class MaxKey {
  readonly kind = 'maxKey';
}

/**
 * Types that are only carried, compared by their bytes: undefined, DBPointer, code, symbol, code with scope,
 * and dates outside of what a JavaScript Date can hold.
 */
export class Opaque {
  constructor(
    readonly type: number,
    readonly bytes: Buffer,
  ) {}
}

/** A document that is already encoded; it occurs only in replies, so that stored bytes are sent as they are. */
export class RawDoc {
  constructor(readonly bytes: Buffer) {}
}

export const BSON = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const;

/** The type names of $type and of error messages, by type number. */
export const typeNames: ReadonlyMap<number, string> = new Map(Object.entries(BSON).map(([name, code]) => [code, name]));

function objectTypeOf(value: Exclude<Value, number | bigint | string | boolean | null>): number {
  if (value instanceof Map) return BSON.object;
  if (Array.isArray(value)) return BSON.array;
  if (value instanceof ObjectId) return BSON.objectId;
  if (value instanceof Date) return BSON.date;
  if (value instanceof Double) return BSON.double;
  if (value instanceof Binary) return BSON.binData;
  if (value instanceof Decimal) return BSON.decimal;
  if (value instanceof Timestamp) return BSON.timestamp;
  if (value instanceof Regex) return BSON.regex;
  if (value instanceof MinKey) return BSON.minKey;
  if (value instanceof MaxKey) return BSON.maxKey;
  return value instanceof RawDoc ? BSON.object : value.type;
}

export function typeOf(value: Value): number {
  switch (typeof value) {
    case 'number':
      return BSON.int;
    case 'bigint':
      return BSON.long;
    case 'string':
      return BSON.string;
    case 'boolean':
      return BSON.bool;
    default:
      return value === null ? BSON.null : objectTypeOf(value);
  }
}

export function typeName(value: Value | undefined): string {
  return value === undefined ? 'missing' : (typeNames.get(typeOf(value)) ?? 'unknown');
}

export function isDoc(value: Value | undefined): value is Doc {
  return value instanceof Map;
}

export type NumberValue = number | bigint | Double | Decimal;

export function isNumeric(value: Value | undefined): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** A document written as a literal: doc({ ok: 1 }) keeps the order of its string keys. */
export function doc(fields: Record<string, Value | undefined>): Doc {
  const result: Doc = new Map();
  // Every reply is built here, and this loop makes no list of the entries first; literals inherit no keys.
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) result.set(key, value);
  }
  return result;
}

/** A JavaScript number as the type MongoDB's shell and drivers would send: int32 where it fits, else a double. */
export function numberValue(n: number): Value {
  return Number.isInteger(n) && n >= -0x80000000 && n <= 0x7fffffff && !Object.is(n, -0) ? n : new Double(n);
}

/** MongoDB answers `ok` as a double. */
export const OK = new Double(1);
export const NOT_OK = new Double(0);

/** The value if it is a string. */
export function textOr(value: Value | undefined, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
