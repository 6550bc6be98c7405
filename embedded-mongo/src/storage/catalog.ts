import type { Transaction } from 'lmdb';
import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import { FieldSet } from '../bson/raw.js';
import { type Doc, isDoc, textOr, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compileFilter, type Filter } from '../query/filter.js';
import { idPrefix, ridOf, type Store, successor } from './store.js';

interface IndexField {
  path: string;
  parts: string[];
  descending: boolean;
}

export interface Index {
  id: number;
  name: string;
  /** The specification as listIndexes shows it. */
  spec: Doc;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  hidden: boolean;
  partial: Filter | undefined;
  expireAfterSeconds: number | undefined;
  /** By field: whether any document ever held an array there. */
  multikey: boolean[];
  /** False while the index is being built: writes keep it up to date, queries do not use it yet. */
  ready: boolean;
}

export interface Collection {
  id: number;
  db: string;
  name: string;
  options: Doc;
  indexes: Index[];
  /** Top-level fields that any index needs; a new set whenever an index comes, goes, or turns multikey. */
  indexedFields: FieldSet;
  count: number;
  /** Sum of the documents' sizes. */
  bytes: number;
  nextRid: number;
}

/** Options of a collection that only an operation under way needs: what a crash leaves of it goes at the next start. */
export const TEMPORARY: Doc = new Map([['temp', true]]);

export function namespaceOf(collection: Collection): string {
  return `${collection.db}.${collection.name}`;
}

const text = (key: string): Buffer => Buffer.from(key);
const collectionKey = (db: string, name: string): Buffer => text(`c\0${db}\0${name}`);
const countKey = (id: number): Buffer => text(`n\0${id}`);
const garbageKey = (kind: string, id: number): Buffer => text(`g\0${kind}\0${id}`);
const ID_KEY = text('next-id');

/** A collection's count and size as they are on the disk: during a commit those in memory are a moment behind. */
export function storedCount(store: Store, id: number, transaction?: Transaction): { count: number; bytes: number } {
  const stored = store.meta.get(countKey(id), transaction ? { transaction } : undefined);
  return {
    count: stored ? Number(stored.readBigUInt64BE(0)) : 0,
    bytes: stored && stored.length >= 16 ? Number(stored.readBigUInt64BE(8)) : 0,
  };
}

function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value !== undefined && value !== null && typeof value === 'object' && 'value' in value ? Number(value.value) : undefined;
}

export function buildIndex(id: number, spec: Doc, ready: boolean, multikey?: boolean[]): Index {
  const key = spec.get('key') as Doc;
  const fields = [...key].map(([path, direction]) => ({
    path,
    parts: path.split('.'),
    descending: (numberOf(direction) ?? 1) < 0,
  }));
  const partial = spec.get('partialFilterExpression');
  return {
    id,
    name: textOr(spec.get('name'), ''),
    spec,
    fields,
    unique: spec.get('unique') === true || (fields.length === 1 && fields[0]?.path === '_id'),
    sparse: spec.get('sparse') === true,
    hidden: spec.get('hidden') === true,
    partial: isDoc(partial) ? compileFilter(partial) : undefined,
    expireAfterSeconds: numberOf(spec.get('expireAfterSeconds')),
    multikey: multikey ?? fields.map(() => false),
    ready,
  };
}

/** The top-level fields that these indexes need. */
export function indexedFields(indexes: readonly Index[]): FieldSet {
  const names = new Set<string>();
  for (const index of indexes) {
    for (const field of index.fields) names.add(field.parts[0] ?? '');
    for (const root of index.partial?.roots ?? []) names.add(root);
  }
  return new FieldSet(names);
}

/** What exists: databases, collections and indexes. Held in memory, changed only inside of write transactions. */
export class Catalog {
  private readonly databases = new Map<string, Map<string, Collection>>();
  private nextId = 1;

  constructor(private readonly store: Store) {
    this.load();
  }

  /** Reads everything anew; called at the start and after a transaction was taken back. */
  load(): void {
    this.databases.clear();
    const stored = this.store.meta.get(ID_KEY);
    this.nextId = stored ? stored.readUInt32BE(0) : 1;
    const start = text('c\0');
    for (const { value } of this.store.meta.getRange({ start, end: successor(start) })) this.adopt(decode(value));
  }

  private adopt(stored: Doc): void {
    const id = stored.get('id') as number;
    const indexes = (stored.get('indexes') as Doc[]).map((entry) =>
      buildIndex(entry.get('id') as number, entry.get('spec') as Doc, entry.get('ready') === true, entry.get('multikey') as boolean[]),
    );
    const totals = storedCount(this.store, id);
    const collection: Collection = {
      id,
      db: stored.get('db') as string,
      name: stored.get('name') as string,
      options: stored.get('options') as Doc,
      indexes,
      indexedFields: indexedFields(indexes),
      ...totals,
      nextRid: this.lastRid(id) + 1,
    };
    this.namespace(collection.db).set(collection.name, collection);
  }

