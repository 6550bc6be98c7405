import { createHash } from 'node:crypto';
import { countTry, forget, forgive, noTries, refuseDuringPause, type Throttle, type ThrottlePolicy } from './throttle.js';
import type { ThrottleRepository } from './throttle.repository.js';

export interface Guess {
  readonly tenantId: string;
  /** What is being guessed at: `login`, `approval`… */
  readonly purpose: string;
  /** The e-mail as it was sent, whether there is such an account or not. */
  readonly account: string;
  readonly ip: string;
  /** The account was signed in to from this address before: it does not pay for what strangers try. */
  readonly known: boolean;
  readonly now: Date;
}

export type Probe = Omit<Guess, 'account' | 'known'>;

export interface GuessLimiter {
  /** Counts a try; throws 429 during a pause. */
  begin(guess: Guess): Promise<void>;
  /** The try was right: it does not count, and earlier ones from here are forgotten. */
  succeeded(guess: Guess): Promise<void>;
  /** One address asking again and again for what it should not learn; throws 429 during a pause. */
  countProbe(probe: Probe): Promise<void>;
  refuseDuringPause(probe: Probe): Promise<void>;
  /** Somebody proved to own the account in another way. */
  release(tenantId: string, purpose: string, account: string): Promise<void>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** One address guessing at one account. */
const PAIR: ThrottlePolicy = { free: 5, firstPauseMs: 30 * SECOND, longestPauseMs: 15 * MINUTE, forgetAfterMs: 60 * MINUTE };
/** One address guessing at many accounts; an office behind one address mistypes too. */
const ADDRESS: ThrottlePolicy = { free: 100, firstPauseMs: 10 * SECOND, longestPauseMs: 15 * MINUTE, forgetAfterMs: 15 * MINUTE };
/** Many addresses guessing at one account. Short pauses, so that strangers cannot keep its owner out on a new device. */
const ACCOUNT: ThrottlePolicy = { free: 25, firstPauseMs: 5 * SECOND, longestPauseMs: 2 * MINUTE, forgetAfterMs: 30 * MINUTE };

/** One address finding out what there is, by refusals. */
const PROBE: ThrottlePolicy = { free: 10, firstPauseMs: MINUTE, longestPauseMs: 60 * MINUTE, forgetAfterMs: 60 * MINUTE };

/** Hashed, so that the collection is no list of e-mails that somebody tried. */
const idOf = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const createGuessLimiter = (throttles: ThrottleRepository): GuessLimiter => {
  const count = async (tenantId: string, id: string, policy: ThrottlePolicy, now: Date): Promise<void> => {
    const tenant = throttles.in(tenantId);
    const decide = (throttle: Throttle) => countTry(throttle, policy, now);
    if ((await tenant.update(id, decide)) !== undefined) return;
    await tenant.insert(noTries(id, now));
    await tenant.update(id, decide);
  };
  const pairId = ({ tenantId, purpose, account, ip }: Guess): string => idOf('pair', tenantId, purpose, account, ip);
  const addressId = ({ tenantId, purpose, ip }: Probe): string => idOf('address', tenantId, purpose, ip);
  const accountId = (tenantId: string, purpose: string, account: string): string => idOf('account', tenantId, purpose, account);

  return {
    begin: async (guess) => {
      const { tenantId, purpose, account, known, now } = guess;
      await count(tenantId, pairId(guess), PAIR, now);
      await count(tenantId, addressId(guess), ADDRESS, now);
      if (!known) await count(tenantId, accountId(tenantId, purpose, account), ACCOUNT, now);
    },
    succeeded: async (guess) => {
      const tenant = throttles.in(guess.tenantId);
      await tenant.update(pairId(guess), forget);
      await tenant.update(addressId(guess), forgive);
      if (!guess.known) await tenant.update(accountId(guess.tenantId, guess.purpose, guess.account), forgive);
    },
    countProbe: (probe) => count(probe.tenantId, addressId(probe), PROBE, probe.now),
    refuseDuringPause: async (probe) => {
      const throttle = await throttles.in(probe.tenantId).find(addressId(probe));
      if (throttle !== undefined) refuseDuringPause(throttle, probe.now);
    },
    release: async (tenantId, purpose, account) => {
      await throttles.in(tenantId).update(accountId(tenantId, purpose, account), forget);
    },
  };
};
