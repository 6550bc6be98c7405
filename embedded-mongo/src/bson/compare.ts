import { KEY, keyOf } from './key.js';
import { BSON, Decimal, type Doc, Double, isNumeric, type NumberValue, ObjectId, typeOf, type Value } from './values.js';

/** By type; numbers of all types have one place, and so have strings and symbols. */
const places: number[] = [];
for (const [name, type] of Object.entries(BSON))
  places[type] = name === 'symbol' ? KEY.string : ((KEY as Record<string, number>)[name] ?? KEY.number);

/** The place of a value's type in MongoDB's order; comparisons such as $gt only hold within one place. */
export function typeOrder(value: Value | undefined): number {
  return places[typeOf(value ?? null)] ?? 0;
}

function sign(order: number): number {
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

/** MongoDB orders strings by their UTF-8 bytes; UTF-16 differs only where surrogates meet U+E000 and above. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x < y ? -1 : 1;
  }
  return sign(a.length - b.length);
}

function plainNumber(value: NumberValue): number | bigint | undefined {
  if (value instanceof Double) return value.value;
  return value instanceof Decimal ? undefined : value;
}

function compareNumbers(a: NumberValue, b: NumberValue): number {
  const x = plainNumber(a);
  const y = plainNumber(b);
  if (x === undefined || y === undefined) return sign(Buffer.compare(keyOf(a), keyOf(b)));
  if (x < y) return -1;
  if (x > y) return 1;
  // NaN is equal to itself and below every other number; what is left is equal.
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

function compareDocs(a: Doc, b: Doc): number {
  const right = b.entries();
  for (const [name, value] of a) {
    const next = right.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const order = sign(typeOrder(value) - typeOrder(other)) || compareStrings(name, otherName) || compareValues(value, other);
    if (order !== 0) return order;
  }
  return right.next().done ? 0 : -1;
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return sign(a.length - b.length);
}

/** MongoDB's order over all types; a missing value compares as null. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0;
  const order = typeOrder(a) - typeOrder(b);
  if (order !== 0) return sign(order);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof Date && b instanceof Date) return sign(a.getTime() - b.getTime());
  if (a instanceof ObjectId && b instanceof ObjectId) return sign(Buffer.compare(a.bytes, b.bytes));
  if (a instanceof Map && b instanceof Map) return compareDocs(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  return sign(Buffer.compare(keyOf(a), keyOf(b)));
}

export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return compareValues(a, b) === 0;
}
