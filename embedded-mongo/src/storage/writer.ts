import { performance } from 'node:perf_hooks';
import type { Job } from '../stretch.js';
import type { Catalog, Collection } from './catalog.js';
import type { Slice } from './slice.js';
import { type Store, transact } from './store.js';
import { MongoError, timeIsUp } from '../errors.js';

/** How long one transaction may keep the thread before it commits and the rest of the work continues in the next. */
const SLICE_MS = 15;
/** What a long job gets of each transaction besides: others wait no longer than this for it. */
const LONG_WORK_MS = 10;

/** What one group commit has changed so far; becomes visible or is taken back as a whole. */
export class WriteTxn {
  readonly deltas = new Map<Collection, { count: number; bytes: number }>();
  readonly onCommit: (() => void)[] = [];

  /** Notes how many documents and bytes a collection has gained. */
  add(collection: Collection, count: number, bytes: number): void {
    const delta = this.deltas.get(collection);
    if (!delta) this.deltas.set(collection, { count, bytes });
    else {
      delta.count += count;
      delta.bytes += bytes;
    }
  }
}

interface Waiting {
  /** Whether it has begun in an earlier transaction. */
  started: () => boolean;
  step: (txn: WriteTxn) => boolean;
  settle: () => void;
  fail: (error: Error) => void;
}

/**
 * The one writer. Write commands of all connections queue here; whatever waits is run in one LMDB transaction,
 * committed with one flush, and only then answered. Commands run one after another, so that reading, deciding
 * and writing within one of them cannot be interleaved with another.
 */
export class Writer {
  private queue: Waiting[] = [];
  private running = false;
  private stopped = false;
  private idle: (() => void)[] = [];

  constructor(
    private readonly store: Store,
    private readonly catalog: Catalog,
    private readonly slice: Slice,
  ) {}

  /** Runs a job inside of write transactions; resolves after the disk has all of it. At the deadline it ends where it is. */
  submit<T>(job: (txn: () => WriteTxn) => Job<T>, deadline?: number): Promise<T> {
    if (this.stopped) return Promise.reject(new MongoError(91, 'the server is shutting down'));
    return new Promise<T>((resolve, reject) => {
      this.queue.push(waiting(job, deadline ?? Infinity, resolve, reject));
      if (!this.running) void this.pump();
    });
  }

  /** Resolves when everything submitted so far is settled; nothing is taken on afterwards. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.running) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private async pump(): Promise<void> {
    this.running = true;
    while (this.queue.length > 0) await this.commitBatch();
    this.running = false;
    for (const wake of this.idle.splice(0)) wake();
  }

  private async commitBatch(): Promise<void> {
    const txn = new WriteTxn();
    let finished: Waiting[] = [];
    let batch: Waiting[] = [];
    let fault: Error | undefined;
    try {
      await transact(this.store, () => {
        batch = this.queue;
        this.queue = [];
        finished = this.runBatch(txn, batch, (error) => (fault = error));
        return fault === undefined;
      });
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
      // The transaction did not even begin.
      if (batch.length === 0) batch = this.queue;
    }
    if (fault) this.takeBack(batch, fault);
    else this.publish(txn, finished);
  }

  private runBatch(txn: WriteTxn, batch: Waiting[], fault: (error: Error) => void): Waiting[] {
    const finished: Waiting[] = [];
    const end = performance.now() + SLICE_MS;
    // Long work that goes on comes after what is new, and one piece of it is always done: neither starves the other.
    const fresh = batch.filter((item) => !item.started());
    const [continued, ...others] = batch.filter((item) => item.started());
    try {
      for (const item of continued ? [...fresh, continued] : fresh) {
        if (performance.now() > end && item !== continued) this.queue.push(item);
        else {
          this.slice.begin(item === continued ? LONG_WORK_MS : SLICE_MS);
          if (item.step(txn)) finished.push(item);
          else others.push(item);
        }
      }
      this.queue.push(...others);
      for (const [collection, delta] of txn.deltas) {
        // A collection dropped in the same transaction has no count any more.
        if (this.catalog.holds(collection))
          this.catalog.saveCount(collection, collection.count + delta.count, collection.bytes + delta.bytes);
      }
    } catch (error) {
      fault(error instanceof Error ? error : new Error(String(error)));
    }
    return finished;
  }

  private publish(txn: WriteTxn, finished: Waiting[]): void {
    for (const [collection, delta] of txn.deltas) {
      collection.count += delta.count;
      collection.bytes += delta.bytes;
    }
    for (const apply of txn.onCommit) apply();
    for (const item of finished) item.settle();
  }

  /** Nothing of the batch is on disk: every command in it fails, and memory is made to say what the disk says. */
  private takeBack(batch: Waiting[], fault: Error): void {
    this.queue = this.queue.filter((item) => !batch.includes(item));
    this.catalog.load();
    for (const item of batch) item.fail(fault);
  }
}

function waiting<T>(
  job: (txn: () => WriteTxn) => Job<T>,
  deadline: number,
  resolve: (value: T) => void,
  reject: (error: Error) => void,
): Waiting {
  let running: Job<T> | undefined;
  let current: WriteTxn;
  let settle = (): void => undefined;
  return {
    started: () => running !== undefined,
    step: (txn) => {
      current = txn;
      try {
        if (performance.now() > deadline) throw timeIsUp();
        running ??= job(() => current);
        const result = running.next();
        if (!result.done) return false;
        settle = () => resolve(result.value);
      } catch (error) {
        // An error of the client's making leaves what the command has written so far, as MongoDB does.
        if (!(error instanceof MongoError)) throw error;
        settle = () => reject(error);
      }
      return true;
    },
    settle: () => settle(),
    fail: reject,
  };
}
