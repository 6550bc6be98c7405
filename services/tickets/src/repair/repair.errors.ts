import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import { inWords } from '@riparo/shared/text/write-money';

export const repairNotFound = (): DomainError => notFound('repair');

const orNothing = (allowed: readonly RepairStatus[]): string =>
  allowed.length === 0 ? 'You cannot change its status.' : `You can turn it into ${allowed.join(' or ')}.`;

export const repairTransitionNotAllowed = (current: RepairStatus, wanted: RepairStatus, allowed: readonly RepairStatus[]): DomainError =>
  new DomainError(
    'conflict',
    'REPAIR_TRANSITION_NOT_ALLOWED',
    `The repair is ${current} and cannot become ${wanted}. ${orNothing(allowed)}`,
    { extra: { current, allowed } },
  );

export const repairTimelineFull = (): DomainError =>
  new DomainError('conflict', 'REPAIR_TIMELINE_FULL', 'The timeline is full. Close this repair and open a new one that names its number.');

export const devicePasswordNotFound = (): DomainError => notFound('device password');

export const devicePasswordUnreadable = (why: string, cause?: unknown): DomainError =>
  new DomainError('conflict', 'DEVICE_PASSWORD_UNREADABLE', `The device password cannot be read. ${why} Ask the customer for it again.`, {
    cause,
  });

/** `action` is the endpoint that takes the further data which this status needs. */
export const repairStatusByAction = (wanted: RepairStatus, action: string): DomainError =>
  new DomainError('conflict', 'REPAIR_STATUS_BY_ACTION', `A repair becomes ${wanted} through ${action}, which takes what belongs to it.`, {
    extra: { action },
  });

export const repairNotAssignedToYou = (): DomainError =>
  new DomainError('forbidden', 'REPAIR_NOT_ASSIGNED_TO_YOU', 'The repair is not assigned to you. Take it first.');

export const repairAlreadyAssigned = (): DomainError =>
  new DomainError('conflict', 'REPAIR_ALREADY_ASSIGNED', 'Somebody else has the repair already.');

/** The repair is over, so nothing on its sheet changes any more. */
export const repairNotActive = (current: RepairStatus): DomainError =>
  new DomainError('conflict', 'REPAIR_NOT_ACTIVE', `The repair is ${current} and can no longer be changed.`, { extra: { current } });

/** The technician's work has ended, but the repair goes on at the desk. */
export const repairWorkEnded = (current: RepairStatus): DomainError =>
  new DomainError('conflict', 'REPAIR_WORK_ENDED', `The repair is ${current}: the work on it has ended.`, { extra: { current } });

export const repairClosed = (): DomainError =>
  new DomainError('conflict', 'REPAIR_CLOSED', 'The repair is closed. Open a new one that names its number.');

export const repairWithoutOutcome = (current: RepairStatus): DomainError =>
  new DomainError('conflict', 'REPAIR_WITHOUT_OUTCOME', `The repair is ${current}: what it costs is not known before the work has ended.`, {
    extra: { current },
  });

export const repairAlreadyPaid = (): DomainError => new DomainError('conflict', 'REPAIR_ALREADY_PAID', 'Nothing is left to pay.');

export const paymentExceedsAmountLeft = (amountLeft: Money): DomainError =>
  new DomainError('conflict', 'PAYMENT_EXCEEDS_AMOUNT_LEFT', `No more than ${inWords(amountLeft)} is left to pay.`, {
    extra: { amountLeft },
  });

export const repairNotPaid = (amountLeft: Money): DomainError =>
  new DomainError('conflict', 'REPAIR_NOT_PAID', `${inWords(amountLeft)} is left to pay. Take the payment, or waive it with a reason.`, {
    extra: { amountLeft },
  });

/** A deposit above what the quote says. */
export const depositExceedsQuote = (quoteNumber: string, amountLeft: Money): DomainError =>
  new DomainError(
    'conflict',
    'DEPOSIT_EXCEEDS_QUOTE',
    `Quote ${quoteNumber} leaves ${inWords(amountLeft)} to pay in advance, and no more is taken.`,
    { extra: { number: quoteNumber, amountLeft } },
  );

export const depositTooHigh = (amountLeft: Money): DomainError =>
  new DomainError('conflict', 'DEPOSIT_TOO_HIGH', `Without a quote no more than ${inWords(amountLeft)} is taken in advance.`, {
    extra: { amountLeft },
  });

/** More was paid than is charged. */
export const refundDue = (amountOverpaid: Money): DomainError =>
  new DomainError('conflict', 'REFUND_DUE', `${inWords(amountOverpaid)} was paid too much. Give it back first.`, {
    extra: { amountOverpaid },
  });

export const refundExceedsPaid = (amountPaid: Money): DomainError =>
  new DomainError('conflict', 'REFUND_EXCEEDS_PAID', `${inWords(amountPaid)} was paid, and no more can be given back.`, {
    extra: { amountPaid },
  });

/** A refund of what was paid too much and of more. */
export const refundSpansOverpayment = (amountOverpaid: Money): DomainError =>
  new DomainError(
    'conflict',
    'REFUND_SPANS_OVERPAYMENT',
    `${inWords(amountOverpaid)} of it was paid too much. Give that back first, and the rest in a second refund.`,
    { extra: { amountOverpaid } },
  );

/** Nothing is paid too much, or no longer. */
export const nothingOverpaid = (): DomainError =>
  new DomainError(
    'conflict',
    'NOTHING_OVERPAID',
    'Nothing is paid too much any more. If the customer is to pay less in all, make the refund a REDUCTION.',
  );

export const refundAfterClosing = (): DomainError =>
  new DomainError(
    'conflict',
    'REFUND_AFTER_CLOSING',
    'The device was handed back, so nothing can become due again. Make the refund a REDUCTION.',
  );

/** More than the customer accepted. */
export const quoteExceeded = (accepted: Money, charged: Money): DomainError =>
  new DomainError(
    'conflict',
    'QUOTE_EXCEEDED',
    `The customer accepted ${inWords(accepted)}, and ${inWords(charged)} would be charged. Send a new version of the quote first.`,
    { extra: { accepted, charged } },
  );

export const refusalFeeExceeded = (agreed: Money, charged: Money): DomainError =>
  new DomainError(
    'conflict',
    'REFUSAL_FEE_EXCEEDED',
    `${inWords(agreed)} was agreed for a repair that is not done, and ${inWords(charged)} would be charged.`,
    { extra: { agreed, charged } },
  );

export const nothingUnderWarranty = (why: string): DomainError =>
  new DomainError('conflict', 'NOTHING_UNDER_WARRANTY', `${why} Take the device in as a new repair.`);

export const quoteNotDecided = (number: string): DomainError =>
  new DomainError(
    'conflict',
    'QUOTE_NOT_DECIDED',
    `The customer has not decided on ${number} yet. Wait for the answer, enter it at the counter, or withdraw the quote.`,
    { extra: { number } },
  );
export const TOO_MANY_GUESSES = 'TOO_MANY_ATTEMPTS';

/** Too many wrong guesses. The waiting time does not depend on how near the guesses were. */
export const tooManyGuesses = (retryAfter: number): DomainError =>
  new DomainError('throttled', TOO_MANY_GUESSES, `Too many wrong pairs. Try again in ${retryAfter} second(s).`, { retryAfter });
