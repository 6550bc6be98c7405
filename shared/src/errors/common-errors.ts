import { DomainError, type FieldFault } from './domain-error.js';

/** 404. A thing that does not exist and a thing of another customer get the same answer, so that nobody learns which things exist. */
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

/** 412: somebody else changed the thing since the caller read it. */
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

/** 422. Wrong, expired and used links get the same answer. */
export const linkInvalid = (): DomainError =>
  new DomainError('invalid', 'LINK_NOT_VALID', 'This link is not valid, has expired or was used before. Ask for a new one.', {
    errors: [{ path: 'token', message: 'is not valid, has expired or was used before' }],
  });
