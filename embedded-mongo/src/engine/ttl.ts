import { compileFilter } from '../query/filter.js';
import { findRecords } from '../plan/execute.js';
import type { Found } from '../plan/scan.js';
import type { Engine } from './engine.js';
import { MongoError } from '../errors.js';
import type { Collection, Index } from '../storage/catalog.js';
import { removeRecord } from '../storage/records.js';
import { type Job, PAUSE } from '../stretch.js';

/** Deletes what a TTL index says has expired, found through that index (manual: core/index-ttl). */
function* expire(engine: Engine, collection: Collection, index: Index, now: number, remove: (found: Found) => Job<boolean>): Job<number> {
  const before = new Date(now - (index.expireAfterSeconds ?? 0) * 1000);
  const path = index.fields[0]?.path ?? '';
  // In an array the earliest date counts, and "any element before" says the same.
  const filter = compileFilter(new Map([[path, new Map([['$lt', before]])]]));
  let removed = 0;
  for (const found of findRecords(engine, collection, { filter, hint: index.name })) {
    if (found === PAUSE) yield PAUSE;
    // What others changed meanwhile is left to the next round.
    else if (yield* remove(found)) removed++;
  }
  return removed;
}

/** One round over all TTL indexes; returns how many documents went. */
async function expireAll(engine: Engine, now: number): Promise<number> {
  let removed = 0;
  for (const db of engine.catalog.databaseNames()) {
    for (const collection of engine.catalog.collections(db)) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds === undefined || !index.ready) continue;
        removed += await engine.write((ctx) => expire(engine, collection, index, now, (found) => removeRecord(ctx, collection, found)));
      }
    }
  }
  return removed;
}

/** Runs rounds until stopped. A round that fails is reported and the next one tries again. */
export function startTtlMonitor(engine: Engine, intervalMs: number, onFault: (error: Error) => void): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const timer = setInterval(() => {
    running = running
      .then(() => (stopped ? undefined : expireAll(engine, Date.now())))
      .catch((error: unknown) => {
        if (!stopped && !(error instanceof MongoError)) onFault(error instanceof Error ? error : new Error(String(error)));
      });
  }, intervalMs);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}
