import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Default 60,000: only a failure takes that long, and machines that do much else are slow. */
  readonly withinMs?: number;
  /** The first pause, default 10. Each further one is a quarter longer, up to 100: asking takes a core from who is waited for. */
  readonly everyMs?: number;
}

const LONGEST_PAUSE_MS = 100;

/**
 * Repeats `check` until it neither throws nor returns `false` or `undefined`, and returns its answer. Fails with the
 * last error. For effects that come "soon" and give no signal; where there is a signal, wait for the signal.
 */
export const eventually = async <T>(
  check: () => T | Promise<T>,
  options: EventuallyOptions = {},
): Promise<Exclude<T, false | undefined>> => {
  const { withinMs = 60_000, everyMs = 10 } = options;
  const deadline = Date.now() + withinMs;
  for (let pauseMs = everyMs; ; pauseMs = Math.max(everyMs, Math.min(pauseMs * 1.25, LONGEST_PAUSE_MS))) {
    let failure: unknown = new Error(`not so within ${withinMs} ms`);
    try {
      const result = await check();
      if (result !== false && result !== undefined) return result as Exclude<T, false | undefined>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() >= deadline) throw failure;
    await pause(pauseMs);
  }
};
