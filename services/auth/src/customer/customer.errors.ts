import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Candidate } from './same-customer.js';
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

/** For the desk: `candidates` are the customers that may be meant. */
export const customerAmbiguous = (candidates: readonly Candidate[]): DomainError =>
  new DomainError(
    'conflict',
    'CUSTOMER_AMBIGUOUS',
    'A customer with an account may be meant, and nobody has verified that this is the same person. ' +
      'Send the customerId of one of the candidates, or create the customer with POST /customers and send the new id.',
    { extra: { candidates } },
  );
