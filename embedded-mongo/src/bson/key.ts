import { createHash } from 'node:crypto';
import { decimalParts } from './decimal.js';
import { writeFraction } from './key-number.js';
import { KeyWriter } from './key-writer.js';
import type { Opaque } from './values.js';
import { Binary, BSON, Decimal, type Doc, Double, MaxKey, MinKey, ObjectId, RawDoc, Regex, Timestamp, type Value } from './values.js';

/**
 * Values as bytes whose plain byte order is MongoDB's comparison order
 * (manual: reference/bson-type-comparison-order). Indexes, in-memory sorts, $group keys and comparisons of
 * decimals all use this one encoding, so they cannot disagree.
 */
export const KEY = {
  minKey: 0x08,
  undefined: 0x0c,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binData: 0x38,
  objectId: 0x40,
  bool: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  dbPointer: 0x68,
  javascript: 0x70,
  javascriptWithScope: 0x78,
  maxKey: 0x80,
} as const;

/** Ends an object or an array: lower than any type byte, so that a prefix sorts first. */
const END = 0x00;

function writeNumber(out: KeyWriter, value: number | bigint | Double | Decimal): void {
  out.byte(KEY.number);
  if (typeof value === 'number' || value instanceof Double) {
    out.double(typeof value === 'number' ? value : value.value);
    out.byte(0);
  } else if (typeof value === 'bigint') {
    writeFraction(out, { negative: value < 0n, digits: value < 0n ? -value : value, exponent: 0 });
  } else {
    writeFraction(out, decimalParts(value));
  }
}

function writeFields(out: KeyWriter, value: Doc): void {
  for (const [name, field] of value) {
    // The type is compared before the name, the name before the value.
    const at = out.pos;
    writeKey(out, field);
    const encoded = Buffer.from(out.buf.subarray(at, out.pos));
    out.pos = at;
    out.byte(encoded[0] ?? 0);
    out.text(name);
    out.raw(encoded.subarray(1));
  }
  out.byte(END);
}

function writeOpaque(out: KeyWriter, value: Opaque): void {
  switch (value.type) {
    case BSON.undefined:
      out.byte(KEY.undefined);
      return;
    case BSON.date:
      out.byte(KEY.date);
      out.uint64(value.bytes.readBigUInt64LE(0) ^ 0x8000000000000000n);
      return;
    case BSON.symbol:
      out.byte(KEY.string);
      out.text(value.bytes.toString('utf8', 4, value.bytes.length - 1));
      return;
    default:
      out.byte(value.type === BSON.dbPointer ? KEY.dbPointer : value.type === BSON.javascript ? KEY.javascript : KEY.javascriptWithScope);
      out.uint32(value.bytes.length);
      out.raw(value.bytes);
  }
}

function writeScalarObject(out: KeyWriter, value: Exclude<Value, Doc | Value[] | number | bigint | string | boolean | null>): void {
  if (value instanceof ObjectId) {
    out.byte(KEY.objectId);
    out.raw(value.bytes);
  } else if (value instanceof Date) {
    out.byte(KEY.date);
    out.date(value.getTime());
  } else if (value instanceof Double || value instanceof Decimal) writeNumber(out, value);
  else if (value instanceof Binary) {
    out.byte(KEY.binData);
    out.uint32(value.bytes.length);
    out.byte(value.subtype);
    out.raw(value.bytes);
  } else if (value instanceof Timestamp) {
    out.byte(KEY.timestamp);
    out.uint64(value.value);
  } else if (value instanceof Regex) {
    out.byte(KEY.regex);
    out.text(value.pattern);
    out.text(value.flags);
  } else if (value instanceof MinKey) out.byte(KEY.minKey);
  else if (value instanceof MaxKey) out.byte(KEY.maxKey);
  else if (value instanceof RawDoc) throw new TypeError('an encoded document has no key');
  else writeOpaque(out, value);
}

/** Writes one value; a missing one is written as null, as MongoDB's indexes do. */
export function writeKey(out: KeyWriter, value: Value | undefined): void {
  if (value === undefined || value === null) out.byte(KEY.null);
  else if (typeof value === 'number' || typeof value === 'bigint') writeNumber(out, value);
  else if (typeof value === 'string') {
    out.byte(KEY.string);
    out.text(value);
  } else if (typeof value === 'boolean') {
    out.byte(KEY.bool);
    out.byte(value ? 1 : 0);
  } else if (value instanceof Map) {
    out.byte(KEY.object);
    writeFields(out, value);
  } else if (Array.isArray(value)) {
    out.byte(KEY.array);
    for (const item of value) writeKey(out, item);
    out.byte(END);
  } else writeScalarObject(out, value);
}

const shared = new KeyWriter();

export function keyOf(value: Value | undefined): Buffer {
  shared.pos = 0;
  writeKey(shared, value);
  return shared.finish();
}

/** V8 hashes texts beyond 16,383 characters by their length alone: a Map of such would compare them all. */
const LONGEST_TEXT = 1000;

/** A text that is the same for equal values only: the key of Maps that tell values apart. */
export function keyText(value: Value | undefined): string {
  const key = keyOf(value);
  return key.length <= LONGEST_TEXT ? key.toString('latin1') : createHash('sha256').update(key).digest('base64');
}

/** Turns ascending bytes into descending ones, in place. */
export function invert(buf: Buffer, start: number, end: number): void {
  for (let i = start; i < end; i++) buf[i] = ~(buf[i] ?? 0);
}
