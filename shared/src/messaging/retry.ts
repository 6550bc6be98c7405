import { setTimeout as delay } from 'node:timers/promises';

/**
 * How a failed handler is tried again.
 *
 * The default (5 tries, 200 ms, at most 30 s) pauses 0.2 s, 0.4 s, 0.8 s and 1.6 s: an event that fails each time is
 * parked about 3 s after its first try. While a dependency is away the pauses grow on: 3.2 s, 6.4 s, 12.8 s, 25.6 s,
 * then 30 s each, and nothing is parked.
 */
export interface RetryPolicy {
  /** Tries before an event is parked. Errors that mean "a dependency is away" do not count. */
  readonly attempts: number;
  /** Milliseconds before the second try; the pause doubles for each further try. */
  readonly firstPauseMs: number;
  /** Longest pause in milliseconds. */
  readonly maxPauseMs: number;
}

export const defaultRetry: RetryPolicy = { attempts: 5, firstPauseMs: 200, maxPauseMs: 30_000 };

/**
 * Milliseconds to wait after failure number `failures` (from 1). Chance makes the pause a fifth longer or shorter, so
 * that instances do not all try at the same moment: with `firstPauseMs` 200, failure 3 waits 640 to 960 ms.
 */
export const pauseAfter = (policy: Pick<RetryPolicy, 'firstPauseMs' | 'maxPauseMs'>, failures: number): number => {
  const pause = Math.min(policy.maxPauseMs, policy.firstPauseMs * 2 ** Math.min(failures - 1, 30));
  return pause * (0.8 + Math.random() * 0.4);
};

/** Waits; resolves to false when `signal` ended the wait early. */
export const waited = async (milliseconds: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
};
