import { DomainError } from '@riparo/shared/errors/domain-error';

export const tooManyAttempts = (retryAfter: number): DomainError =>
  new DomainError('throttled', 'TOO_MANY_ATTEMPTS', `Too many failed attempts. Try again in ${retryAfter} second(s).`, { retryAfter });
