import type { GuessLimiter } from '../throttle/guess-limiter.js';
import { isDomainError } from '@riparo/shared/errors/domain-error';

/** Keeps somebody from finding out by registering which e-mails have an account: refusals by one address are counted. */
export interface RegistrationLimiter {
  guard<T>(tenantId: string, ip: string, now: Date, register: () => Promise<T>): Promise<T>;
}

export const createRegistrationLimiter = (limiter: GuessLimiter): RegistrationLimiter => ({
  guard: async (tenantId, ip, now, register) => {
    try {
      return await register();
    } catch (error) {
      if (isDomainError(error) && error.code === 'EMAIL_TAKEN')
        await limiter.beginByAddress({ tenantId, purpose: 'registration', ip, now });
      throw error;
    }
  },
});
