import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const cannedReplyNotFound = (): DomainError => notFound('canned reply');

export const cannedReplyTitleTaken = (): DomainError =>
  new DomainError('conflict', 'CANNED_REPLY_TITLE_TAKEN', 'There is a canned reply with this title already. Choose another one.');

export const cannedReplyNotYours = (): DomainError =>
  new DomainError('forbidden', 'CANNED_REPLY_NOT_YOURS', 'Canned replies that are shared are made and changed at the desk.');
