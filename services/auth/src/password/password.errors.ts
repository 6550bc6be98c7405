import { DomainError } from '@riparo/shared/errors/domain-error';

export const hashingBusy = (): DomainError =>
  new DomainError('throttled', 'SIGN_IN_BUSY', 'Too many people are signing in at this moment. Try again in a few seconds.', {
    retryAfter: 3,
  });