  private lastRid(id: number): number {
    const prefix = idPrefix(id);
    for (const key of this.store.records.getKeys({ reverse: true, start: successor(prefix), end: prefix, limit: 1 })) {
      return ridOf(key);
    }
    return 0;
  }

  private namespace(db: string): Map<string, Collection> {
    let collections = this.databases.get(db);
    if (!collections) this.databases.set(db, (collections = new Map<string, Collection>()));
    return collections;
  }

  find(db: string, name: string): Collection | undefined {
    return this.databases.get(db)?.get(name);
  }

  holds(collection: Collection): boolean {
    return this.find(collection.db, collection.name) === collection;
  }

  /**
   * Throws when a query goes on reading from what was dropped meanwhile: it is cleared away bit by bit, and the query
   * would end early without a word.
   */
  checkThere(collection: Collection, index?: Index): void {
    const now = this.find(collection.db, collection.name);
    if (now?.id !== collection.id) throw new MongoError(175, `collection dropped: ${namespaceOf(collection)}`);
    if (index && !now.indexes.some(({ id }) => id === index.id))
      throw new MongoError(175, `query plan killed :: caused by :: index '${index.name}' dropped`);
  }

  collections(db: string): Collection[] {
    return [...(this.databases.get(db)?.values() ?? [])];
  }

  databaseNames(): string[] {
    return [...this.databases]
      .filter(([, collections]) => collections.size > 0)
      .map(([name]) => name)
      .sort();
  }

  allocateId(): number {
    const id = this.nextId++;
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.nextId, 0);
    this.store.meta.putSync(ID_KEY, bytes);
    return id;
  }

  create(db: string, name: string, options: Doc): Collection {
    const idSpec: Doc = new Map<string, Value>([
      ['v', 2],
      ['key', new Map([['_id', 1]])],
      ['name', '_id_'],
    ]);
    const indexes = [buildIndex(this.allocateId(), idSpec, true)];
    const id = this.allocateId();
    const collection: Collection = {
      id,
      db,
      name,
      options,
      indexes,
      indexedFields: indexedFields(indexes),
      count: 0,
      bytes: 0,
      nextRid: 1,
    };
    this.namespace(db).set(name, collection);
    this.save(collection);
    return collection;
  }

  /** The collection, created on the fly as MongoDB does for inserts and upserts. */
  ensure(db: string, name: string): Collection {
    return this.find(db, name) ?? this.create(db, name, new Map());
  }

  /** Writes a collection's description; call it after changing its indexes, options or multikey marks. */
  save(collection: Collection): void {
    collection.indexedFields = indexedFields(collection.indexes);
    const indexes = collection.indexes.map(
      (index): Doc =>
        new Map<string, Value>([
          ['id', index.id],
          ['spec', index.spec],
          ['ready', index.ready],
          ['multikey', index.multikey],
        ]),
    );
    const stored: Doc = new Map<string, Value>([
      ['id', collection.id],
      ['db', collection.db],
      ['name', collection.name],
      ['options', collection.options],
      ['indexes', indexes],
    ]);
    this.store.meta.putSync(collectionKey(collection.db, collection.name), encode(stored));
  }

  saveCount(collection: Collection, count: number, size: number): void {
    const bytes = Buffer.alloc(16);
    bytes.writeBigUInt64BE(BigInt(count), 0);
    bytes.writeBigUInt64BE(BigInt(size), 8);
    this.store.meta.putSync(countKey(collection.id), bytes);
  }

  /** Forgets a collection at once; what it held is removed afterwards, in slices. */
  drop(collection: Collection): void {
    this.namespace(collection.db).delete(collection.name);
    this.store.meta.removeSync(collectionKey(collection.db, collection.name));
    this.store.meta.removeSync(countKey(collection.id));
    this.discard('records', collection.id);
    for (const index of collection.indexes) this.discard('index', index.id);
  }

  discard(kind: 'records' | 'index', id: number): void {
    this.store.meta.putSync(garbageKey(kind, id), Buffer.from([1]));
  }

  rename(collection: Collection, db: string, name: string): void {
    this.namespace(collection.db).delete(collection.name);
    this.store.meta.removeSync(collectionKey(collection.db, collection.name));
    collection.db = db;
    collection.name = name;
    this.namespace(db).set(name, collection);
    this.save(collection);
  }

  /** One thing that was dropped and still takes up space. */
  garbage(): { kind: 'records' | 'index'; id: number; key: Buffer } | undefined {
    const start = text('g\0');
    for (const key of this.store.meta.getKeys({ start, end: successor(start), limit: 1 })) {
      const [, kind, id] = key.toString().split('\0');
      return { kind: kind === 'records' ? 'records' : 'index', id: Number(id), key };
    }
    return undefined;
  }
}
