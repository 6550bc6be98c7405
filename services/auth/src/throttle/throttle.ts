import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { tooManyAttempts } from './throttle.errors.js';

/** How often something was tried in vain by one address, for one account, or both. */
export interface Throttle extends Entity {
  readonly failures: number;
  /** Until then further tries are refused without looking at them. */
  readonly lockedUntil?: Date;
  /** After that the failures are forgotten. */
  readonly expiresAt: Date;
}

export interface ThrottlePolicy {
  /** Failures that cost nothing: people mistype. */
  readonly free: number;
  /** The first pause, in ms; each further failure doubles it. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** Failures are forgotten after this long without another, in ms. */
  readonly forgetAfterMs: number;
}

const pauseAfter = (failures: number, { free, firstPauseMs, longestPauseMs }: ThrottlePolicy): number =>
  failures < free ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - free, 30));

const counted = (failures: number, policy: ThrottlePolicy, now: Date): Omit<Throttle, keyof Entity> => {
  const pause = pauseAfter(failures, policy);
  return {
    failures,
    ...(pause === 0 ? {} : { lockedUntil: new Date(now.getTime() + pause) }),
    expiresAt: new Date(now.getTime() + Math.max(policy.forgetAfterMs, pause)),
  };
};

export const noTries = (id: string, now: Date): Draft<Throttle> => ({ id, failures: 0, expiresAt: now });

export const refuseDuringPause = ({ lockedUntil }: Throttle, now: Date): void => {
  if (lockedUntil !== undefined && lockedUntil > now) throw tooManyAttempts(Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000));
};

/**
 * Counts a try before it is looked at, so that a hundred at once are a hundred; a success takes it back. A try during a
 * pause is refused and does not make the pause longer.
 */
export const countTry = (throttle: Throttle, policy: ThrottlePolicy, now: Date): Decision<Throttle> => {
  refuseDuringPause(throttle, now);
  const { expiresAt, failures, id, version, createdAt, updatedAt } = throttle;
  const entity = { id, version, createdAt, updatedAt };
  return { state: { ...entity, ...counted(expiresAt <= now ? 1 : failures + 1, policy, now) } };
};

/** Takes one try back. */
export const forgive = ({ lockedUntil: _pause, ...throttle }: Throttle): Decision<Throttle> => ({
  state: { ...throttle, failures: Math.max(0, throttle.failures - 1) },
});

/** Forgets every failure. */
export const forget = ({ lockedUntil: _pause, ...throttle }: Throttle): Decision<Throttle> => ({ state: { ...throttle, failures: 0 } });
