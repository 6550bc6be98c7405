import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';

export const inboundMailNotFound = (): DomainError => notFound('inbound mail');

export const inboundMailSettled = (currentStatus: string): DomainError =>
  new DomainError('conflict', 'INBOUND_MAIL_SETTLED', `What becomes of this mail is decided already: it is ${currentStatus}.`, {
    extra: { currentStatus },
  });

export const inboundMailBusy = (): DomainError =>
  new DomainError('conflict', 'INBOUND_MAIL_BUSY', 'A colleague is just deciding what becomes of this mail.');

/** `reason` is the code with which the tickets service refused it. */
export const inboundMailRefused = (reason: string): DomainError =>
  new DomainError('conflict', 'INBOUND_MAIL_REFUSED', `The mail cannot become that: ${reason}.`, { extra: { reason } });

/** 422: the sender is nobody whom the centre knows. */
export const customerNeeded = (): DomainError =>
  invalidInput([{ path: 'customerId', message: 'is required, because the sender is no customer' }]);
