import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import { leftOf, overpaidOf, type Invoice, type InvoicePayment, type PromisedCredit } from './invoice.js';

type Viewer = Pick<Caller, 'customerId'>;

/** Credit notes that have their number; one that is being issued follows within a minute. */
const viewCredits = (notes: readonly PromisedCredit[]) =>
  notes.flatMap(({ id, number, total, at }) => (number === undefined ? [] : [{ id, number, total, at }]));

/** Who booked it is for staff. */
const viewPayment = (isStaff: boolean, { id, method, amount, reference, at, byUserId }: InvoicePayment) =>
  compact({ id, method, amount, reference, at, byUserId: isStaff ? byUserId : undefined });

/** One item of `GET /invoices`. */
export const viewListedInvoice = (invoice: Invoice) => {
  const { id, number, content, repairId, ticketId, customerId, status, paid, credited, issuedAt, createdAt, updatedAt, version } = invoice;
  const { kind, subject, issuedOn, dueOn, net, vat, total, credits } = content;
  const overpaid = overpaidOf(invoice);
  return compact({
    ...{ id, number, kind, status, repairId, ticketId, subjectNumber: subject.number, customerId, issuedOn, issuedAt, dueOn },
    ...{ net, vat, total, paid, credited, left: leftOf(invoice), credits },
    overpaid: overpaid.amount === 0 ? undefined : overpaid,
    ...{ createdAt, updatedAt, version },
  });
};

export const viewInvoice = ({ customerId: ofCustomer }: Viewer, invoice: Invoice) => {
  const { content, pdf, creditNotes = [], issuedByUserId } = invoice;
  const { seller, buyer, subject, lines, vatGroups, taxRegime, vatExemption, vatExemptionReason } = content;
  const { rounding, stampDuty, chargesStampDuty, stampDutyReturned, settledBefore, leftToPay, language } = content;
  return compact({
    ...viewListedInvoice(invoice),
    ...{ seller, buyer, device: subject.device, lines, vatGroups, taxRegime, vatExemption, vatExemptionReason },
    payments: (invoice.payments ?? []).map((payment) => viewPayment(ofCustomer === undefined, payment)),
    ...{ rounding, stampDuty, chargesStampDuty, stampDutyReturned, settledBefore, leftToPay, language },
    creditNotes: viewCredits(creditNotes),
    documentHash: pdf?.sha256,
    issuedByUserId: ofCustomer === undefined ? issuedByUserId : undefined,
  });
};
