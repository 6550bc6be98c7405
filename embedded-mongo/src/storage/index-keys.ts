import { invert, KeyWriter, writeKey } from '../bson/key.js';
import { BSON, type Doc, isDoc, Opaque, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { MAX_INDEX_KEY, ridBytes } from './store.js';
import type { Index } from './catalog.js';

/** One key of one document in one index: the values and, encoded, the bytes without the record id. */
export interface IndexKey {
  values: (Value | undefined)[];
  bytes: Buffer;
}

export interface KeySet {
  keys: IndexKey[];
  /** Which fields of the index went through an array: the planner must then be more careful. */
  multikey: boolean[];
}

interface Walk {
  value: Value | undefined;
  parts: readonly string[];
  at: number;
  /** An element of the array that the path ends in: it is a key as it is, also when it is an array. */
  final: boolean;
}

const emptyArrayKey = new Opaque(BSON.undefined, Buffer.alloc(0));
const digits = /^(0|[1-9][0-9]*)$/;

function step(walk: Walk): Walk {
  let { value, at } = walk;
  while (at < walk.parts.length) {
    const part = walk.parts[at] ?? '';
    if (isDoc(value)) value = value.get(part);
    else if (Array.isArray(value)) {
      if (!digits.test(part) || Number(part) >= value.length) break;
      value = value[Number(part)];
    } else return { ...walk, value: undefined, at: walk.parts.length };
    at++;
  }
  return { ...walk, value, at };
}

function elementWalk(walk: Walk, element: Value): Walk {
  if (walk.at === walk.parts.length) return { ...walk, value: element, final: true };
  // Arrays directly inside of arrays are not searched for field names.
  return { ...walk, value: isDoc(element) ? element : undefined };
}

function emptyWalk(walk: Walk): Walk {
  const leaf = walk.at === walk.parts.length;
  return { ...walk, value: leaf ? emptyArrayKey : undefined, at: walk.parts.length, final: true };
}

function expand(walks: Walk[], emit: (values: (Value | undefined)[]) => void, multikey: boolean[]): void {
  const stepped = walks.map((walk) => (walk.final ? walk : step(walk)));
  let array: Value[] | undefined;
  stepped.forEach((walk, i) => {
    if (walk.final || !Array.isArray(walk.value)) return;
    if (array && array !== walk.value) {
      throw new MongoError(171, 'cannot index parallel arrays');
    }
    array = walk.value;
    multikey[i] = true;
  });
  if (!array) {
    emit(stepped.map((walk) => walk.value));
    return;
  }
  const source = array;
  const inArray = (walk: Walk): boolean => !walk.final && walk.value === source;
  if (source.length === 0) {
    expand(
      stepped.map((walk) => (inArray(walk) ? emptyWalk(walk) : walk)),
      emit,
      multikey,
    );
  }
  for (const element of source) {
    expand(
      stepped.map((walk) => (inArray(walk) ? elementWalk(walk, element) : walk)),
      emit,
      multikey,
    );
  }
}

const writer = new KeyWriter();

function writeIndexKey(index: Index, values: readonly (Value | undefined)[]): void {
  writer.pos = 0;
  writer.uint32(index.id);
  index.fields.forEach((field, i) => {
    const start = writer.pos;
    writeKey(writer, values[i]);
    if (field.descending) invert(writer.buf, start, writer.pos);
  });
}

export function encodeKey(index: Index, values: readonly (Value | undefined)[]): Buffer {
  writeIndexKey(index, values);
  if (writer.pos > MAX_INDEX_KEY) {
    throw new MongoError(17280, `key too large to index: index ${index.name}, ${writer.pos} bytes, limit ${MAX_INDEX_KEY}`);
  }
  return writer.finish();
}

/** The key to look values up by; undefined if it is longer than any that is stored. */
export function lookupKey(index: Index, values: readonly (Value | undefined)[]): Buffer | undefined {
  writeIndexKey(index, values);
  return writer.pos > MAX_INDEX_KEY ? undefined : writer.finish();
}

/** All keys under which an index holds a document; empty if a sparse or partial index leaves it out. */
export function indexKeys(index: Index, document: Doc): KeySet {
  const multikey = index.fields.map(() => false);
  const keys: IndexKey[] = [];
  if (index.partial && !index.partial.matches(document)) return { keys, multikey };
  const emit = (values: (Value | undefined)[]): void => {
    if (index.sparse && values.every((value) => value === undefined)) return;
    const bytes = encodeKey(index, values);
    if (!keys.some((key) => key.bytes.equals(bytes))) keys.push({ values, bytes });
  };
  expand(
    index.fields.map((field) => ({ value: document, parts: field.parts, at: 0, final: false })),
    emit,
    multikey,
  );
  return { keys, multikey };
}

/** The key as the index table holds it: unless the index is unique, the record id makes it so. */
export function storedKey(index: Index, key: IndexKey, rid: number): Buffer {
  return index.unique ? key.bytes : Buffer.concat([key.bytes, ridBytes(rid)]);
}
