import { setTimeout as pause } from 'node:timers/promises';
import { createBackgroundWorker } from '@riparo/shared/concurrency/background-worker';
import type { Journal, Placed } from './journal.js';

/** Reads the journal of one tenant on, in this process, for as long as somebody listens. */
export interface Tail {
  /** Everything up to here was passed on. */
  position(): number;
  /** There may be something new. */
  wake(): void;
  /** This signal was announced and is in the journal any moment. */
  expect(signalId: string): void;
  stop(): Promise<void>;
}

export interface TailOptions {
  readonly journal: Journal;
  readonly tenantId: string;
  readonly position: number;
  readonly onSignal: (signal: Placed) => void;
  readonly onError: (error: unknown) => void;
}

/** Milliseconds: changes that come together are read together, and a thing that changed twice is looked at once. */
const SETTLE_MS = 40;
/** Milliseconds for which an announced signal is looked for; afterwards the poll finds it. */
const EXPECT_MS = 2_000;
const PAGE = 500;
/** Announced signals that are kept in mind; more of them are found by the poll. */
const MAX_EXPECTED = 10_000;

export const createTail = ({ journal, tenantId, position: start, onSignal, onError }: TailOptions): Tail => {
  let position = start;
  const expected = new Map<string, number>();

  const read = async (): Promise<void> => {
    for (let page = PAGE; page === PAGE && !worker.isStopping();) {
      const signals = await journal.after(tenantId, position, PAGE);
      page = signals.length;
      for (const signal of signals) {
        position = signal.position;
        expected.delete(signal.id);
        onSignal(signal);
      }
    }
  };

  const worker = createBackgroundWorker({
    work: async () => {
      await pause(SETTLE_MS);
      await read();
      const now = performance.now();
      for (const [id, until] of expected) if (until < now) expected.delete(id);
      if (expected.size > 0) worker.wake();
    },
    onError,
  });

  return {
    position: () => position,
    wake: () => worker.wake(),
    expect: (signalId) => {
      if (expected.size < MAX_EXPECTED) expected.set(signalId, performance.now() + EXPECT_MS);
      worker.wake();
    },
    stop: () => worker.stop(),
  };
};
