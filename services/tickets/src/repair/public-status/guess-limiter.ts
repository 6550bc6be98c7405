import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { LRUCache } from 'lru-cache';
import { TOO_MANY_GUESSES, tooManyGuesses } from '../repair.errors.js';
import { atMost } from '@riparo/shared/runtime/at-most';

/** Slows down clients that try pairs of repair number and serial number. It does not keep customers from their own repairs. */
export interface GuessLimiter {
  /**
   * Runs `look`, which resolves to `undefined` for a wrong guess. Throws 429 after too many wrong guesses. At most as
   * many looks run at the same time as wrong guesses are left: with 18 of 20 wrong, two run and a third one waits. So
   * many guesses at once gain nothing.
   */
  attempt<T>(guess: Guess, look: () => Promise<T | undefined>): Promise<T | undefined>;
}

export interface Guess {
  readonly tenantId: string;
  /** The key that `addressKey` makes. */
  readonly address: string;
  /** The requested repair number, whether such a repair exists or not. */
  readonly number: string;
  readonly now: Date;
}

const WINDOW_MS = 10 * MINUTE_MS;
/**
 * Wrong guesses within the window of 10 minutes. When strangers guess at one number, its owner is locked out too, so
 * the limit per number is higher.
 */
const PER_ADDRESS = 20;
const PER_NUMBER = 60;
export const PAIR_LIMIT: LimitClass = {
  name: 'pairs',
  code: TOO_MANY_GUESSES,
  about: `Wrong pairs of repair number and serial number within ${WINDOW_MS / MINUTE_MS} minutes: ${PER_ADDRESS} from one network address, ${PER_NUMBER} for one repair number.`,
};
/** Counters in memory, some 10 MB. To push one out, a client would need more addresses than other limits let in. */
const MAX_COUNTERS = 100_000;

interface Counter {
  wrong: number;
  /** Looks under way. Each of them may prove wrong. */
  pending: number;
  /** Calls that wait until a look ends. */
  readonly waiting: (() => void)[];
  readonly until: number;
}

/**
 * The counters are in this process's memory, like the gateway's rate limits: a look costs no write. With two instances,
 * twice as many wrong guesses get through.
 */
export const createGuessLimiter = (): GuessLimiter => {
  const counters = new LRUCache<string, Counter>(atMost(MAX_COUNTERS));

  const counterOf = (key: string, now: number): Counter => {
    const known = counters.get(key);
    if (known !== undefined && known.until > now) return known;
    const fresh = { wrong: 0, pending: 0, waiting: [], until: now + WINDOW_MS };
    counters.set(key, fresh);
    return fresh;
  };

  /** Lets in as many looks at once as wrong guesses are left. Further ones wait for these, so that a right guess is not refused. */
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
        // A right guess, or a look that failed, is not counted as a wrong guess.
        for (const counter of entered) leave(counter, wrong);
      }
    },
  };
};
