import type { Transaction } from 'lmdb';
import { decodeInSteps } from '../bson/decode.js';
import { Catalog, type Collection, type Index, namespaceOf, storedCount } from './catalog.js';
import { type IndexKey, indexKeys, storedKey } from './index-keys.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { idPrefix, ridOf, type Store, successor } from './store.js';

export interface VerifyReport {
  collections: number;
  documents: number;
  indexEntries: number;
  /** What is wrong, in words; empty if nothing is. */
  faults: string[];
}

/** Enough to see what is wrong; a damaged file could name millions. */
const MAX_FAULTS = 100;
/** Looking up the keys of one document in one index. */
const STEPS_OF_ONE = 200;
const STEPS_OF_KEY = 6;

/** Is shown every document of a collection (`database.collection`) once it is decoded. */
export type Visit = (namespace: string, document: ReadonlyMap<string, unknown>) => void;

class CollectionCheck {
  private readonly expected = new Map<Index, number>();
  /** As they are at the beginning; with whether they are complete. */
  private readonly indexes: readonly Index[];
  readonly entries = new Map<Index, number>();
  documents = 0;

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly fault: (text: string) => void,
    /** All is looked at as it was at one moment, whatever is written meanwhile. */
    private readonly transaction: Transaction,
    private readonly visit: Visit | undefined,
  ) {
    this.indexes = collection.indexes.map((index) => ({ ...index }));
  }

  *run(): Job<void> {
    const prefix = idPrefix(this.collection.id);
    const { count } = storedCount(this.store, this.collection.id, this.transaction);
    for (const { key, value } of this.store.records.getRange({ start: prefix, end: successor(prefix), transaction: this.transaction })) {
      this.documents++;
      yield* this.record(ridOf(key), value);
      if (stretch.isDue(STEPS_OF_ONE * this.indexes.length)) yield PAUSE;
    }
    const name = namespaceOf(this.collection);
    if (count !== this.documents) this.fault(`${name} should hold ${count} documents, found ${this.documents}`);
    for (const index of this.indexes) yield* this.count(index);
  }

  private isThere(index: Index, key: IndexKey, rid: number): boolean {
    const found = this.store.index.get(storedKey(index, key, rid), { transaction: this.transaction });
    return found !== undefined && (!index.unique || ridOf(found) === rid);
  }

  private *record(rid: number, bytes: Buffer): Job<void> {
    const where = `${namespaceOf(this.collection)} record ${rid}`;
    try {
      const document = yield* decodeInSteps(bytes);
      this.visit?.(namespaceOf(this.collection), document);
      if (!document.has('_id')) this.fault(`${where} has no _id`);
      for (const index of this.indexes) {
        const { keys } = yield* indexKeys(index, document);
        this.expected.set(index, (this.expected.get(index) ?? 0) + keys.length);
        for (const key of keys) {
          // An index that is still being built has not met every document yet.
          if (index.ready && !this.isThere(index, key, rid)) this.fault(`${where} is missing from index ${index.name}`);
          if (stretch.isDue(STEPS_OF_KEY)) yield PAUSE;
        }
      }
    } catch (error) {
      this.fault(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private *count(index: Index): Job<void> {
    const start = idPrefix(index.id);
    let found = 0;
    const keys = this.store.index.getKeys({ start, end: successor(start), transaction: this.transaction })[Symbol.iterator]();
    for (; !keys.next().done; found++) if (stretch.isDue(STEPS_OF_KEY)) yield PAUSE;
    this.entries.set(index, found);
    const expected = this.expected.get(index) ?? 0;
    if (index.ready && found !== expected)
      this.fault(`${namespaceOf(this.collection)} index ${index.name} should hold ${expected} entries, found ${found}`);
  }
}

/** Checks every document against every index and every count. */
export function verifyStore(store: Store, visit?: Visit): VerifyReport {
  const report: VerifyReport = { collections: 0, documents: 0, indexEntries: 0, faults: [] };
  const catalog = new Catalog(store);
  for (const collection of catalog.databaseNames().flatMap((db) => catalog.collections(db))) {
    const checking = verifyCollection(store, collection, visit);
    let step = checking.next();
    while (!step.done) step = checking.next();
    report.collections++;
    report.documents += step.value.documents;
    for (const count of step.value.entries.values()) report.indexEntries += count;
    report.faults.push(...step.value.faults);
  }
  return report;
}

interface CollectionReport {
  documents: number;
  entries: ReadonlyMap<Index, number>;
  faults: string[];
}

/** Checks one collection in one view of the data, with pauses. */
export function* verifyCollection(store: Store, collection: Collection, visit?: Visit): Job<CollectionReport> {
  const faults: string[] = [];
  const fault = (text: string): void => {
    if (faults.length < MAX_FAULTS) faults.push(text);
  };
  const transaction = store.root.useReadTransaction();
  try {
    const check = new CollectionCheck(store, collection, fault, transaction, visit);
    yield* check.run();
    return { documents: check.documents, entries: check.entries, faults };
  } finally {
    transaction.done();
  }
}
