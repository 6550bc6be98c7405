import type { InvoiceEventV1 } from '@riparo/shared/contracts/invoices.events';
import { compact } from '@riparo/shared/json/compact';
import type { NoticesOf } from './ticket-notices.js';

/** The customer learns the number, the amount and where to read it; the paper itself is not sent around. */
export const notifyInvoiceIssued: NoticesOf<InvoiceEventV1> = ({ data: { invoice, at } }) => {
  const { id, number, kind, ticketId, subjectNumber, customerId, contactUserId, total, dueOn, credits } = invoice;
  const data = compact({
    number,
    receipt: kind === 'RECEIPT' ? true : undefined,
    creditNote: kind === 'CREDIT_NOTE' ? true : undefined,
    credits: credits?.number,
    forTicket: ticketId === undefined ? undefined : true,
    workNumber: subjectNumber,
    total,
    dueOn,
    customerId,
    path: `/invoices/${id}`,
    // From these comes the link for whoever has no account.
    invoiceId: id,
    invoiceFrom: at,
  });
  const target = compact({ kind: 'customer' as const, customerId, authorUserId: contactUserId });
  return [{ purpose: 'customer', template: 'invoice-issued', targets: [target], data }];
};
