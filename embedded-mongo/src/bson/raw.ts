import { decodeValue, invalidBson } from './decode.js';
import { BSON, type Doc, type Value } from './values.js';

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

export function* rawElements(buf: Buffer): Generator<RawElement> {
  let pos = 4;
  const stop = buf.readInt32LE(0) - 1;
  while (pos < stop) {
    const type = buf[pos] ?? 0;
    const nameEnd = buf.indexOf(0, pos + 1);
    const value = nameEnd + 1;
    const end = value + payloadLength(buf, type, value);
    yield { name: buf.toString('utf8', pos + 1, nameEnd), type, start: pos, value, end };
    pos = end;
  }
}

/** A set of top-level field names prepared for comparing with bytes. */
export class FieldSet {
  private readonly byLength: string[][] = [];
  readonly size: number;

  constructor(readonly names: ReadonlySet<string>) {
    this.size = names.size;
    for (const name of names) (this.byLength[Buffer.byteLength(name)] ??= []).push(name);
  }

  /** The name that stands at these bytes if it is in the set. */
  at(buf: Buffer, start: number, end: number): string | undefined {
    const candidates = this.byLength[end - start];
    if (!candidates) return undefined;
    const name = buf.toString('utf8', start, end);
    return candidates.includes(name) ? name : undefined;
  }
}

/** Decodes only the named top-level fields, in the document's own order. */
export function pick(buf: Buffer, fields: FieldSet): Doc {
  const result: Doc = new Map();
  let pos = 4;
  const stop = buf.readInt32LE(0) - 1;
  while (pos < stop && result.size < fields.size) {
    const type = buf[pos] ?? 0;
    const nameEnd = buf.indexOf(0, pos + 1);
    const name = fields.at(buf, pos + 1, nameEnd);
    if (name !== undefined) result.set(name, decodeValue(buf, type, nameEnd + 1));
    pos = nameEnd + 1 + payloadLength(buf, type, nameEnd + 1);
  }
  return result;
}

/** One top-level field, or undefined. */
export function rawField(buf: Buffer, wanted: string): Value | undefined {
  return pick(buf, new FieldSet(new Set([wanted]))).get(wanted);
}
