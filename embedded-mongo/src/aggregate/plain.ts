import { Decimal, Double, isDoc, numberValue, ObjectId, Regex, type Value } from '../bson/values.js';
import { notSupported } from '../errors.js';

/** A value as mingo wants it. What it could only compute inexactly is refused. */
export function toPlain(value: Value | undefined, operator: string): unknown {
  if (value === undefined || value === null) return value;
  if (value instanceof Double) return value.value;
  if (typeof value === 'bigint') {
    const n = Number(value);
    if (!Number.isSafeInteger(n)) throw notSupported(`${operator} of a long beyond 2^53`);
    return n;
  }
  if (value instanceof Decimal) throw notSupported(`${operator} of a Decimal128`);
  if (value instanceof Regex) return new RegExp(value.pattern, value.flags.replace(/[^ims]/g, ''));
  if (Array.isArray(value)) return value.map((item) => toPlain(item, operator));
  if (isDoc(value)) return Object.fromEntries([...value].map(([name, field]) => [name, toPlain(field, operator)]));
  return value;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function fromPlain(value: unknown): Value | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) && Math.abs(value) > 0x7fffffff ? BigInt(value) : numberValue(value);
  if (typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map((item) => fromPlain(item) ?? null);
  if (value instanceof RegExp) return new Regex(value.source, value.flags.replace(/[^imsx]/g, ''));
  if (value instanceof Date || value instanceof ObjectId) return value;
  if (typeof value === 'object' && isPlainObject(value)) {
    const fields = Object.entries(value).map(([name, field]): [string, Value | undefined] => [name, fromPlain(field)]);
    return new Map(fields.filter((entry): entry is [string, Value] => entry[1] !== undefined));
  }
  return value as Value;
}
