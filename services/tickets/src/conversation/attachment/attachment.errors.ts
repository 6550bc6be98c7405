import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const attachmentNotFound = (): DomainError => notFound('attachment');

export const attachmentTypeNotSupported = (): DomainError =>
  new DomainError(
    'unsupported-media-type',
    'ATTACHMENT_TYPE_NOT_SUPPORTED',
    'Send a photo (JPEG, PNG, WebP, HEIC) or a PDF. What counts is its content, not its name.',
  );

export const attachmentInUse = (): DomainError =>
  new DomainError('conflict', 'ATTACHMENT_IN_USE', 'The file belongs to an entry of a timeline already and stays there.');

export const ATTACHMENT_QUOTA_EXCEEDED = 'ATTACHMENT_QUOTA_EXCEEDED';

export const attachmentQuotaExceeded = (retryAfter: number): DomainError =>
  new DomainError('throttled', ATTACHMENT_QUOTA_EXCEEDED, 'You have sent as many files as one person may within a day.', { retryAfter });
