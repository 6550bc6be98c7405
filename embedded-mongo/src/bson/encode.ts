import { MongoError } from '../errors.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { ByteWriter } from './byte-writer.js';
import { MAX_DEPTH } from './limits.js';
import {
  Binary,
  Decimal,
  type Doc,
  Double,
  MaxKey,
  MinKey,
  ObjectId,
  Opaque,
  RawDoc,
  Regex,
  Timestamp,
  typeOf,
  type Value,
} from './values.js';

class Writer extends ByteWriter {
  private depth = 0;

  /** Begins a document or an array: returns where its length goes. */
  open(): number {
    if (++this.depth > MAX_DEPTH) throw new MongoError(15, `cannot store a document nested more than ${MAX_DEPTH} levels deep`);
    return this.room(4);
  }

  close(start: number): void {
    this.depth--;
    this.byte(0);
    this.buf.writeInt32LE(this.pos - start, start);
  }

  int32(value: number): void {
    const at = this.room(4);
    this.buf.writeInt32LE(value, at);
  }

  int64(value: bigint): void {
    const at = this.room(8);
    this.buf.writeBigInt64LE(value, at);
  }

  double(value: number): void {
    const at = this.room(8);
    this.buf.writeDoubleLE(value, at);
  }

  cstring(text: string): void {
    const at = this.room(text.length * 3 + 1);
    const length = this.write(text, at);
    this.buf[at + length] = 0;
    this.pos = at + length + 1;
  }

  /** Short plain text is written byte by byte: calling native code for it costs more. */
  private write(text: string, at: number): number {
    const { length } = text;
    if (length > 24) return this.buf.write(text, at, 'utf8');
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return this.buf.write(text, at, 'utf8');
      this.buf[at + i] = code;
    }
    return length;
  }

  string(text: string): void {
    const at = this.room(text.length * 3 + 5);
    const length = this.write(text, at + 4);
    this.buf.writeInt32LE(length + 1, at);
    this.buf[at + 4 + length] = 0;
    this.pos = at + 5 + length;
  }
}

function writeDate(out: Writer, date: Date): void {
  const ms = date.getTime();
  const at = out.room(8);
  out.buf.writeUInt32LE(ms >= 0 ? ms % 0x100000000 : ((ms % 0x100000000) + 0x100000000) % 0x100000000, at);
  out.buf.writeInt32LE(Math.floor(ms / 0x100000000), at + 4);
}

function writeBinary(out: Writer, value: Binary): void {
  out.int32(value.bytes.length);
  out.byte(value.subtype);
  out.raw(value.bytes);
}

function writeObjectValue(out: Writer, value: Exclude<Value, number | bigint | string | boolean | null>): void {
  if (value instanceof Map) writeDoc(out, value);
  else if (Array.isArray(value)) writeArray(out, value);
  else if (value instanceof ObjectId || value instanceof Opaque) out.raw(value.bytes);
  else if (value instanceof RawDoc || value instanceof Decimal) out.raw(value.bytes);
  else if (value instanceof Date) writeDate(out, value);
  else if (value instanceof Double) out.double(value.value);
  else if (value instanceof Binary) writeBinary(out, value);
  else if (value instanceof Timestamp) out.int64(BigInt.asIntN(64, value.value));
  else if (value instanceof Regex) {
    out.cstring(value.pattern);
    out.cstring(value.flags);
  } else if (!(value instanceof MinKey || value instanceof MaxKey)) {
    throw new TypeError('a value that is no BSON type cannot be encoded');
  }
}

function writeValue(out: Writer, value: Value): void {
  switch (typeof value) {
    case 'number':
      out.int32(value);
      return;
    case 'bigint':
      out.int64(value);
      return;
    case 'string':
      out.string(value);
      return;
    case 'boolean':
      out.byte(value ? 1 : 0);
      return;
    default:
      if (value !== null) writeObjectValue(out, value);
  }
}

function writeDoc(out: Writer, value: Doc): void {
  const start = out.open();
  for (const [name, field] of value) {
    out.byte(typeOf(field));
    out.cstring(name);
    writeValue(out, field);
  }
  out.close(start);
}

/** Makes room for all of a reply's documents at once instead of growing again and again. */
function reserve(out: Writer, values: readonly Value[]): void {
  let bytes = 0;
  for (const value of values) if (value instanceof RawDoc) bytes += value.bytes.length + 16;
  const at = out.room(bytes);
  out.pos = at;
}

function writeArray(out: Writer, values: readonly Value[]): void {
  if (values[0] instanceof RawDoc) reserve(out, values);
  const start = out.open();
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null;
    out.byte(typeOf(value));
    out.cstring(String(i));
    writeValue(out, value);
  }
  out.close(start);
}

/** Encodes a document; `before` leaves so many bytes free in front of it, for a message's header. */
export function encode(value: Doc, before = 0): Buffer {
  const out = new Writer(256);
  out.room(before);
  writeDoc(out, value);
  return out.buf.subarray(0, out.pos);
}

/** Values with more parts are written with pauses. */
const MANY_PARTS = 5_000;
const LARGE_BYTES = 64 * 1024;
const STEPS_OF_PART = 2;

/** How many parts may still come; below zero once there are more than `most`. */
function partsLeft(value: Value, most: number): number {
  let left = most - 1;
  if (value instanceof Map || Array.isArray(value)) {
    for (const part of value.values()) if (left >= 0) left = partsLeft(part, left);
  }
  return left;
}

/** Whether writing the value takes long enough for a pause. */
function isLarge(value: Value): boolean {
  return partsLeft(value, MANY_PARTS) < 0;
}

function* writeElementInSteps(out: Writer, name: string, value: Value): Job<void> {
  out.byte(typeOf(value));
  out.cstring(name);
  if (value instanceof Map || Array.isArray(value)) yield* writeInSteps(out, value);
  else writeValue(out, value);
}

function* writeInSteps(out: Writer, value: Doc | Value[]): Job<void> {
  const start = out.open();
  for (const [name, part] of value.entries()) {
    yield* writeElementInSteps(out, String(name), part);
    if (stretch.isDue(STEPS_OF_PART)) yield PAUSE;
  }
  out.close(start);
}

/** The same as encode, for a document of any size. */
export function* encodeInSteps(value: Doc, before = 0): Job<Buffer> {
  if (!isLarge(value)) return encode(value, before);
  const out = new Writer(LARGE_BYTES);
  out.room(before);
  yield* writeInSteps(out, value);
  return out.buf.subarray(0, out.pos);
}

/** One field as it stands inside of a document: type, name, payload. */
export function encodeElement(name: string, value: Value): Buffer {
  const out = new Writer(64);
  out.byte(typeOf(value));
  out.cstring(name);
  writeValue(out, value);
  return out.buf.subarray(0, out.pos);
}

/** The same as encodeElement, for a value of any size. */
export function* encodeElementInSteps(name: string, value: Value): Job<Buffer> {
  if (!isLarge(value)) return encodeElement(name, value);
  const out = new Writer(LARGE_BYTES);
  yield* writeElementInSteps(out, name, value);
  return out.buf.subarray(0, out.pos);
}

/** The value as BSON would store it, without its name: type byte and payload. For equality of exact types. */
export function encodeValue(value: Value): Buffer {
  const out = new Writer(64);
  out.byte(typeOf(value));
  writeValue(out, value);
  return out.buf.subarray(0, out.pos);
}
