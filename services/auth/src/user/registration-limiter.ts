import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { GuessLimiter } from '../throttle/guess-limiter.js';

/**
 * A customer's registration answers with tokens, so it cannot hide that an e-mail has an account. Who asks for many
 * that have one is made to wait, and during the pause learns nothing about any.
 */
export interface RegistrationLimiter {
  guard<T>(tenantId: string, ip: string, now: Date, register: () => Promise<T>): Promise<T>;
}

export const createRegistrationLimiter = (limiter: GuessLimiter): RegistrationLimiter => ({
  guard: async (tenantId, ip, now, register) => {
    const probe = { tenantId, purpose: 'registration', ip, now };
    await limiter.refuseDuringPause(probe);
    try {
      return await register();
    } catch (error) {
      if (isDomainError(error) && error.code === 'EMAIL_TAKEN') await limiter.countProbe(probe);
      throw error;
    }
  },
});
