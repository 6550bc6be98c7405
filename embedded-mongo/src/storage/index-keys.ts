import { invert, writeKey } from '../bson/key.js';
import { KeyWriter } from '../bson/key-writer.js';
import { sorted } from '../document/sorted.js';
import { BSON, type Doc, isDoc, Opaque, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { MAX_INDEX_KEY, RID_BYTES } from './store.js';
import type { Index } from './catalog.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

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

type Values = (Value | undefined)[];

/** Making one key, noting it and telling it from others. */
const STEPS_OF_KEY = 40;

function* expand(walks: Walk[], emit: (values: Values) => void, multikey: boolean[]): Job<void> {
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
  const elements = source.length === 0 ? [emptyWalk] : source.map((element) => (walk: Walk) => elementWalk(walk, element));
  for (const into of elements) {
    yield* expand(
      stepped.map((walk) => (inArray(walk) ? into(walk) : walk)),
      emit,
      multikey,
    );
    if (stretch.isDue(STEPS_OF_KEY)) yield PAUSE;
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

function encodeKey(index: Index, values: readonly (Value | undefined)[]): Buffer {
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

/** Up to so many keys are compared with each other; more are looked up by their text. */
const FEW = 8;
const MANY = 1000;

/** The keys that are not among the others, each once and in the index's order: so they are written fastest. */
export function* keysBesides(keys: readonly IndexKey[], others: readonly IndexKey[]): Job<IndexKey[]> {
  if (keys.length <= FEW && others.length <= FEW) {
    const isNew = ({ bytes }: IndexKey, i: number): boolean => !keys.some((other, j) => j < i && other.bytes.equals(bytes));
    return keys.filter((key, i) => isNew(key, i) && !others.some(({ bytes }) => bytes.equals(key.bytes)));
  }
  const texts = new Set<string>();
  const left: IndexKey[] = [];
  for (const [i, key] of [...others, ...keys].entries()) {
    const before = texts.size;
    if (texts.add(key.bytes.toString('latin1')).size > before && i >= others.length) left.push(key);
    if (stretch.isDue(STEPS_OF_KEY / 4)) yield PAUSE;
  }
  const inOrder = yield* sorted(left, (a, b) => a.bytes.compare(b.bytes));
  // Many of them are written in one piece, which begins after a pause.
  if (left.length > MANY) yield PAUSE;
  return inOrder;
}

/** All keys under which an index holds a document; empty if a sparse or partial index leaves it out. */
export function* indexKeys(index: Index, document: Doc): Job<KeySet> {
  const multikey = index.fields.map(() => false);
  const keys: IndexKey[] = [];
  if (index.partial && !index.partial.matches(document)) return { keys, multikey };
  const emit = (values: Values): void => {
    if (!index.sparse || values.some((value) => value !== undefined)) keys.push({ values, bytes: encodeKey(index, values) });
  };
  const walks = index.fields.map(({ parts }) => step({ value: document, parts, at: 0, final: false }));
  // Most documents have one key, for which a generator of its own would cost as much as the key.
  if (walks.some(({ value }) => Array.isArray(value))) yield* expand(walks, emit, multikey);
  else emit(walks.map(({ value }) => value));
  return { keys: keys.length > 1 ? yield* keysBesides(keys, []) : keys, multikey };
}

/**
 * The field whose array an update extends, where the keys of the new items are all that the index gains and it loses none:
 * no other field of the index may change, and positions in arrays (`list.0`) and partial indexes look at more than new items.
 */
export function extendedRoot(index: Index, touched: ReadonlySet<string>, extended: ReadonlyMap<string, unknown>): string | undefined {
  const roots = [...new Set(index.fields.map(({ parts }) => parts[0] ?? ''))].filter((root) => touched.has(root));
  const [root] = roots;
  const byPosition = index.fields.some(({ parts }) => parts.some((part) => digits.test(part)));
  return roots.length === 1 && root !== undefined && extended.has(root) && !index.partial && !byPosition ? root : undefined;
}

/** The key as the index table holds it: unless the index is unique, the record id makes it so. */
export function storedKey(index: Index, key: IndexKey, rid: number): Buffer {
  if (index.unique) return key.bytes;
  const { length } = key.bytes;
  const stored = Buffer.allocUnsafe(length + RID_BYTES);
  stored.set(key.bytes);
  stored.writeUIntBE(rid, length, RID_BYTES);
  return stored;
}
