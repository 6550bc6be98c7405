import { setImmediate as nextTick } from 'node:timers/promises';
import { Catalog, type Collection } from './storage/catalog.js';
import { CursorTable } from './query/cursors.js';
import type { Build } from './storage/index-build.js';
import type { RecordContext } from './storage/records.js';
import { Slice } from './storage/slice.js';
import { MongoError } from './errors.js';
import type { Soon } from './soon.js';
import { closeStore, openStore, type Store } from './storage/store.js';
import { type Job, Writer } from './storage/writer.js';
import { reclaim } from './storage/reclaim.js';

/** How long a read keeps the thread before other connections get their turn. */
const READ_SLICE_MS = 10;

/** The database itself, without the wire: storage, catalogue, the one writer and the open cursors. */
export interface Engine {
  store: Store;
  catalog: Catalog;
  writer: Writer;
  slice: Slice;
  cursors: CursorTable;
  /** Indexes that are being filled, by their id. */
  builds: Map<number, Build>;
  startedAt: Date;
  read<T>(job: Job<T>): Soon<T>;
  write<T>(job: (ctx: RecordContext) => Job<T>): Promise<T>;
  /** Removes what was dropped, a slice at a time, in the background. */
  reclaimSoon(): void;
  close(): Promise<void>;
}

export function openEngine(dataDir: string, cursorTimeoutMs: number): Engine {
  const store = openStore(dataDir);
  const slice = new Slice();
  const catalog = new Catalog(store);
  const writer = new Writer(store, catalog, slice);
  const cursors = new CursorTable(cursorTimeoutMs);
  let reclaiming: Promise<void> | undefined;
  let closing = false;
  const write = <T>(job: (ctx: RecordContext) => Job<T>): Promise<T> => writer.submit((txn) => job({ store, catalog, txn }));
  const engine: Engine = {
    store,
    catalog,
    writer,
    slice,
    cursors,
    write,
    builds: new Map(),
    startedAt: new Date(),
    read: (job) => runRead(slice, job, () => closing),
    reclaimSoon: () => {
      reclaiming ??= reclaim(engine).finally(() => (reclaiming = undefined));
    },
    close: async () => {
      closing = true;
      cursors.close();
      await writer.stop();
      // It ends with the writer; what it did not get to is garbage for the next start as well.
      await reclaiming;
      await closeStore(store);
    },
  };
  engine.reclaimSoon();
  return engine;
}

/** Most reads end within their first slice and are answered without a promise. */
function runRead<T>(slice: Slice, job: Job<T>, closing: () => boolean): Soon<T> {
  if (closing()) throw shuttingDown();
  slice.begin(READ_SLICE_MS);
  const step = job.next();
  return step.done ? step.value : finishRead(slice, job, closing);
}

async function finishRead<T>(slice: Slice, job: Job<T>, closing: () => boolean): Promise<T> {
  for (;;) {
    await nextTick();
    if (closing()) throw shuttingDown();
    slice.begin(READ_SLICE_MS);
    const step = job.next();
    if (step.done) return step.value;
  }
}

function shuttingDown(): MongoError {
  return new MongoError(91, 'the server is shutting down');
}

/** The collection, created on the fly as MongoDB does for inserts and upserts. */
export function ensureCollection(engine: Engine, db: string, name: string): Collection {
  return engine.catalog.find(db, name) ?? engine.catalog.create(db, name, new Map());
}
