import { MongoError } from '../errors.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { MAX_DEPTH } from './limits.js';
import { nameAt } from './names.js';
import { Binary, BSON, Decimal, type Doc, Double, MaxKey, MinKey, ObjectId, Opaque, Regex, Timestamp, type Value } from './values.js';

const MAX_DATE_MS = 8.64e15;
/** Reading an int32 field takes some 50 ns. */
const BYTES_PER_STEP = 8;

export function invalidBson(reason: string): MongoError {
  return new MongoError(22, `Invalid BSON: ${reason}`);
}

class Reader {
  pos: number;

  constructor(
    readonly buf: Buffer,
    start: number,
    private end: number,
  ) {
    this.pos = start;
  }

  /** Moves over n bytes and returns where they began. */
  take(n: number): number {
    const at = this.pos;
    if (n < 0 || at + n > this.end) throw invalidBson('element runs past the end of its document');
    this.pos = at + n;
    return at;
  }

  /** Moves over a text that ends with a zero byte and returns where that byte is. */
  skipText(): number {
    let stop = this.pos;
    while (stop < this.end && this.buf[stop] !== 0) stop++;
    if (stop >= this.end) throw invalidBson('unterminated field name');
    this.pos = stop + 1;
    return stop;
  }

  name(): string {
    const at = this.pos;
    return nameAt(this.buf, at, this.skipText());
  }

  cstring(): string {
    const at = this.pos;
    return this.buf.toString('utf8', at, this.skipText());
  }

  string(): string {
    const length = this.buf.readInt32LE(this.take(4));
    if (length < 1) throw invalidBson('bad string length');
    const at = this.take(length);
    if (this.buf[at + length - 1] !== 0) throw invalidBson('unterminated string');
    return this.buf.toString('utf8', at, at + length - 1);
  }

  copy(n: number): Buffer {
    const at = this.take(n);
    const bytes = Buffer.allocUnsafe(n);
    this.buf.copy(bytes, 0, at, at + n);
    return bytes;
  }

  /** Opens a nested document: checks its frame and returns the position of its final zero byte. */
  open(): number {
    const at = this.take(4);
    const length = this.buf.readInt32LE(at);
    if (length < 5 || at + length > this.end) throw invalidBson('bad document length');
    if (this.buf[at + length - 1] !== 0) throw invalidBson('document is not terminated');
    return at + length - 1;
  }

  /** Narrows the bounds to a nested document; returns those to go back to with leave(). */
  enter(stop: number): number {
    const outer = this.end;
    this.end = stop;
    return outer;
  }

  leave(stop: number, outer: number): void {
    if (this.pos !== stop) throw invalidBson('document length does not fit its content');
    this.end = outer;
    this.pos = stop + 1;
  }

  /** The length that a nested document says it has. */
  lengthAhead(): number {
    const at = this.take(4);
    this.pos = at;
    return this.buf.readInt32LE(at);
  }

  get atEnd(): boolean {
    return this.pos >= this.end;
  }
}

function readDate(reader: Reader): Value {
  const at = reader.take(8);
  const ms = reader.buf.readInt32LE(at + 4) * 0x100000000 + reader.buf.readUInt32LE(at);
  if (Math.abs(ms) <= MAX_DATE_MS) return new Date(ms);
  return new Opaque(BSON.date, Buffer.from(reader.buf.subarray(at, at + 8)));
}

function readBinary(reader: Reader): Value {
  const length = reader.buf.readInt32LE(reader.take(4));
  const subtype = reader.buf[reader.take(1)] ?? 0;
  return new Binary(subtype, reader.copy(length));
}

function readBool(reader: Reader): boolean {
  const byte = reader.buf[reader.take(1)];
  if (byte !== 0 && byte !== 1) throw invalidBson('boolean is neither 0 nor 1');
  return byte === 1;
}

function readLengthPrefixed(reader: Reader, type: number, extra: number): Opaque {
  const start = reader.pos;
  const length = reader.buf.readInt32LE(reader.take(4));
  // For code with scope the length counts itself, for the others it does not.
  reader.take(type === BSON.javascriptWithScope ? length - 4 : length + extra);
  return new Opaque(type, Buffer.from(reader.buf.subarray(start, reader.pos)));
}

function readNested(reader: Reader, type: number, depth: number): Value {
  if (depth > MAX_DEPTH) throw invalidBson('nested too deeply');
  const stop = reader.open();
  const outer = reader.enter(stop);
  const result = type === BSON.array ? readArray(reader, depth) : readFields(reader, depth);
  reader.leave(stop, outer);
  return result;
}

