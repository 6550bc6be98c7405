import { pick } from '../bson/raw.js';
import type { Engine } from '../engine.js';
import { MongoError } from '../errors.js';
import { RecordScan } from '../plan/scan.js';
import type { Index } from './catalog.js';
import { addToIndex, type RecordContext } from './records.js';
import { type Job, PAUSE } from './writer.js';

/**
 * Fills a new index while the server goes on: record after record in slices, each slice its own transaction.
 * Writes meanwhile keep the unfinished index up to date themselves, so a record is either met here or put in
 * there; adding a key twice is harmless. Queries use the index only once it is complete.
 */
export async function fillIndex(engine: Engine, db: string, name: string, index: Index): Promise<void> {
  try {
    await engine.write((ctx) => fill(engine, ctx, db, name, index));
  } catch (error) {
    await engine.write(() => abandon(engine, db, name, index));
    engine.reclaimSoon();
    throw error;
  }
}

/** Continues the index builds that the last run of the server did not finish. */
export async function resumeBuilds(engine: Engine): Promise<void> {
  for (const db of engine.catalog.databaseNames()) {
    for (const collection of engine.catalog.collections(db)) {
      for (const index of collection.indexes) if (!index.ready) await fillIndex(engine, db, collection.name, index);
    }
  }
}

function* fill(engine: Engine, ctx: RecordContext, db: string, name: string, index: Index): Job<void> {
  const collection = engine.catalog.find(db, name);
  if (!collection) throw new MongoError(26, `ns does not exist: ${db}.${name}`);
  const scan = new RecordScan(engine.store, engine.slice, collection, false);
  for (let found = scan.next(); found; found = scan.next()) {
    if (!collection.indexes.includes(index)) throw new MongoError(276, `Index build aborted: ${index.name}`);
    addToIndex(ctx, collection, index, pick(found.bytes, collection.indexedFields), found.rid);
    if (engine.slice.over()) yield PAUSE;
  }
  // Queries may use it after the commit: before, the disk's view they read from lacks its last keys.
  collection.indexes = collection.indexes.map((other) => (other === index ? { ...index, ready: true } : other));
  engine.catalog.save(collection);
  collection.indexes = collection.indexes.map((other) => (other.id === index.id ? index : other));
  ctx.txn().onCommit.push(() => (index.ready = true));
}

// eslint-disable-next-line require-yield -- a short job that needs no pause
function* abandon(engine: Engine, db: string, name: string, index: Index): Job<void> {
  const collection = engine.catalog.find(db, name);
  if (!collection?.indexes.includes(index)) return;
  collection.indexes = collection.indexes.filter((other) => other !== index);
  engine.catalog.save(collection);
  engine.catalog.discard('index', index.id);
}
