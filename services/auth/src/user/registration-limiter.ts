import { isDomainError } from '@riparo/shared/errors/domain-error';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { PROBE, type GuessLimiter } from '../throttle/guess-limiter.js';
import { inWords, throttled, type ThrottlePolicy } from '../throttle/throttle.js';

/**
 * Every registration costs a hash, a customer and a mail, so each counts, whether it succeeds or not, and before
 * anything is done for it. A customer's registration answers with tokens, so it cannot hide that an e-mail has an
 * account: who asks for many that have one is made to wait sooner, and during the pause learns nothing about any.
 */
export interface RegistrationLimiter {
  guard<T>(tenantId: string, ip: string, register: () => Promise<T>): Promise<T>;
}

/** Of one address: a class of thirty in one computer room registers within an hour. */
const REGISTRATIONS: ThrottlePolicy = {
  free: 30,
  atOnce: 30,
  firstPauseMs: MINUTE_MS,
  longestPauseMs: 60 * MINUTE_MS,
  forgetAfterMs: 60 * MINUTE_MS,
};

export const REGISTRATION_LIMIT = throttled(
  'registrations',
  `Registrations from one network address: ${inWords(REGISTRATIONS)}; with addresses that have an account: ${inWords(PROBE)}.`,
);

export const createRegistrationLimiter = (limiter: GuessLimiter): RegistrationLimiter => ({
  guard: async (tenantId, ip, register) => {
    const probe = { tenantId, purpose: 'registration', ip };
    await limiter.refuseDuringPause(probe);
    await limiter.countProbe({ tenantId, purpose: 'registering', ip }, REGISTRATIONS);
    try {
      return await register();
    } catch (error) {
      if (isDomainError(error) && error.code === 'EMAIL_TAKEN') await limiter.countProbe(probe);
      throw error;
    }
  },
});