function readRare(reader: Reader, type: number): Value {
  switch (type) {
    case BSON.undefined:
      return new Opaque(type, Buffer.alloc(0));
    case BSON.regex:
      return new Regex(reader.cstring(), reader.cstring());
    case BSON.dbPointer:
      return readLengthPrefixed(reader, type, 12);
    case BSON.javascript:
    case BSON.symbol:
    case BSON.javascriptWithScope:
      return readLengthPrefixed(reader, type, 0);
    case BSON.timestamp:
      return new Timestamp(reader.buf.readBigUInt64LE(reader.take(8)));
    case BSON.decimal:
      return new Decimal(reader.copy(16));
    case BSON.minKey:
      return new MinKey();
    case BSON.maxKey:
      return new MaxKey();
    default:
      throw invalidBson(`unknown element type ${type}`);
  }
}

function readValue(reader: Reader, type: number, depth: number): Value {
  switch (type) {
    case BSON.double:
      return new Double(reader.buf.readDoubleLE(reader.take(8)));
    case BSON.string:
      return reader.string();
    case BSON.object:
    case BSON.array:
      return readNested(reader, type, depth + 1);
    case BSON.binData:
      return readBinary(reader);
    case BSON.objectId:
      return new ObjectId(reader.copy(12));
    case BSON.bool:
      return readBool(reader);
    case BSON.date:
      return readDate(reader);
    case BSON.null:
      return null;
    case BSON.int:
      return reader.buf.readInt32LE(reader.take(4));
    case BSON.long:
      return reader.buf.readBigInt64LE(reader.take(8));
    default:
      return readRare(reader, type);
  }
}

/** Of a name that stands twice the first one counts, as in MongoDB: here, in raw.ts and in whatever reads stored bytes. */
function readFields(reader: Reader, depth: number): Doc {
  const result: Doc = new Map();
  while (!reader.atEnd) {
    const type = reader.buf[reader.take(1)] ?? 0;
    const name = reader.name();
    const value = readValue(reader, type, depth);
    if (!result.has(name)) result.set(name, value);
  }
  return result;
}

function readArray(reader: Reader, depth: number): Value[] {
  const result: Value[] = [];
  while (!reader.atEnd) {
    const type = reader.buf[reader.take(1)] ?? 0;
    reader.skipText();
    result.push(readValue(reader, type, depth));
  }
  return result;
}

const LONG_BYTES = 64 * 1024;

/** Whether a document is read with pauses: one of 16 MB may hold two million values. */
export function isLong(document: Buffer): boolean {
  return document.length > LONG_BYTES;
}

function* valueInSteps(reader: Reader, type: number, depth: number): Job<Value> {
  const isNested = type === BSON.object || type === BSON.array;
  if (!isNested || reader.lengthAhead() <= LONG_BYTES) return readValue(reader, type, depth);
  return yield* nestedInSteps(reader, type === BSON.array, depth + 1);
}

function* nestedInSteps(reader: Reader, isArray: boolean, depth: number): Job<Value> {
  if (depth > MAX_DEPTH) throw invalidBson('nested too deeply');
  const stop = reader.open();
  const outer = reader.enter(stop);
  const fields: Doc = new Map();
  const items: Value[] = [];
  while (!reader.atEnd) {
    const start = reader.pos;
    const type = reader.buf[reader.take(1)] ?? 0;
    const name = isArray ? reader.skipText() : reader.name();
    const value = yield* valueInSteps(reader, type, depth);
    if (typeof name === 'number') items.push(value);
    else if (!fields.has(name)) fields.set(name, value);
    if (stretch.isDue((reader.pos - start) / BYTES_PER_STEP)) yield PAUSE;
  }
  reader.leave(stop, outer);
  return isArray ? items : fields;
}

/** The same as decode, for a document of any length. */
export function* decodeInSteps(buf: Buffer): Job<Doc> {
  if (!isLong(buf)) return decode(buf);
  return (yield* nestedInSteps(new Reader(buf, 0, buf.length), false, 0)) as Doc;
}

/** The same as decodeValue, for a value of any length. */
export function decodeValueInSteps(buf: Buffer, type: number, pos: number): Job<Value> {
  return valueInSteps(new Reader(buf, pos, buf.length), type, 0);
}

/** Reads one whole document; throws InvalidBSON for anything that is not exactly one. */
export function decode(buf: Buffer, start = 0): Doc {
  if (buf.length - start < 5) throw invalidBson('document is too short');
  stretch.count((buf.length - start) / BYTES_PER_STEP);
  const reader = new Reader(buf, start, buf.length);
  const stop = reader.open();
  const outer = reader.enter(stop);
  const result = readFields(reader, 0);
  reader.leave(stop, outer);
  return result;
}

/** Reads the value that begins at `pos`; the bytes must have been checked before. */
export function decodeValue(buf: Buffer, type: number, pos: number): Value {
  return readValue(new Reader(buf, pos, buf.length), type, 0);
}
