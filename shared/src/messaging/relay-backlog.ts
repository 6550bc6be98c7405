import { pauseAfter } from './retry.js';

const PAUSES = { firstPauseMs: 500, maxPauseMs: 30_000 };

/** Aggregates whose events wait in their outbox for the sweeper, with the number of their failures. */
export interface Backlog {
  /** Leaves an aggregate to the sweeper without a pause. */
  add(aggregate: string): void;
  /**
   * Leaves an aggregate to the sweeper after a pause that doubles with every failure: 0.5 s, 1 s, 2 s, 4 s … 30 s at
   * most, each a fifth more or less.
   */
  failed(aggregate: string): void;
  /** The aggregate waits no longer. Returns true when it had been waiting. */
  succeeded(aggregate: string): boolean;
  has(aggregate: string): boolean;
  /** False while the aggregate's pause lasts. */
  due(aggregate: string): boolean;
  size(): number;
}

/** Remembers at most `limit` aggregates. The events of further aggregates are published all the same, but perhaps in the wrong order. */
export const createBacklog = (limit: number): Backlog => {
  const waiting = new Map<string, { readonly failures: number; readonly notBefore: number }>();
  const put = (aggregate: string, failures: number, notBefore: number): void => {
    if (waiting.has(aggregate) || waiting.size < limit) waiting.set(aggregate, { failures, notBefore });
  };
  return {
    add: (aggregate) => {
      if (!waiting.has(aggregate)) put(aggregate, 0, 0);
    },
    failed: (aggregate) => {
      const failures = (waiting.get(aggregate)?.failures ?? 0) + 1;
      // A pause is measured in this process's running time: `clock` may be set, and in tests it stands still.
      put(aggregate, failures, performance.now() + pauseAfter(PAUSES, failures));
    },
    succeeded: (aggregate) => waiting.delete(aggregate),
    has: (aggregate) => waiting.has(aggregate),
    due: (aggregate) => (waiting.get(aggregate)?.notBefore ?? 0) <= performance.now(),
    size: () => waiting.size,
  };
};
