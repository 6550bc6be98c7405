import { DomainError } from '@riparo/shared/errors/domain-error';

const RETRY_AFTER_S = 5;

/** No instance took the request, so nothing was done. */
export const serviceAway = (service: string, cause: unknown): DomainError =>
  new DomainError(
    'unavailable',
    'SERVICE_AWAY',
    `The ${service} service is away for the moment. Nothing was changed; try again in ${RETRY_AFTER_S} seconds.`,
    {
      retryAfter: RETRY_AFTER_S,
      cause,
    },
  );

/** The instance had the request and ended the connection before its answer: nobody knows whether the change was made. */
export const serviceBrokeOff = (service: string, cause: unknown): DomainError =>
  new DomainError(
    'unavailable',
    'SERVICE_BROKE_OFF',
    `The ${service} service broke off before it answered, so the change may or may not have been made. Repeat it with the same Idempotency-Key, or look first.`,
    { retryAfter: RETRY_AFTER_S, cause },
  );

/** The instance has the request and did not answer in time. Answered with 504. */
export const serviceTooSlow = (service: string, timeoutMs: number): DomainError =>
  new DomainError(
    'unavailable',
    'SERVICE_TOO_SLOW',
    `The ${service} service did not answer within ${Math.ceil(timeoutMs / 1_000)} seconds. A change may still be made; look before you repeat it.`,
    { retryAfter: RETRY_AFTER_S },
  );
