import { setTimeout as delay } from 'node:timers/promises';

/** How failed handlers are tried again. */
export interface RetryPolicy {
  /** Tries before an event is parked; errors that mean "a dependency is away" do not count. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one. */
  readonly firstPauseMs: number;
  /** Longest pause in milliseconds. */
  readonly maxPauseMs: number;
}

export const defaultRetry: RetryPolicy = { attempts: 5, firstPauseMs: 200, maxPauseMs: 30_000 };

/** Milliseconds to wait after failure number `failures` (from 1), a fifth more or less by chance so that instances do not act in step. */
export const pauseAfter = (policy: Pick<RetryPolicy, 'firstPauseMs' | 'maxPauseMs'>, failures: number): number => {
  const pause = Math.min(policy.maxPauseMs, policy.firstPauseMs * 2 ** Math.min(failures - 1, 30));
  return pause * (0.8 + Math.random() * 0.4);
};

/** Waits; false when `signal` ended the wait early. */
export const waited = async (milliseconds: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await delay(milliseconds, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
};
