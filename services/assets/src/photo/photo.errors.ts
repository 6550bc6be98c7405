import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const photoNotFound = (): DomainError => notFound('photo');

export const photoTypeNotSupported = (): DomainError =>
  new DomainError(
    'unsupported-media-type',
    'PHOTO_TYPE_NOT_SUPPORTED',
    'Send a JPEG, PNG, WebP or HEIC picture. What counts is its content, not its name.',
  );

export const photoLimitReached = (limit: number): DomainError =>
  new DomainError('conflict', 'PHOTO_LIMIT_REACHED', `A device can have at most ${limit} photos. Remove one first.`, { extra: { limit } });
