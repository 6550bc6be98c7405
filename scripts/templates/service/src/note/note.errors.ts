import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const noteNotFound = (): DomainError => notFound('note');

export const noteLimitReached = (limit: number): DomainError =>
  new DomainError('conflict', 'NOTE_LIMIT_REACHED', `At most ${limit} notes are kept. Remove one first.`, { extra: { limit } });
