import { InvoiceUpdated } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedPayment } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Decision } from '@riparo/shared/persistence/repository';
import { compact } from '@riparo/shared/json/compact';
import { invoiceNotPayable, moreThanLeft, nothingToGiveBack, paidOnRepair } from '../invoice.errors.js';
import { overpaidOf, leftOf, published, withDerived, type Invoice, type InvoicePayment } from '../invoice.js';

/** What is told of every change of what was paid or taken back. */
export const invoiceUpdated = (invoice: Invoice, at: Date, actorUserId: string | undefined) =>
  InvoiceUpdated.with(
    compact({ invoice: published(invoice), payments: (invoice.payments ?? []).map(publishedPayment), at: at.toISOString(), actorUserId }),
  );

export const publishedPayment = ({ id, method, amount, reference, at }: InvoicePayment): PublishedPayment =>
  compact({ id, method, amount, reference, at: at.toISOString() });

/** What comes in or goes out; `amount` in minor units, or with its currency. */
export interface MoneyMoved extends Pick<InvoicePayment, 'id' | 'method' | 'reference' | 'at' | 'byUserId'> {
  readonly amount: Money | number;
}

/** A bare number is in the currency of the document. */
const inCurrencyOf = ({ content }: Invoice, amount: Money | number): Money => {
  const { currency } = content.total;
  if (typeof amount === 'number') return { amount, currency };
  if (amount.currency !== currency) throw invalidInput([{ path: 'amount', message: `must be in ${currency}, as the document is` }]);
  return amount;
};

/** What is paid for a repair lies with the repair; a credit note is not paid. */
const refuseUnlessOfTicket = ({ content, repairId }: Invoice): void => {
  if (content.kind === 'CREDIT_NOTE') throw invoiceNotPayable();
  if (repairId !== undefined) throw paidOnRepair(repairId);
};

const booked = (before: Invoice, { amount, ...moved }: MoneyMoved, money: Money): Decision<Invoice> => {
  const state = withDerived({ ...before, payments: [...(before.payments ?? []), { ...moved, amount: money }] });
  return { state, events: [invoiceUpdated(state, moved.at, moved.byUserId)] };
};

const isBooked = ({ payments = [] }: Invoice, { id }: MoneyMoved): boolean => payments.some((payment) => payment.id === id);

/** Books money that came in for the document of a ticket: the whole rest or a part. */
export const payInto = (before: Invoice, moved: MoneyMoved): Decision<Invoice> => {
  refuseUnlessOfTicket(before);
  if (isBooked(before, moved)) return { state: before };
  const amount = inCurrencyOf(before, moved.amount);
  const left = leftOf(before);
  if (amount.amount > left.amount) throw moreThanLeft(left);
  return booked(before, moved, amount);
};

/** Books money that goes back to the customer: what was paid for a document that credit notes took back since. */
export const giveBack = (before: Invoice, moved: MoneyMoved): Decision<Invoice> => {
  refuseUnlessOfTicket(before);
  if (isBooked(before, moved)) return { state: before };
  const { amount, currency } = inCurrencyOf(before, moved.amount);
  const overpaid = overpaidOf(before);
  if (amount > overpaid.amount) throw nothingToGiveBack(overpaid);
  return booked(before, moved, { amount: -amount, currency });
};
