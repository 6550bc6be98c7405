import { LRUCache } from 'lru-cache';
import { tooManyGuesses } from './repair.errors.js';

/** Slows down whoever tries pairs of repair and serial numbers, without keeping anybody from asking for their own. */
export interface GuessBrake {
  /**
   * Runs `look`, which answers `undefined` for a wrong guess. Every try counts as wrong from its beginning, so that many
   * at once are no way around it; a right one is taken back. Throws 429 when there were too many.
   */
  attempt<T>(guess: Guess, look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export interface Guess {
  readonly tenantId: string;
  /** As `addressKey` names it. */
  readonly address: string;
  /** The repair that is asked for, whether there is such a one or not. */
  readonly number: string;
  readonly now: Date;
}

const WINDOW_MS = 10 * 60_000;
/** Wrong tries within the window. A number that strangers guess at is closed to its owner too, hence the larger figure. */
const PER_ADDRESS = 20;
const PER_NUMBER = 60;
/** Remembered at a time, some 10 MB; pushing one out takes more addresses than are let in. */
const MAX_COUNTERS = 100_000;

interface Counter {
  wrong: number;
  readonly until: number;
}

/**
 * Counts in this process's memory, as the gateway's rate limits do: a look-up costs no write, and with several instances
 * each lets as many wrong tries through.
 */
export const createGuessBrake = (): GuessBrake => {
  const counters = new LRUCache<string, Counter>({ max: MAX_COUNTERS });

  const counterOf = (key: string, now: number): Counter => {
    const known = counters.get(key);
    if (known !== undefined && known.until > now) return known;
    const fresh = { wrong: 0, until: now + WINDOW_MS };
    counters.set(key, fresh);
    return fresh;
  };

  return {
    attempt: async ({ tenantId, address, number, now }, look) => {
      const at = now.getTime();
      const limits = [
        { counter: counterOf(`address\n${tenantId}\n${address}`, at), limit: PER_ADDRESS },
        { counter: counterOf(`number\n${tenantId}\n${number}`, at), limit: PER_NUMBER },
      ];
      for (const { counter, limit } of limits) if (counter.wrong >= limit) throw tooManyGuesses(Math.ceil((counter.until - at) / 1000));
      for (const { counter } of limits) counter.wrong += 1;
      let found: Awaited<ReturnType<typeof look>>;
      let answered = false;
      try {
        found = await look();
        answered = true;
        return found;
      } finally {
        // Right, or no answer at all: that was no guess.
        if (!answered || found !== undefined) for (const { counter } of limits) counter.wrong -= 1;
      }
    },
  };
};
