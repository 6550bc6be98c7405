import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { OpenWorkCounts } from './open-work.js';

export const customerNotFound = (): DomainError => notFound('customer');

export const customerClosed = (): DomainError =>
  new DomainError('conflict', 'CUSTOMER_CLOSED', 'This customer is closed and can no longer be changed.');

export const customerHasOpenWork = (openWork: OpenWorkCounts): DomainError =>
  new DomainError(
    'conflict',
    'CUSTOMER_HAS_OPEN_WORK',
    'This customer still has open work. Close or cancel it first, then close the customer.',
    { extra: { openWork } },
  );
