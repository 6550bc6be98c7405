import { isDomainError } from '@riparo/shared/errors/domain-error';
import { addressKey } from '@riparo/shared/http/rate-limit';
import type { Clock } from '@riparo/shared/runtime/clock';
import { MINUTE_MS, SECOND_MS } from '@riparo/shared/time/units';
import { createHash } from 'node:crypto';
import {
  beginTry,
  countTry,
  dropTry,
  failTry,
  inWords,
  noTries,
  passTry,
  refuseDuringPause,
  throttled,
  type Throttle,
  type ThrottlePolicy,
} from './throttle.js';
import type { ThrottleRepository } from './throttle.repository.js';

/** Somebody asking for what they should not learn, whoever it is about. */
export interface Probe {
  readonly tenantId: string;
  /** What is tried: `login`, `approval`… Each is counted for itself. */
  readonly purpose: string;
  /** The whole address; an IPv6 address is counted by its network. */
  readonly ip: string;
}

export interface Guess extends Probe {
  /** The e-mail as it was sent, whether there is such an account or not. */
  readonly account: string;
  /** The account was signed in to from this address before: it does not pay for what strangers try. */
  readonly known: boolean;
}

/** What is counted for a rule of its own. */
export interface Counted {
  /** What is counted, and for whom. */
  readonly of: readonly string[];
  readonly policy: ThrottlePolicy;
  /** Lets through what comes during a pause; asked then only, so that the usual case looks nobody up. */
  readonly excuse?: () => Promise<boolean>;
}

/**
 * Counts by the clock: the `now` of a request that is repeated with its Idempotency-Key is the moment of the first run,
 * at which a pause would never end.
 */
export interface GuessLimiter {
  /** Runs `check` and counts its answer; throws 429 instead during a pause. A check that throws counts for nothing. */
  attempt(guess: Guess, check: () => Promise<boolean>): Promise<boolean>;
  /** Counts what can only be asked so often, right or wrong; throws 429 during a pause. Comes before the work. */
  count(guess: Guess): Promise<void>;
  /** Counts in each, one after the other; throws 429 at the first that has a pause. */
  countEach(tenantId: string, counters: readonly Counted[]): Promise<void>;
  /** Counts one address alone; throws 429 during a pause. */
  countProbe(probe: Probe, policy?: ThrottlePolicy): Promise<void>;
  refuseDuringPause(probe: Probe): Promise<void>;
}

/** One address guessing at one account. */
const PAIR: ThrottlePolicy = {
  free: 5,
  atOnce: 30,
  firstPauseMs: 30 * SECOND_MS,
  longestPauseMs: 15 * MINUTE_MS,
  forgetAfterMs: 60 * MINUTE_MS,
};
/** One address guessing at many accounts; an office behind one address mistypes too. */
const ADDRESS: ThrottlePolicy = {
  free: 100,
  atOnce: 300,
  firstPauseMs: 10 * SECOND_MS,
  longestPauseMs: 15 * MINUTE_MS,
  forgetAfterMs: 15 * MINUTE_MS,
};
/** Many addresses guessing at one account. Short pauses, so that strangers cannot keep its owner out on a new device. */
const ACCOUNT: ThrottlePolicy = {
  free: 25,
  atOnce: 60,
  firstPauseMs: 5 * SECOND_MS,
  longestPauseMs: 2 * MINUTE_MS,
  forgetAfterMs: 30 * MINUTE_MS,
};
/** One address finding out what there is, by refusals. */
export const PROBE: ThrottlePolicy = {
  free: 10,
  atOnce: 300,
  firstPauseMs: MINUTE_MS,
  longestPauseMs: 60 * MINUTE_MS,
  forgetAfterMs: 60 * MINUTE_MS,
};

const TRIES = `from one network address at one of them ${inWords(PAIR)}, at any of them ${inWords(ADDRESS)}; from everywhere at one of them ${inWords(ACCOUNT)}`;
export const PASSWORD_LIMIT = throttled('passwords', `Wrong passwords for accounts: ${TRIES}.`);
export const LINK_LIMIT = throttled('links', `Passwords for links of mails: ${TRIES}.`);

interface Counter {
  readonly id: string;
  readonly policy: ThrottlePolicy;
  /** What an address gets wrong at other accounts is not made good by knowing one password. */
  readonly forgives: boolean;
}

/** Hashed, so that the collection is no list of e-mails that somebody tried. */
const idOf = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

const addressId = ({ tenantId, purpose, ip }: Probe): string => idOf('address', tenantId, purpose, addressKey(ip));

const countersOf = (guess: Guess): readonly Counter[] => {
  const { tenantId, purpose, account, ip, known } = guess;
  const pair = { id: idOf('pair', tenantId, purpose, account, addressKey(ip)), policy: PAIR, forgives: true };
  const address = { id: addressId(guess), policy: ADDRESS, forgives: false };
  const whole = { id: idOf('account', tenantId, purpose, account), policy: ACCOUNT, forgives: false };
  return known ? [pair, address] : [pair, address, whole];
};

export const createGuessLimiter = (throttles: ThrottleRepository, clock: Clock): GuessLimiter => {
  const step = async (tenantId: string, { id, policy }: Counter, take: typeof beginTry): Promise<void> => {
    const [tenant, now] = [throttles.in(tenantId), clock.now()];
    const decide = (throttle: Throttle) => take(throttle, policy, now);
    if ((await tenant.update(id, decide)) !== undefined) return;
    await tenant.insert(noTries(id, now));
    await tenant.update(id, decide);
  };
  /** `undefined`: it came to no answer. */
  const end = async (tenantId: string, { id, policy, forgives }: Counter, right: boolean | undefined): Promise<void> => {
    await throttles.in(tenantId).update(id, (throttle) => {
      if (right === false) return failTry(throttle, policy, clock.now());
      return right === true && forgives ? passTry(throttle) : dropTry(throttle);
    });
  };

  const attempt: GuessLimiter['attempt'] = async (guess, check) => {
    const { tenantId } = guess;
    const begun: Counter[] = [];
    let right: boolean | undefined;
    try {
      for (const counter of countersOf(guess)) {
        await step(tenantId, counter, beginTry);
        begun.push(counter);
      }
      right = await check();
      return right;
    } finally {
      for (const counter of begun) await end(tenantId, counter, right);
    }
  };

  return {
    attempt,
    count: async (guess) => {
      for (const counter of countersOf(guess)) await step(guess.tenantId, counter, countTry);
    },
    countEach: async (tenantId, counters) => {
      for (const { of, policy, excuse } of counters) {
        try {
          await step(tenantId, { id: idOf(tenantId, ...of), policy, forgives: false }, countTry);
        } catch (error) {
          const isPause = isDomainError(error) && error.kind === 'throttled';
          if (!isPause || (await excuse?.()) !== true) throw error;
        }
      }
    },
    countProbe: async (probe, policy = PROBE) => {
      await step(probe.tenantId, { id: addressId(probe), policy, forgives: false }, countTry);
    },
    refuseDuringPause: async (probe) => {
      const throttle = await throttles.in(probe.tenantId).find(addressId(probe));
      if (throttle !== undefined) refuseDuringPause(throttle, clock.now());
    },
  };
};
