import { pick } from '../bson/raw.js';
import type { Build, Engine } from './engine.js';
import { MongoError } from '../errors.js';
import { type Found, RecordScan } from '../plan/scan.js';
import type { Collection, Index } from '../storage/catalog.js';
import { addToIndex, type RecordContext } from '../storage/records.js';
import { type Job, PAUSE } from '../stretch.js';

/**
 * Fills a new index while the server goes on: record after record in slices, each slice its own transaction.
 * Writes meanwhile keep the unfinished index up to date themselves, so a record is either met here or put in
 * there; adding a key twice is harmless. Queries use the index only once it is complete.
 */
function fillIndex(engine: Engine, db: string, collection: string, index: Index, deadline?: number): Promise<void> {
  const build: Build = { db, collection, index, done: 0, finished: Promise.resolve() };
  build.finished = runBuild(engine, build, deadline).finally(() => engine.builds.delete(index.id));
  engine.builds.set(index.id, build);
  return build.finished;
}

interface Wanted {
  db: string;
  collection: string;
  indexes: readonly Index[];
  deadline: number | undefined;
}

/** Builds the indexes of one command: all of them, or none if one fails. */
export async function fillIndexes(engine: Engine, { db, collection, indexes, deadline }: Wanted): Promise<void> {
  const outcomes = await Promise.allSettled(indexes.map((index) => fillIndex(engine, db, collection, index, deadline)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (!failed) return;
  await engine.change(() => abandon(engine, indexes));
  engine.reclaimSoon();
  throw failed.reason;
}

async function runBuild(engine: Engine, build: Build, deadline: number | undefined): Promise<void> {
  try {
    await engine.write((ctx) => fill(engine, ctx, build), deadline);
  } catch (error) {
    await engine.change(() => abandon(engine, [build.index]));
    engine.reclaimSoon();
    throw error;
  }
}

/** Continues the index builds that the last run of the server did not finish; one that fails does not stop the others. */
export async function resumeBuilds(engine: Engine, onFault: (error: Error) => void): Promise<void> {
  for (const db of engine.catalog.databaseNames()) {
    for (const collection of engine.catalog.collections(db)) {
      for (const index of collection.indexes) {
        if (!index.ready) await fillIndex(engine, db, collection.name, index).catch((error: unknown) => report(error, index, onFault));
      }
    }
  }
}

function report(error: unknown, index: Index, onFault: (error: Error) => void): void {
  // Stopped before it was done: the next start goes on.
  if (error instanceof MongoError && error.code === 91) return;
  onFault(new Error(`the index ${index.name} could not be built and was removed`, { cause: error }));
}

function* fill(engine: Engine, ctx: RecordContext, build: Build): Job<void> {
  const { db, collection: name, index } = build;
  const collection = engine.catalog.find(db, name);
  if (!collection) throw new MongoError(26, `ns does not exist: ${db}.${name}`);
  const scan = new RecordScan(engine, collection, false);
  const next = (): Found | undefined => {
    checkWanted(engine, collection, index);
    return scan.next();
  };
  for (let found = next(); found; found = next()) {
    addToIndex(ctx, collection, index, pick(found.bytes, collection.indexedFields), found.rid);
    build.done++;
    if (engine.slice.over()) yield PAUSE;
  }
  // Queries may use it after the commit: before, the disk's view they read from lacks its last keys.
  collection.indexes = collection.indexes.map((other) => (other === index ? { ...index, ready: true } : other));
  engine.catalog.save(collection);
  collection.indexes = collection.indexes.map((other) => (other.id === index.id ? index : other));
  ctx.txn().onCommit.push(() => (index.ready = true));
}

/** Between two slices the index or its collection may have been dropped: saving it would bring them back. */
function checkWanted(engine: Engine, collection: Collection, index: Index): void {
  if (!engine.catalog.holds(collection) || !collection.indexes.includes(index))
    throw new MongoError(276, `Index build aborted: ${index.name}`);
}

function abandon({ catalog }: Engine, indexes: readonly Index[]): void {
  // By their ids and wherever they are: after a transaction that was taken back the catalogue holds other objects.
  const ids = new Set(indexes.map(({ id }) => id));
  for (const collection of catalog.databaseNames().flatMap((db) => catalog.collections(db))) {
    const there = collection.indexes.filter(({ id }) => ids.has(id));
    if (there.length === 0) continue;
    collection.indexes = collection.indexes.filter(({ id }) => !ids.has(id));
    catalog.save(collection);
    for (const { id } of there) catalog.discard('index', id);
  }
}
