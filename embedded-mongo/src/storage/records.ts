import { formatValue } from '../bson/format.js';
import { FieldSet, pickInSteps } from '../bson/raw.js';
import { type Doc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { type Catalog, type Collection, type Index, indexedFields, namespaceOf } from './catalog.js';
import { extendedRoot, type IndexKey, indexKeys, keysBesides, type KeySet, storedKey } from './index-keys.js';
import { recordKey, ridBytes, ridOf, type Store } from './store.js';
import type { WriteTxn } from './writer.js';
import { type Job, withoutPauses } from '../stretch.js';

/** Documents with their index entries; every change here belongs to the write transaction that is running. */
export interface RecordContext {
  store: Store;
  catalog: Catalog;
  /** The transaction that is running now; long work goes through several. */
  txn: () => WriteTxn;
}

const EMPTY = Buffer.alloc(0);

export function readRecord(store: Store, collection: Collection, rid: number): Buffer | undefined {
  // What comes back is LMDB's own memory or a buffer that the next read overwrites.
  const shared = store.records.getBinaryFast(recordKey(collection.id, rid));
  if (!shared) return undefined;
  const { length } = shared;
  const bytes = Buffer.allocUnsafe(length);
  // lmdb-js states a length that is not the buffer's own, which copy() would go by.
  Buffer.from(shared.buffer, shared.byteOffset, length).copy(bytes);
  return bytes;
}

/** The record that holds a key of a unique index. */
export function holderOf(store: Store, key: Buffer): number | undefined {
  const shared = store.index.getBinaryFast(key);
  return shared && ridOf(shared);
}

export function duplicateKey(collection: Collection, index: Index, values: readonly (Value | undefined)[]): MongoError {
  const keyValue: Doc = new Map(index.fields.map((field, i) => [field.path, values[i] ?? null]));
  const shown = [...keyValue].map(([path, value]) => `${path}: ${formatValue(value)}`).join(', ');
  const message = `E11000 duplicate key error collection: ${namespaceOf(collection)} index: ${index.name} dup key: { ${shown} }`;
  const details: Doc = new Map<string, Value>([
    ['keyPattern', index.spec.get('key') ?? null],
    ['keyValue', keyValue],
  ]);
  return new MongoError(11000, message, details);
}

function checkUnique(ctx: RecordContext, collection: Collection, index: Index, keys: IndexKey[], rid: number): void {
  if (!index.unique) return;
  for (const key of keys) {
    const holder = holderOf(ctx.store, key.bytes);
    if (holder !== undefined && holder !== rid) throw duplicateKey(collection, index, key.values);
  }
}

function putKeys(ctx: RecordContext, index: Index, keys: IndexKey[], rid: number): void {
  for (const key of keys) {
    ctx.store.index.putSync(storedKey(index, key, rid), index.unique ? ridBytes(rid) : EMPTY);
  }
}

/**
 * While a unique index is built, a document that it has not met yet may share a value with one that was put in: only
 * the document that holds a key takes it along.
 */
function removeKeys({ store }: RecordContext, index: Index, keys: IndexKey[], rid: number): void {
  for (const key of keys) {
    const stored = storedKey(index, key, rid);
    if (!index.unique || holderOf(store, stored) === rid) store.index.removeSync(stored);
  }
}

function markMultikey(ctx: RecordContext, collection: Collection, index: Index, found: boolean[]): void {
  if (!found.some((is, i) => is && !index.multikey[i])) return;
  index.multikey = index.multikey.map((is, i) => is || (found[i] ?? false));
  ctx.catalog.save(collection);
}

/** Adds one document to one index; the index build uses it too. */
export function addToIndex(ctx: RecordContext, collection: Collection, index: Index, document: Doc, rid: number): void {
  const set = withoutPauses(indexKeys(index, document));
  checkUnique(ctx, collection, index, set.keys, rid);
  putKeys(ctx, index, set.keys, rid);
  markMultikey(ctx, collection, index, set.multikey);
}

/** Long work goes through several transactions, and the collection may have been dropped between two of them. */
function checkThere(ctx: RecordContext, collection: Collection): void {
  if (!ctx.catalog.holds(collection)) throw new MongoError(175, `collection dropped: ${namespaceOf(collection)}`);
}

function* keysOf({ indexes, indexedFields: fields }: Collection, bytes: Buffer): Job<[Index, KeySet][]> {
  const document = yield* pickInSteps(bytes, fields);
  const sets: [Index, KeySet][] = [];
  for (const index of indexes) sets.push([index, yield* indexKeys(index, document)]);
  return sets;
}

/** Inserts a document of any length; its keys are made with pauses, during which the indexes may change. */
export function* insertInSteps(ctx: RecordContext, collection: Collection, bytes: Buffer): Job<number> {
  for (;;) {
    const { indexes } = collection;
    const sets = yield* keysOf(collection, bytes);
    if (collection.indexes === indexes) return insertRecord(ctx, collection, bytes, sets);
  }
}

/** All checks come before the first change, so that a refused document leaves no trace. */
export function insertRecord(
  ctx: RecordContext,
  collection: Collection,
  bytes: Buffer,
  sets = withoutPauses(keysOf(collection, bytes)),
): number {
  checkThere(ctx, collection);
  const rid = collection.nextRid;
  for (const [index, set] of sets) checkUnique(ctx, collection, index, set.keys, rid);
  collection.nextRid++;
  ctx.store.records.putSync(recordKey(collection.id, rid), bytes);
  for (const [index, set] of sets) {
    putKeys(ctx, index, set.keys, rid);
    markMultikey(ctx, collection, index, set.multikey);
  }
  ctx.txn().add(collection, 1, bytes.length);
  return rid;
}

interface Change {
  index: Index;
  added: IndexKey[];
  removed: IndexKey[];
  multikey: boolean[];
}

function* changeOf(index: Index, before: Doc, after: Doc): Job<Change> {
  const old = (yield* indexKeys(index, before)).keys;
  const next = yield* indexKeys(index, after);
  const added = yield* keysBesides(next.keys, old);
  return { index, added, removed: yield* keysBesides(old, next.keys), multikey: next.multikey };
}

/** Whether a change of these top-level fields can change the keys of an index. */
function concerns(index: Index, touched: ReadonlySet<string>): boolean {
  if (index.fields.some(({ parts }) => touched.has(parts[0] ?? ''))) return true;
  return index.partial !== undefined && (!index.partial.roots || [...index.partial.roots].some((root) => touched.has(root)));
}

/** What an update may have changed. */
export interface Scope {
  /** Top-level fields; no other one differs. */
  readonly touched: ReadonlySet<string>;
  /** Those of them that are arrays of at least one item, with the items that were put behind it. */
  readonly extended: ReadonlyMap<string, readonly Value[]>;
}

/** An array that grows costs what its new items cost, however many it has. */
function* changesOf(indexes: readonly Index[], before: Buffer, after: Buffer, scope: Scope | undefined): Job<Change[]> {
  const rootOf = (index: Index): string | undefined =>
    scope && scope.extended.size > 0 ? extendedRoot(index, scope.touched, scope.extended) : undefined;
  const growing = new Map(
    indexes.map((index) => [index, rootOf(index)]).filter((entry): entry is [Index, string] => entry[1] !== undefined),
  );
  const others = indexes.filter((index) => !growing.has(index));
  const fields = indexedFields(others);
  const [old, next] = [yield* pickInSteps(before, fields), yield* pickInSteps(after, fields)];
  const changes: Change[] = [];
  for (const index of indexes) {
    const root = growing.get(index);
    if (root === undefined) {
      changes.push(yield* changeOf(index, old, next));
      continue;
    }
    const rest = new FieldSet(new Set(index.fields.map(({ parts }) => parts[0] ?? '').filter((name) => name !== root)));
    const grown = (yield* pickInSteps(after, rest)).set(root, [...(scope?.extended.get(root) ?? [])]);
    const { keys, multikey } = yield* indexKeys(index, grown);
    changes.push({ index, added: keys, removed: [], multikey });
  }
  return changes;
}

/** A record that was found in some transaction. */
interface Replaced {
  rid: number;
  bytes: Buffer;
  since: WriteTxn;
}

/** Whether the record and the indexes are as they were, if there was a pause. */
function isUnchanged(ctx: RecordContext, collection: Collection, indexes: readonly Index[], { rid, bytes, since }: Replaced): boolean {
  checkThere(ctx, collection);
  return ctx.txn() === since || (collection.indexes === indexes && readRecord(ctx.store, collection, rid)?.equals(bytes) === true);
}

/**
 * Stores `after` in place of what was found. A long document takes pauses; if others changed it or the indexes meanwhile,
 * nothing is done, and the answer is false.
 */
export function* replaceRecord(
  ctx: RecordContext,
  collection: Collection,
  { rid, bytes: before, since }: Replaced,
  after: Buffer,
  scope?: Scope,
): Job<boolean> {
  const all = collection.indexes;
  const indexes = scope ? all.filter((index) => concerns(index, scope.touched)) : all;
  const changes = yield* changesOf(indexes, before, after, scope);
  if (!isUnchanged(ctx, collection, all, { rid, bytes: before, since })) return false;
  for (const change of changes) checkUnique(ctx, collection, change.index, change.added, rid);
  ctx.store.records.putSync(recordKey(collection.id, rid), after);
  ctx.txn().add(collection, 0, after.length - before.length);
  for (const { index, added, removed, multikey } of changes) {
    removeKeys(ctx, index, removed, rid);
    putKeys(ctx, index, added, rid);
    markMultikey(ctx, collection, index, multikey);
  }
  return true;
}

/** Removes what was found; like replaceRecord it answers false, and does nothing, if others were there during a pause. */
export function* removeRecord(ctx: RecordContext, collection: Collection, found: { rid: number; bytes: Buffer }): Job<boolean> {
  const { rid, bytes } = found;
  const since = ctx.txn();
  const { indexes } = collection;
  const sets = yield* keysOf(collection, bytes);
  if (!isUnchanged(ctx, collection, indexes, { rid, bytes, since })) return false;
  for (const [index, set] of sets) removeKeys(ctx, index, set.keys, rid);
  ctx.store.records.removeSync(recordKey(collection.id, rid));
  ctx.txn().add(collection, -1, -bytes.length);
  return true;
}
