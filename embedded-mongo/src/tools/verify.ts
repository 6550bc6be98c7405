import { decode } from '../bson/decode.js';
import { Catalog, type Collection, type Index, namespaceOf, storedCount } from '../storage/catalog.js';
import { type IndexKey, indexKeys, storedKey } from '../storage/index-keys.js';
import { holderOf } from '../storage/records.js';
import { idPrefix, ridOf, type Store, successor } from '../storage/store.js';

export interface VerifyReport {
  collections: number;
  documents: number;
  indexEntries: number;
  /** What is wrong, in words; empty if nothing is. */
  faults: string[];
}

/** Enough to see what is wrong; a damaged file could name millions. */
const MAX_FAULTS = 100;

function checkKey(store: Store, index: Index, key: IndexKey, rid: number): boolean {
  const stored = storedKey(index, key, rid);
  return index.unique ? holderOf(store, stored) === rid : store.index.getBinaryFast(stored) !== undefined;
}

class CollectionCheck {
  private readonly expected = new Map<Index, number>();
  documents = 0;
  entries = 0;

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly fault: (text: string) => void,
  ) {}

  run(): void {
    const prefix = idPrefix(this.collection.id);
    for (const { key, value } of this.store.records.getRange({ start: prefix, end: successor(prefix) })) {
      this.documents++;
      this.record(ridOf(key), value);
    }
    this.counts();
  }

  private record(rid: number, bytes: Buffer): void {
    const where = `${namespaceOf(this.collection)} record ${rid}`;
    try {
      const document = decode(bytes);
      if (!document.has('_id')) this.fault(`${where} has no _id`);
      for (const index of this.collection.indexes) {
        const { keys } = indexKeys(index, document);
        this.expected.set(index, (this.expected.get(index) ?? 0) + keys.length);
        for (const key of keys) {
          // An index that is still being built has not met every document yet.
          if (index.ready && !checkKey(this.store, index, key, rid)) this.fault(`${where} is missing from index ${index.name}`);
        }
      }
    } catch (error) {
      this.fault(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private counts(): void {
    const name = namespaceOf(this.collection);
    const { count } = storedCount(this.store, this.collection.id);
    if (count !== this.documents) this.fault(`${name} should hold ${count} documents, found ${this.documents}`);
    for (const index of this.collection.indexes) {
      const start = idPrefix(index.id);
      const found = this.store.index.getKeysCount({ start, end: successor(start) });
      this.entries += found;
      const expected = this.expected.get(index) ?? 0;
      if (index.ready && found !== expected) this.fault(`${name} index ${index.name} should hold ${expected} entries, found ${found}`);
    }
  }
}

/** Checks every document against every index and every count, without a pause: all of it in one view of the data. */
export function verifyStore(store: Store): VerifyReport {
  const report: VerifyReport = { collections: 0, documents: 0, indexEntries: 0, faults: [] };
  const catalog = new Catalog(store);
  for (const db of catalog.databaseNames()) {
    for (const collection of catalog.collections(db)) {
      const found = verifyCollection(store, collection);
      report.collections++;
      report.documents += found.documents;
      report.indexEntries += found.indexEntries;
      report.faults.push(...found.faults);
    }
  }
  return report;
}

export function verifyCollection(store: Store, collection: Collection): VerifyReport {
  const faults: string[] = [];
  const check = new CollectionCheck(store, collection, (text) => {
    if (faults.length < MAX_FAULTS) faults.push(text);
  });
  check.run();
  return { collections: 1, documents: check.documents, indexEntries: check.entries, faults };
}
