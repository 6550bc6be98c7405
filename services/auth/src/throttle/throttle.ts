import { DomainError } from '@riparo/shared/errors/domain-error';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { MINUTE_MS, SECOND_MS } from '@riparo/shared/time/units';

/** How often something was tried in vain by one address, for one account, or both. */
export interface Throttle extends Entity {
  readonly failures: number;
  /** Tries that are being looked at. */
  readonly pending: number;
  /** Until then further tries are refused without looking at them. */
  readonly lockedUntil?: Date;
  /** After that everything is forgotten; also tries that a crash left pending. */
  readonly expiresAt: Date;
}

export interface ThrottlePolicy {
  /** Failures that cost nothing: people mistype. */
  readonly free: number;
  /** Tries at the same moment: each may be a guess, so they are bounded before any of them has failed. */
  readonly atOnce: number;
  /** The first pause, in ms; each further failure doubles it. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Failures are forgotten after this long without another try, in ms. */
  readonly forgetAfterMs: number;
}

/** `5, then pauses of 30 s to 15 min`. */
export const inWords = ({ free, firstPauseMs, longestPauseMs }: ThrottlePolicy): string =>
  `${free}, then pauses of ${firstPauseMs / SECOND_MS} s to ${longestPauseMs / MINUTE_MS} min`;

const CODE = 'TOO_MANY_ATTEMPTS';
/** A limit that a throttle enforces. */
export const throttled = (name: string, about: string): LimitClass => ({ name, code: CODE, about });

const tooManyAttempts = (retryAfter: number): DomainError =>
  new DomainError('throttled', CODE, `Too many failed attempts. Try again in ${retryAfter} second(s).`, { retryAfter });

const later = (now: Date, ms: number): Date => new Date(now.getTime() + ms);

const pauseAfter = (failures: number, { free, firstPauseMs, longestPauseMs }: ThrottlePolicy): number =>
  failures < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - free, 30));

export const noTries = (id: string, now: Date): Draft<Throttle> => ({ id, failures: 0, pending: 0, expiresAt: now });

export const refuseDuringPause = ({ lockedUntil }: Throttle, now: Date): void => {
  if (lockedUntil !== undefined && lockedUntil > now) throw tooManyAttempts(Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
};

const withoutPause = ({ lockedUntil: _pause, ...throttle }: Throttle): Throttle => throttle;

/** Lets a try begin. One during a pause is refused, and does not make the pause longer. */
export const beginTry = (throttle: Throttle, policy: ThrottlePolicy, now: Date): Decision<Throttle> => {
  refuseDuringPause(throttle, now);
  const before = throttle.expiresAt <= now ? { ...throttle, failures: 0, pending: 0 } : throttle;
  if (before.pending >= policy.atOnce) throw tooManyAttempts(1);
  return { state: { ...withoutPause(before), pending: before.pending + 1, expiresAt: later(now, policy.forgetAfterMs) } };
};

const ended = (throttle: Throttle): Throttle => ({ ...throttle, pending: Math.max(0, throttle.pending - 1) });

/** The try did not come to an answer: it counts for nothing. */
export const dropTry = (throttle: Throttle): Decision<Throttle> => ({ state: ended(throttle) });

export const failTry = (throttle: Throttle, policy: ThrottlePolicy, now: Date): Decision<Throttle> => {
  const failures = throttle.failures + 1;
  const pause = pauseAfter(failures, policy);
  const counted = { ...ended(throttle), failures, expiresAt: later(now, Math.max(policy.forgetAfterMs, pause)) };
  return { state: pause === 0 ? counted : { ...counted, lockedUntil: later(now, pause) } };
};

/** Counts at once what is no guess but can only be asked so often. */
export const countTry = (throttle: Throttle, policy: ThrottlePolicy, now: Date): Decision<Throttle> =>
  failTry(beginTry(throttle, policy, now).state, policy, now);

/** The try was right: what was wrong before is forgotten. */
export const passTry = (throttle: Throttle): Decision<Throttle> => ({ state: { ...withoutPause(ended(throttle)), failures: 0 } });
