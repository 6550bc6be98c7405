import { DomainError } from '@riparo/shared/errors/domain-error';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';

/** Passwords are hashed by a few threads. */
export const HASHING_LIMIT: LimitClass = {
  name: 'hashing',
  code: 'SIGN_IN_BUSY',
  about: 'Passwords of everybody that wait to be checked or kept at the same time.',
};

export const hashingBusy = (): DomainError =>
  new DomainError('throttled', HASHING_LIMIT.code, 'Too many people are signing in at this moment. Try again in a few seconds.', {
    retryAfter: 3,
  });
