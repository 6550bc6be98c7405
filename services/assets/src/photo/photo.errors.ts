import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const photoNotFound = (): DomainError => notFound('photo');

export const photoTypeNotSupported = (): DomainError =>
  new DomainError(
    'unsupported-media-type',
    'PHOTO_TYPE_NOT_SUPPORTED',
    'Send a JPEG, PNG or WebP picture. What counts is its content, not its name.',
  );

export const photoTooManyPixels = (maxPixels: number): DomainError =>
  new DomainError('too-large', 'PHOTO_TOO_MANY_PIXELS', `The picture has more than ${maxPixels / 1_000_000} megapixels.`);

export const photoUnreadable = (cause: unknown): DomainError => {
  const { kind, code, message, details } = invalidInput([{ path: 'photo', message: 'is not a readable picture' }]);
  return new DomainError(kind, code, message, { ...details, cause });
};

export const photoLimitReached = (limit: number): DomainError =>
  new DomainError('conflict', 'PHOTO_LIMIT_REACHED', `A device can have at most ${limit} photos. Remove one first.`, { extra: { limit } });
