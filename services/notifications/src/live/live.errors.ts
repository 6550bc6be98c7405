import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Refusal } from './views.js';

const RETRY_AFTER_S = 30;

/** 429: this person has many streams open, or the instance as many as it holds. */
export const tooManyStreams = (): DomainError =>
  new DomainError('throttled', 'TOO_MANY_STREAMS', `Too many streams are open. Close one, or try again in ${RETRY_AFTER_S} seconds.`, {
    retryAfter: RETRY_AFTER_S,
  });

/** As the GET refuses it. */
export const refusedAs = ({ status, code, detail }: Refusal): DomainError =>
  new DomainError(status === 401 ? 'unauthenticated' : status === 403 ? 'forbidden' : 'not-found', code, detail);
