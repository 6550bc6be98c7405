import { DomainError } from '@riparo/shared/errors/domain-error';

/** Wrong, expired and used links are answered alike. */
export const linkInvalid = (): DomainError =>
  new DomainError('invalid', 'LINK_NOT_VALID', 'This link is not valid, has expired or was used before. Ask for a new one.', {
    errors: [{ path: 'token', message: 'is not valid, has expired or was used before' }],
  });
