import type { IncomingPaymentStatus } from '@riparo/shared/contracts/incoming-payments.events';
import type { Money } from '@riparo/shared/contracts/money';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FurtherMembers } from '@riparo/shared/errors/domain-error';
import { inWords } from '@riparo/shared/text/write-money';
import type { RefundState } from './payment.js';

export const paymentNotFound = (): DomainError => notFound('payment');
export const repairNotFound = (): DomainError => notFound('repair');
export const paymentMethodNotFound = (): DomainError => notFound('payment method');
export const paymentProofNotFound = (): DomainError => notFound('payment proof');

const conflict = (code: string, message: string, extra: FurtherMembers = {}): DomainError =>
  new DomainError('conflict', code, message, { extra });

export const onlinePaymentOff = (): DomainError =>
  conflict('ONLINE_PAYMENT_OFF', 'This centre takes no online payments. Pay by transfer or at the desk.');

export const repairAlreadyPaid = (): DomainError => conflict('REPAIR_ALREADY_PAID', 'Nothing is left to pay.');

export const repairWithoutOutcome = (current: string): DomainError =>
  conflict('REPAIR_WITHOUT_OUTCOME', `The repair is ${current}: what it costs is not known before the work has ended.`, { current });

export const paymentExceedsAmountLeft = (amountLeft: Money): DomainError =>
  conflict('PAYMENT_EXCEEDS_AMOUNT_LEFT', `No more than ${inWords(amountLeft)} is left to pay.`, { amountLeft });

export const tooManyAnnouncements = (most: number): DomainError =>
  conflict('PAYMENTS_WAITING', `${most} payments for this repair wait for the desk. Wait until it has looked at them.`);

export const paymentNotToVerify = (current: IncomingPaymentStatus): DomainError =>
  conflict('PAYMENT_NOT_TO_VERIFY', `The payment is ${current}: there is nothing to decide.`, { current });

/** Another decision is under way. */
export const paymentBeingDecided = (): DomainError =>
  conflict('PAYMENT_BEING_DECIDED', 'Somebody has just decided on this payment, and it is being carried out.');

export const paymentNotRefundable = (current: IncomingPaymentStatus): DomainError =>
  conflict('PAYMENT_NOT_REFUNDABLE', 'Only an online payment of a repair goes back this way. Use POST /repairs/:id/refund for others.', {
    current,
  });

export const refundExceedsPaid = (amountPaid: Money): DomainError =>
  conflict('REFUND_EXCEEDS_PAID', `${inWords(amountPaid)} of this payment is left, and no more can be given back.`, { amountPaid });

export const refundRefused = (why: string): DomainError => conflict('REFUND_REFUSED', `The payment provider refused the refund: ${why}`);

export const refundNotFound = (): DomainError => notFound('refund');

/** Nothing of it is left to the desk. */
export const refundNotToClear = (current: RefundState): DomainError =>
  conflict('REFUND_NOT_TO_CLEAR', `The refund is ${current}: there is nothing for the desk to clear.`, { current });

/** A direct debit, for example: the bank has not answered yet. */
export const paymentUnderWay = (amount: Money): DomainError =>
  conflict('PAYMENT_UNDER_WAY', `${inWords(amount)} has been paid online and is on its way. That can take some days.`, { amount });

export const onlinePaymentRefused = (why: string): DomainError =>
  conflict('ONLINE_PAYMENT_REFUSED', `The payment provider refused the payment: ${why}`);

export const proofTypeNotSupported = (): DomainError =>
  new DomainError(
    'unsupported-media-type',
    'PAYMENT_PROOF_TYPE_NOT_SUPPORTED',
    'Send a photo (JPEG, PNG, WebP, HEIC) or a PDF. What counts is its content, not its name.',
  );

export const proofNotTaken = (current: IncomingPaymentStatus): DomainError =>
  conflict('PAYMENT_PROOF_NOT_TAKEN', 'A proof belongs to an announced transfer that the desk has not decided on yet.', { current });

/** 400: the call is not from the provider, was changed on its way, or is too old. */
export const signatureNotValid = (): DomainError =>
  new DomainError('malformed', 'SIGNATURE_NOT_VALID', 'The signature of this call is not valid, or it is too old.');

/** The repair was paid or ended before the money could be booked. That the provider is off says nothing about money that moved. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError &&
  error.code !== 'ONLINE_PAYMENT_OFF' &&
  (error.kind === 'conflict' || error.kind === 'not-found' || error.kind === 'invalid');
