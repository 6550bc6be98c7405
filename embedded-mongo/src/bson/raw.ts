import type { Job } from '../stretch.js';
import { decodeValue, decodeValueInSteps, invalidBson, isLong } from './decode.js';
import { BSON, type Doc } from './values.js';

/**
 * Walking stored documents without decoding them: what a query does not ask for is stepped over by its length.
 * These functions trust the bytes; whatever comes from a client is checked by decode() first.
 */
function payloadLength(buf: Buffer, type: number, pos: number): number {
  switch (type) {
    case BSON.double:
    case BSON.date:
    case BSON.timestamp:
    case BSON.long:
      return 8;
    case BSON.string:
    case BSON.javascript:
    case BSON.symbol:
      return 4 + buf.readInt32LE(pos);
    case BSON.object:
    case BSON.array:
    case BSON.javascriptWithScope:
      return buf.readInt32LE(pos);
    case BSON.binData:
      return 5 + buf.readInt32LE(pos);
    case BSON.objectId:
      return 12;
    case BSON.bool:
      return 1;
    case BSON.int:
      return 4;
    case BSON.decimal:
      return 16;
    case BSON.dbPointer:
      return 16 + buf.readInt32LE(pos);
    case BSON.regex: {
      const afterPattern = buf.indexOf(0, pos) + 1;
      return buf.indexOf(0, afterPattern) + 1 - pos;
    }
    case BSON.null:
    case BSON.undefined:
    case BSON.minKey:
    case BSON.maxKey:
      return 0;
    default:
      throw invalidBson(`unknown element type ${type}`);
  }
}

/** One top-level element of an encoded document. */
export interface RawElement {
  name: string;
  type: number;
  /** Where the element begins: its type byte. */
  start: number;
  /** Where its payload begins. */
  value: number;
  /** Where the next element begins. */
  end: number;
}

/** Where the zero byte after a field's name stands; names are short, so a loop beats a call into native code. */
function endOfName(buf: Buffer, pos: number): number {
  let end = pos;
  while (buf[end] !== 0) end++;
  return end;
}

/** How many elements the encoded document or array that begins at `start` has. */
export function countElements(buf: Buffer, start: number): number {
  let pos = start + 4;
  const stop = start + buf.readInt32LE(start) - 1;
  let count = 0;
  while (pos < stop) {
    const value = endOfName(buf, pos + 1) + 1;
    pos = value + payloadLength(buf, buf[pos] ?? 0, value);
    count++;
  }
  return count;
}

interface Candidate {
  name: string;
  bytes: Buffer;
}

function stands(bytes: Buffer, buf: Buffer, start: number): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== buf[start + i]) return false;
  return true;
}

/** A set of top-level field names prepared for comparing with bytes. */
export class FieldSet {
  private readonly byLength: Candidate[][] = [];
  readonly size: number;

  constructor(readonly names: ReadonlySet<string>) {
    this.size = names.size;
    for (const name of names) {
      const bytes = Buffer.from(name);
      (this.byLength[bytes.length] ??= []).push({ name, bytes });
    }
  }

  /** The name that stands at these bytes if it is in the set. */
  at(buf: Buffer, start: number, end: number): string | undefined {
    const candidates = this.byLength[end - start];
    if (!candidates) return undefined;
    for (const { name, bytes } of candidates) if (stands(bytes, buf, start)) return name;
    return undefined;
  }
}

/** Shows the named top-level fields to `visit`, in the document's own order, until it returns false; one that stands twice comes twice. */
export function visitFields(buf: Buffer, fields: FieldSet, visit: (element: RawElement) => boolean): void {
  let pos = 4;
  const stop = buf.readInt32LE(0) - 1;
  while (pos < stop) {
    const type = buf[pos] ?? 0;
    const nameEnd = endOfName(buf, pos + 1);
    const value = nameEnd + 1;
    const end = value + payloadLength(buf, type, value);
    const name = fields.at(buf, pos + 1, nameEnd);
    if (name !== undefined && !visit({ name, type, start: pos, value, end })) return;
    pos = end;
  }
}

/** Decodes only the named top-level fields, in the document's own order. */
export function pick(buf: Buffer, fields: FieldSet): Doc {
  const result: Doc = new Map();
  if (fields.size === 0) return result;
  visitFields(buf, fields, ({ name, type, value }) => {
    if (!result.has(name)) result.set(name, decodeValue(buf, type, value));
    return result.size < fields.size;
  });
  return result;
}

/** The same as pick, for a document of any length. */
export function* pickInSteps(buf: Buffer, fields: FieldSet): Job<Doc> {
  if (!isLong(buf)) return pick(buf, fields);
  const result: Doc = new Map();
  const found: RawElement[] = [];
  visitFields(buf, fields, (element) => found.push(element) > 0);
  for (const { name, type, value } of found) if (!result.has(name)) result.set(name, yield* decodeValueInSteps(buf, type, value));
  return result;
}

/** Puts a document together from stretches of another one and from elements of its own. */
export class Splicer {
  private readonly parts: Buffer[] = [];
  private length = 5;
  /** Where the stretch that is being kept begins, and where it ends so far. */
  private from = 4;
  private to = 4;

  constructor(private readonly source: Buffer) {}

  /** Keeps the source's bytes [start, end); neighbouring stretches become one copy. */
  keep(start: number, end: number): void {
    if (start !== this.to) {
      this.flush();
      this.from = start;
    }
    this.to = end;
  }

  add(element: Buffer): void {
    this.flush();
    this.from = this.to;
    this.parts.push(element);
    this.length += element.length;
  }

  private flush(): void {
    if (this.to === this.from) return;
    this.parts.push(this.source.subarray(this.from, this.to));
    this.length += this.to - this.from;
    this.from = this.to;
  }

  finish(): Buffer {
    this.flush();
    const result = Buffer.allocUnsafe(this.length);
    result.writeInt32LE(this.length, 0);
    let at = 4;
    for (const part of this.parts) at += part.copy(result, at);
    result[at] = 0;
    return result;
  }
}
