import { Worker } from 'node:worker_threads';
import { unavailable } from '../errors/common-errors.js';
import { MINUTE_MS } from '../time/units.js';
import type { PrintAnswer, PrintJob } from './print-worker.js';

/** Prints what a module makes of a content (`PrintModule`); both go to another thread, so the content is plain data. */
export type Printer = <Content>(module: URL, content: Content) => Promise<Buffer>;

interface Waiting {
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: unknown) => void;
}

/** A print that takes so long is given up with the thread: one text must not keep everybody's receipts waiting. */
const LIMIT_MS = MINUTE_MS;
/** More wait for minutes, and each holds its content. */
const MOST_WAITING = 50;

/** Fonts take up to a second to load and some 50 MB while they are kept. */
const IDLE_MS = 5 * MINUTE_MS;

export interface PrinterOptions {
  /** Milliseconds from the call to the end of a print; default 60,000. */
  readonly limitMs?: number;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/**
 * Prints in a thread of its own: fonts are unpacked and texts are laid out for hundreds of milliseconds, in which a
 * process that answers requests must not stand still. The thread begins with the first print and ends when nothing was
 * printed for five minutes. Rejects with 503 when a print takes longer than its limit, also for those that wait behind it,
 * and when 50 wait already.
 */
export const createPrinter = ({ limitMs = LIMIT_MS }: PrinterOptions = {}): Printer => {
  let thread: Thread | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const end = (ended: Thread, error: unknown): void => {
    if (thread === ended) thread = undefined;
    for (const { reject } of ended.waiting.values()) reject(error);
    ended.waiting.clear();
    void ended.worker.terminate();
  };

  const begin = (): Thread => {
    const worker = new Worker(new URL('./print-worker.js', import.meta.url));
    const begun: Thread = { worker, waiting: new Map() };
    worker.on('message', ({ id, bytes, error }: PrintAnswer) => {
      const waiting = begun.waiting.get(id);
      begun.waiting.delete(id);
      if (begun.waiting.size === 0) rest(begun);
      if (bytes === undefined) waiting?.reject(error);
      else waiting?.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    worker.on('error', (error) => {
      end(begun, error);
    });
    return begun;
  };

  /** A thread that only waits keeps no process alive. */
  const rest = (resting: Thread): void => {
    resting.worker.unref();
    idle = setTimeout(() => {
      end(resting, new Error('the printer rests'));
    }, IDLE_MS).unref();
  };

  return async (module, content) => {
    clearTimeout(idle);
    const used = (thread ??= begin());
    const { worker, waiting } = used;
    if (waiting.size >= MOST_WAITING) throw unavailable('The printer');
    worker.ref();
    const job: PrintJob = { id: ++lastId, module: module.href, content };
    const limit = setTimeout(() => {
      end(used, unavailable('The printer'));
    }, limitMs);
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        waiting.set(job.id, { resolve, reject });
        worker.postMessage(job);
      });
    } finally {
      waiting.delete(job.id);
      clearTimeout(limit);
    }
  };
};
