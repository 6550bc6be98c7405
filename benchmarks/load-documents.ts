import { pick } from 'embedded-mongo/internal/bson/raw';
import type { Doc } from 'embedded-mongo/internal/bson/values';
import { Catalog, type Collection, type Index, indexedFields } from 'embedded-mongo/internal/storage/catalog';
import { indexKeys, storedKey } from 'embedded-mongo/internal/storage/index-keys';
import { duplicateKey, holderOf } from 'embedded-mongo/internal/storage/records';
import { lockDirectory } from 'embedded-mongo/internal/storage/lock';
import { closeStore, openStore, recordKey, ridBytes, ridOf, type Store, transact } from 'embedded-mongo/internal/storage/store';
import { stretch, withoutPauses } from 'embedded-mongo/internal/stretch';
import { SortedKeys } from './sorted-keys.js';

const RECORDS_AT_ONCE = 5_000;
const KEYS_AT_ONCE = 100_000;
const RID_BYTES = ridBytes(0).length;
const EMPTY = Buffer.alloc(0);

interface Loading {
  readonly store: Store;
  readonly collection: Collection;
  readonly firstRid: number;
  count: number;
  bytes: number;
}

/** Takes what comes, so much of it in one transaction. */
async function inPortions<T>(store: Store, items: Iterable<T>, size: number, put: (item: T) => void): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let next = iterator.next();
  const portion = (): boolean => {
    for (let i = 0; i < size && next.done !== true; i++) {
      put(next.value);
      next = iterator.next();
    }
    return true;
  };
  while (next.done !== true) await transact(store, portion);
}

const putRecords = (loading: Loading, documents: Iterable<Uint8Array>): Promise<void> =>
  inPortions(loading.store, documents, RECORDS_AT_ONCE, (bytes) => {
    loading.store.records.putSync(recordKey(loading.collection.id, loading.firstRid + loading.count), Buffer.from(bytes));
    loading.count++;
    loading.bytes += bytes.length;
  });

function addKeys({ store, collection }: Loading, index: Index, document: Doc, rid: number, into: SortedKeys): void {
  // Each document is a piece of work of its own: what a partial index asks of it must not add up.
  stretch.begin(Infinity);
  const set = withoutPauses(indexKeys(index, document));
  set.multikey.forEach((is, i) => (index.multikey[i] ||= is));
  for (const key of set.keys) {
    if (index.unique && holderOf(store, key.bytes) !== undefined) throw duplicateKey(collection, index, key.values);
    // Of a unique index the record is the value; here it travels behind the key.
    into.add(index.unique ? Buffer.concat([key.bytes, ridBytes(rid)]) : storedKey(index, key, rid));
  }
}

/** The keys of several indexes, so that each record is read once for all of them. */
function keysOf(loading: Loading, indexes: readonly Index[]): Map<Index, SortedKeys> {
  const { store, collection, firstRid, count } = loading;
  const keys = new Map(indexes.map((index) => [index, new SortedKeys()]));
  const fields = indexedFields(indexes);
  const range = { start: recordKey(collection.id, firstRid), end: recordKey(collection.id, firstRid + count) };
  for (const { key: record, value } of store.records.getRange(range)) {
    const document = pick(value, fields);
    for (const [index, into] of keys) addKeys(loading, index, document, ridOf(record), into);
  }
  return keys;
}

/** Indexes of arrays have many keys to a record and come alone; the others fit into memory together. */
const groupsOf = (indexes: readonly Index[]): readonly (readonly Index[])[] => {
  const isArray = (index: Index): boolean => index.multikey.includes(true);
  return [indexes.filter((index) => !isArray(index)), ...indexes.filter(isArray).map((index) => [index])];
};

const putKeys = ({ store }: Loading, { unique }: Index, keys: SortedKeys): Promise<void> =>
  inPortions(store, keys.inOrder(), KEYS_AT_ONCE, (key) => {
    const cut = key.length - RID_BYTES;
    if (unique) store.index.putSync(key.subarray(0, cut), Buffer.from(key.subarray(cut)));
    else store.index.putSync(key, EMPTY);
  });

/**
 * Adds encoded documents to a collection of a data directory that no server has open: first all records, then one index
 * after the other in the order of its keys, so that every page is written once. It is not crash-safe: what an interrupted
 * load leaves behind is to be thrown away. Documents must be valid and have an `_id` in first place. Answers how many.
 */
export async function loadDocuments(
  dataDir: string,
  namespace: { readonly db: string; readonly collection: string },
  documents: Iterable<Uint8Array>,
  progress: (text: string) => void = () => undefined,
): Promise<number> {
  const lock = await lockDirectory(dataDir);
  const store = openStore(dataDir);
  try {
    const catalog = new Catalog(store);
    const collection = catalog.find(namespace.db, namespace.collection);
    if (!collection) throw new Error(`there is no collection ${namespace.db}.${namespace.collection}`);
    const loading: Loading = { store, collection, firstRid: collection.nextRid, count: 0, bytes: 0 };
    await putRecords(loading, documents);
    progress(`${loading.count} documents are there`);
    for (const group of groupsOf(collection.indexes)) {
      for (const [index, keys] of keysOf(loading, group)) {
        await putKeys(loading, index, keys);
        progress(`${index.name} is there`);
      }
    }
    await transact(store, () => {
      catalog.saveCount(collection, collection.count + loading.count, collection.bytes + loading.bytes);
      catalog.save(collection);
      return true;
    });
    return loading.count;
  } finally {
    await closeStore(store);
    lock.release();
  }
}
