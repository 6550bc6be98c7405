import { LRUCache } from 'lru-cache';
import { tooManyGuesses } from '../repair.errors.js';

/** Slows down whoever tries pairs of repair and serial numbers, without keeping anybody from asking for their own. */
export interface GuessLimiter {
  /**
   * Runs `look`, which answers `undefined` for a wrong guess. No more run at once than may still be wrong, so that many at
   * once are no way around it. Throws 429 when there were too many.
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
  /** Look-ups under way, each of which may turn out to be wrong. */
  pending: number;
  /** Those that wait for one of these to end. */
  readonly waiting: (() => void)[];
  readonly until: number;
}

/**
 * Counts in this process's memory, as the gateway's rate limits do: a look-up costs no write, and with several instances
 * each lets as many wrong tries through.
 */
export const createGuessLimiter = (): GuessLimiter => {
  const counters = new LRUCache<string, Counter>({ max: MAX_COUNTERS });

  const counterOf = (key: string, now: number): Counter => {
    const known = counters.get(key);
    if (known !== undefined && known.until > now) return known;
    const fresh = { wrong: 0, pending: 0, waiting: [], until: now + WINDOW_MS };
    counters.set(key, fresh);
    return fresh;
  };

  /** As many at once as there are wrong ones left; more wait for these, so that nobody is refused for being right. */
  const enter = async ({ counter, limit }: { readonly counter: Counter; readonly limit: number }, at: number): Promise<void> => {
    while (counter.wrong < limit && counter.wrong + counter.pending >= limit)
      await new Promise<void>((resolve) => counter.waiting.push(resolve));
    if (counter.wrong >= limit) throw tooManyGuesses(Math.ceil((counter.until - at) / 1000));
    counter.pending += 1;
  };

  const leave = (counter: Counter, wrong: boolean): void => {
    counter.pending -= 1;
    if (wrong) counter.wrong += 1;
    for (const go of counter.waiting.splice(0)) go();
  };

  return {
    attempt: async ({ tenantId, address, number, now }, look) => {
      const at = now.getTime();
      const limits = [
        { counter: counterOf(`address\n${tenantId}\n${address}`, at), limit: PER_ADDRESS },
        { counter: counterOf(`number\n${tenantId}\n${number}`, at), limit: PER_NUMBER },
      ];
      const entered: Counter[] = [];
      let wrong = false;
      try {
        for (const each of limits) {
          await enter(each, at);
          entered.push(each.counter);
        }
        const found = await look();
        wrong = found === undefined;
        return found;
      } finally {
        // Right, or no answer at all: that was no guess.
        for (const counter of entered) leave(counter, wrong);
      }
    },
  };
};
