import type { RepairStatus, TicketStatus } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError, type FurtherMembers } from '@riparo/shared/errors/domain-error';
import { inWords } from '@riparo/shared/text/write-money';
import type { Invoice } from './invoice.js';

export const invoiceNotFound = (): DomainError => notFound('invoice');

const conflict = (code: string, message: string, extra: FurtherMembers = {}): DomainError =>
  new DomainError('conflict', code, message, { extra });

/** Another document for the same repair or ticket is in force. */
export const invoiceInForce = (other: Pick<Invoice, 'id' | 'number' | 'status'> | undefined): DomainError =>
  conflict(
    'INVOICE_IN_FORCE',
    other === undefined
      ? 'There is a document for this work already.'
      : `${other.number} was issued for this work. Take it back with a credit note before you issue another document.`,
    other === undefined ? {} : { invoiceId: other.id, number: other.number, current: other.status },
  );

export const repairWithoutOutcome = (current: RepairStatus): DomainError =>
  conflict('REPAIR_WITHOUT_OUTCOME', `The repair is ${current}: what it costs is not known before the work has ended.`, { current });

export const ticketNotResolved = (current: TicketStatus): DomainError =>
  conflict('TICKET_NOT_RESOLVED', `The ticket is ${current}: documents are issued once it is resolved.`, { current });

/** Its work is charged with that of the ticket that it was merged into. */
export const ticketMerged = (mergedIntoId: string): DomainError =>
  conflict('TICKET_MERGED', 'The ticket was merged into another one: issue the document for that one.', { mergedIntoId });

export const ticketWithoutCharge = (): DomainError =>
  conflict('TICKET_WITHOUT_CHARGE', 'No quote for the ticket was accepted, and no work report was closed: there is nothing to charge.');

export const nothingToInvoice = (): DomainError =>
  conflict('NOTHING_TO_INVOICE', 'The customer is charged nothing, so there is no document to issue.');

export const invoiceNotCreditable = (): DomainError =>
  conflict('INVOICE_NOT_CREDITABLE', 'A credit note is not taken back. Issue the document again.');

export const invoiceAlreadyCredited = (): DomainError =>
  conflict('INVOICE_ALREADY_CREDITED', 'All of the document was taken back already.');

/** What is paid for a repair is booked on the repair: the tickets service alone says what is left of it. */
export const paidOnRepair = (repairId: string): DomainError =>
  conflict('PAID_ON_REPAIR', 'The document is for a repair: book the money on the repair.', { repairId });

export const invoiceNotPayable = (): DomainError => conflict('INVOICE_NOT_PAYABLE', 'A credit note is not paid.');

export const moreThanLeft = (left: Money): DomainError =>
  conflict('PAYMENT_EXCEEDS_AMOUNT_LEFT', `No more than ${inWords(left)} is left to pay.`, { amountLeft: left });

export const nothingToGiveBack = (amountOverpaid: Money): DomainError =>
  conflict(
    'REFUND_EXCEEDS_OVERPAID',
    `No more than ${inWords(amountOverpaid)} was paid too much. Take the document back with a credit note first.`,
    { amountOverpaid },
  );
