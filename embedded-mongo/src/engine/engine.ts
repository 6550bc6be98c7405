import { performance } from 'node:perf_hooks';
import { setImmediate as nextTick } from 'node:timers/promises';
import { Catalog, type Index } from '../storage/catalog.js';
import { CursorTable } from './cursors.js';
import type { RecordContext } from '../storage/records.js';
import { Slice } from '../storage/slice.js';
import { MongoError, timeIsUp } from '../errors.js';
import type { Soon } from '../soon.js';
import { closeStore, openStore, type Store } from '../storage/store.js';
import { Writer } from '../storage/writer.js';
import { reclaim } from './reclaim.js';
import { atOnce, type Job } from '../stretch.js';

/** How long a read keeps the thread before other connections get their turn. */
const READ_SLICE_MS = 10;

/** An index that is being filled. */
export interface Build {
  db: string;
  collection: string;
  index: Index;
  /** Documents looked at so far. */
  done: number;
  /** Settles with the build; who asks for the same index meanwhile waits for it. */
  finished: Promise<void>;
}

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
  /** Does what needs no data, with pauses; also while the engine closes. */
  run: <T>(job: Job<T>) => Soon<T>;
  /** Both end a job that is not done by the deadline (of performance.now()) with MaxTimeMSExpired. */
  read<T>(job: Job<T>, deadline?: number): Soon<T>;
  write<T>(job: (ctx: RecordContext) => Job<T>, deadline?: number): Promise<T>;
  /** A write so short that it needs no pause. */
  change<T>(work: (ctx: RecordContext) => T): Promise<T>;
  /** Removes what was dropped, a slice at a time, in the background. */
  reclaimSoon(): void;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly dataDir: string;
  readonly cursorTimeoutMs: number;
  readonly durable: boolean;
}

export function openEngine({ dataDir, cursorTimeoutMs, durable }: EngineOptions): Engine {
  const store = openStore(dataDir, { durable });
  const slice = new Slice();
  const catalog = new Catalog(store);
  const writer = new Writer(store, catalog, slice);
  const cursors = new CursorTable(cursorTimeoutMs);
  let reclaiming: Promise<void> | undefined;
  let closing = false;
  const write = <T>(job: (ctx: RecordContext) => Job<T>, deadline?: number): Promise<T> =>
    writer.submit((txn) => job({ store, catalog, txn }), deadline);
  const turns = createTurns();
  const engine: Engine = {
    store,
    catalog,
    writer,
    slice,
    cursors,
    write,
    change: (work) => write((ctx) => atOnce(() => work(ctx))),
    builds: new Map(),
    startedAt: new Date(),
    run: (job) => runRead({ slice, turns, closing: () => false }, job, undefined),
    read: (job, deadline) => runRead({ slice, turns, closing: () => closing }, job, deadline),
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

/** The engine of a request that has a deadline: whatever it asks for ends by then. */
export function untilDeadline(engine: Engine, deadline: number): Engine {
  const write: Engine['write'] = (job) => engine.write(job, deadline);
  return { ...engine, read: (job) => engine.read(job, deadline), write, change: (work) => write((ctx) => atOnce(() => work(ctx))) };
}

interface Reading {
  slice: Slice;
  turns: () => Promise<void>;
  closing: () => boolean;
}

/** Lets one long read go on at a time: between two of them connections are looked after, however many there are. */
function createTurns(): () => Promise<void> {
  let last = Promise.resolve();
  return () => (last = last.then(() => nextTick()));
}

/** Most reads end within their first slice and are answered without a promise. */
function runRead<T>(reading: Reading, job: Job<T>, deadline: number | undefined): Soon<T> {
  if (reading.closing()) throw shuttingDown();
  reading.slice.begin(READ_SLICE_MS);
  const step = job.next();
  return step.done ? step.value : finishRead(reading, job, deadline);
}

async function finishRead<T>({ slice, turns, closing }: Reading, job: Job<T>, deadline: number | undefined): Promise<T> {
  try {
    for (;;) {
      await turns();
      if (closing()) throw shuttingDown();
      if (deadline !== undefined && performance.now() > deadline) throw timeIsUp();
      slice.begin(READ_SLICE_MS);
      const step = job.next();
      if (step.done) return step.value;
    }
  } finally {
    // What it holds, such as a view of the data, is given back also where it does not come to its end.
    job.return(undefined as T);
  }
}

function shuttingDown(): MongoError {
  return new MongoError(91, 'the server is shutting down');
}
