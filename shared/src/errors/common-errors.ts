import { DomainError, type FieldFault } from './domain-error.js';

/** 404: the same answer for what does not exist and for what belongs to somebody else. */
export const notFound = (what: string): DomainError =>
  new DomainError(
    'not-found',
    `${what.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_NOT_FOUND`,
    `There is no such ${what}, or it is not yours to see.`,
  );

export const invalidInput = (errors: readonly FieldFault[]): DomainError =>
  new DomainError('invalid', 'VALIDATION_FAILED', errors.length === 1 ? 'One field is invalid.' : `${errors.length} fields are invalid.`, {
    errors,
  });

export const forbidden = (detail = 'Your role does not allow this.'): DomainError => new DomainError('forbidden', 'FORBIDDEN', detail);

export const unauthenticated = (detail = 'Sign in and send the access token as "Authorization: Bearer <token>".'): DomainError =>
  new DomainError('unauthenticated', 'UNAUTHENTICATED', detail);

/** 412: somebody else changed it since the caller read it. */
export const stale = (currentVersion: number): DomainError =>
  new DomainError('stale', 'STALE_VERSION', 'It was changed since you read it. Read it again, then repeat your change with the new ETag.', {
    extra: { currentVersion },
  });

export const unavailable = (what: string, retryAfter = 5): DomainError =>
  new DomainError(
    'unavailable',
    'DEPENDENCY_UNAVAILABLE',
    `${what} is away for the moment. Nothing was changed; try again in ${retryAfter} seconds.`,
    { retryAfter },
  );

/** 422: wrong, expired and used links are answered alike. */
export const linkInvalid = (): DomainError =>
  new DomainError('invalid', 'LINK_NOT_VALID', 'This link is not valid, has expired or was used before. Ask for a new one.', {
    errors: [{ path: 'token', message: 'is not valid, has expired or was used before' }],
  });
