import { decode, decodeInSteps, isLong } from '../bson/decode.js';
import { encodeInSteps } from '../bson/encode.js';
import type { Doc } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { Request } from '../command/command.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { FrameError } from './frames.js';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0–15 must be understood; a message with others is refused. */
const REQUIRED_BITS = 0xffff;
const STEPS_OF_DOCUMENT = 2;
const CHECKED_AT_ONCE = 64 * 1024;
const BYTES_PER_STEP = 20;

function* readSequence(message: Buffer, start: number, end: number): Job<{ name: string; documents: Buffer[] }> {
  const nameEnd = message.indexOf(0, start);
  if (nameEnd < 0 || nameEnd >= end) throw new FrameError('document sequence without a name');
  const documents: Buffer[] = [];
  let pos = nameEnd + 1;
  while (pos < end) {
    const length = pos + 4 <= end ? message.readInt32LE(pos) : 0;
    if (length < 5 || pos + length > end) throw new FrameError('document runs past its sequence');
    documents.push(message.subarray(pos, pos + length));
    pos += length;
    if (stretch.isDue(STEPS_OF_DOCUMENT)) yield PAUSE;
  }
  return { name: message.toString('utf8', start, nameEnd), documents };
}

/** CRC-32C (Castagnoli), the checksum of OP_MSG. */
const table = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let crc = i;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  table[i] = crc;
}

export function* crc32c(bytes: Buffer): Job<number> {
  let crc = 0xffffffff;
  for (let start = 0; start < bytes.length; start += CHECKED_AT_ONCE) {
    for (const byte of bytes.subarray(start, start + CHECKED_AT_ONCE)) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
    if (stretch.isDue(CHECKED_AT_ONCE / BYTES_PER_STEP)) yield PAUSE;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function* checkedEnd(message: Buffer, flags: number): Job<number> {
  if (!(flags & CHECKSUM_PRESENT)) return message.length;
  const end = message.length - 4;
  if (end < 21 || message.readUInt32LE(end) !== (yield* crc32c(message.subarray(0, end))))
    throw new FrameError('OP_MSG checksum does not match contents');
  return end;
}

function* parseMessage(message: Buffer, requestId: number): Job<Request> {
  const flags = message.length >= 21 ? message.readUInt32LE(16) : 0;
  if (flags & REQUIRED_BITS & ~(CHECKSUM_PRESENT | MORE_TO_COME))
    throw new FrameError(`OP_MSG flags contain unknown required bits: ${flags}`);
  const end = yield* checkedEnd(message, flags);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  let pos = 20;
  while (pos < end) {
    const kind = message[pos];
    const length = pos + 5 <= end ? message.readInt32LE(pos + 1) : 0;
    if (length < 5 || pos + 1 + length > end) throw new FrameError('OP_MSG section runs past the message');
    if (kind === 0) {
      if (body) throw new FrameError('OP_MSG with two bodies');
      body = message.subarray(pos + 1, pos + 1 + length);
    } else if (kind === 1) {
      const { name, documents } = yield* readSequence(message, pos + 5, pos + 1 + length);
      if (sequences.has(name)) throw new FrameError(`duplicate document sequence ${name}`);
      sequences.set(name, documents);
    } else throw new FrameError(`unknown OP_MSG section kind ${String(kind)}`);
    pos += 1 + length;
  }
  if (!body) throw new FrameError('OP_MSG without a body');
  const command = yield* decodeInSteps(body);
  if (isLong(body)) yield PAUSE;
  const db = command.get('$db');
  if (typeof db !== 'string') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
  return { requestId, kind: 'message', db, command, isLong: isLong(body), sequences, silent: (flags & MORE_TO_COME) !== 0 };
}

/** The legacy OP_QUERY: only drivers' first hello still uses it. */
function parseQuery(message: Buffer, requestId: number): Request {
  const nameEnd = message.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new FrameError('broken OP_QUERY');
  const namespace = message.toString('utf8', 20, nameEnd);
  const length = nameEnd + 13 <= message.length ? message.readInt32LE(nameEnd + 9) : 0;
  const start = nameEnd + 9;
  if (length < 5 || start + length > message.length) throw new FrameError('broken OP_QUERY document');
  const outer = decode(message.subarray(start, start + length));
  const inner = outer.get('$query');
  const command = inner instanceof Map ? inner : outer;
  if (!namespace.endsWith('.$cmd'))
    throw new MongoError(352, 'Unsupported OP_QUERY command: find. The client driver may require an upgrade.');
  return { requestId, kind: 'query', db: namespace.slice(0, -5), command, isLong: isLong(message), sequences: new Map(), silent: false };
}

export function requestIdOf(message: Buffer): number {
  return message.readInt32LE(4);
}

export function isLegacy(message: Buffer): boolean {
  return message.readInt32LE(12) === OP_QUERY;
}

export function* parseRequest(message: Buffer): Job<Request> {
  const opCode = message.readInt32LE(12);
  const requestId = requestIdOf(message);
  if (opCode === OP_MSG) return yield* parseMessage(message, requestId);
  if (opCode === OP_QUERY) return parseQuery(message, requestId);
  throw new FrameError(`unsupported operation code ${opCode}`);
}

// eslint-disable-next-line no-restricted-syntax -- ids of replies need only differ; nothing looks at them
let lastId = 0;

const MESSAGE_PREFIX = 21;
const REPLY_PREFIX = 36;

/** A whole message in one piece: the header is written into the room that the encoder leaves in front. */
export function* buildReply(reply: Doc, responseTo: number, legacy: boolean): Job<Buffer> {
  const prefix = legacy ? REPLY_PREFIX : MESSAGE_PREFIX;
  const bytes = yield* encodeInSteps(reply, prefix);
  lastId = (lastId + 1) & 0x7fffffff;
  bytes.fill(0, 0, prefix);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(lastId, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) {
    // Flags "await capable"; cursor 0, first 0, one document.
    bytes.writeInt32LE(8, 16);
    bytes.writeInt32LE(1, 32);
  }
  return bytes;
}
