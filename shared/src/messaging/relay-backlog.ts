import { pauseAfter } from './retry.js';

const PAUSES = { firstPauseMs: 500, maxPauseMs: 30_000 };

/** Aggregates with events that wait in their outbox for the sweeper, and since which failure. */
export interface Backlog {
  /** Leaves an aggregate to the sweeper without a pause. */
  add(aggregate: string): void;
  /** Leaves it to the sweeper after a pause that grows with every failure. */
  failed(aggregate: string): void;
  /** True when it had been waiting. */
  succeeded(aggregate: string): boolean;
  has(aggregate: string): boolean;
  /** False while its pause lasts. */
  due(aggregate: string): boolean;
  size(): number;
}

/** Remembers at most `limit` aggregates; beyond it the order of an aggregate's events is no longer kept, its events are. */
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
      // A pause is a span of this process's time: it must not follow a clock that is set or, in tests, stands still.
      put(aggregate, failures, performance.now() + pauseAfter(PAUSES, failures));
    },
    succeeded: (aggregate) => waiting.delete(aggregate),
    has: (aggregate) => waiting.has(aggregate),
    due: (aggregate) => (waiting.get(aggregate)?.notBefore ?? 0) <= performance.now(),
    size: () => waiting.size,
  };
};
