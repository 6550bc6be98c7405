import type { FiscalIdentity, TaxRegime, VatExemption } from '@riparo/shared/contracts/centre-terms';
import type { CustomerType, PaymentMethod } from '@riparo/shared/contracts/enums';
import type { InvoiceKind, InvoiceStatus, PublishedInvoice } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { PriceLine, VatGroup } from '@riparo/shared/contracts/price-lines';
import { compact } from '@riparo/shared/json/compact';
import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import type { Language } from '@riparo/shared/time/write-time';
import type { WorkId } from '../work/work.js';
import type { Sums } from './issuing/charge.js';

/** The bytes of a document: where they lie, and their SHA-256 in hexadecimal digits. */
export interface KeptFile {
  readonly fileId: string;
  readonly sha256: string;
}

/** The centre as it was at the issue. */
export interface Seller {
  readonly companyName: string;
  readonly address?: string;
  readonly contactEmail?: string;
  readonly contactPhone?: string;
  readonly fiscalIdentity?: FiscalIdentity;
}

/** The customer as it was at the issue. */
export interface Buyer {
  readonly type: CustomerType;
  readonly name: string;
  readonly surname?: string;
  readonly contactEmail: string;
  readonly billingAddress?: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
    readonly country: string;
  };
  readonly fiscalCode?: string;
  readonly vatNumber?: string;
  readonly pec?: string;
  readonly sdiCode?: string;
}

/** A payment that had come in at the issue. */
export interface SettledBefore {
  readonly method: PaymentMethod;
  readonly amount: Money;
  /** `YYYY-MM-DD`. */
  readonly on: string;
}

/** What is on the paper. Nothing of it changes after the issue. */
export interface InvoiceContent extends Sums {
  readonly kind: InvoiceKind;
  readonly seller: Seller;
  readonly buyer: Buyer;
  readonly subject: {
    /** Number of the repair or of the ticket. */
    readonly number: string;
    readonly device?: { readonly brand: string; readonly model: string; readonly serialNumber: string };
  };
  /** The prices of all lines are without VAT; `vatGroups` are what counts, since charges in one sum include VAT. */
  readonly lines: readonly PriceLine[];
  readonly taxRegime?: TaxRegime;
  /** Why lines at 0 % bear no VAT. */
  readonly vatExemption?: VatExemption;
  readonly vatExemptionReason?: string;
  /** Owed to the state on documents above 77.47 EUR without VAT, see `fatturapa`. Part of `total` only where `chargesStampDuty`. */
  readonly stampDuty?: Money;
  readonly chargesStampDuty: boolean;
  /** Of a credit note: the stamp duty that the customer had paid and has back; part of `total`, and of no VAT group. */
  readonly stampDutyReturned?: Money;
  /** `YYYY-MM-DD` in the centre's time zone. */
  readonly issuedOn: string;
  readonly dueOn?: string;
  readonly settledBefore: readonly SettledBefore[];
  /** What was left to pay at the issue. */
  readonly leftToPay: Money;
  /** Of a credit note: the document that it takes back, and why. */
  readonly credits?: {
    readonly invoiceId: string;
    readonly number: string;
    /** What kind of document that is: what takes a receipt back is no fiscal document either. */
    readonly kind?: InvoiceKind;
    readonly issuedOn: string;
    readonly reason: string;
  };
  readonly language: Language;
}

/**
 * A credit note of an issued document. It is written down here first, so that credit notes together never take back more than the
 * document; the note itself, with its number, is made from it.
 */
export interface PromisedCredit {
  /** Id of the credit note. */
  readonly id: string;
  /** VAT included. */
  readonly total: Money;
  /** What is taken back at each rate; with the stamp duty and the rounding they are `total`. */
  readonly vatGroups: readonly VatGroup[];
  /** The stamp duty that goes back with it. */
  readonly stampDuty?: Money;
  readonly reason: string;
  readonly at: Date;
  /** Missing: the system, because the customer pays less. */
  readonly byUserId?: string;
  /** Once the credit note is issued. */
  readonly number?: string;
}

/** Money that came in for the document of a ticket; below 0: it went back. What is paid for a repair lies with the repair. */
export interface InvoicePayment {
  readonly id: string;
  readonly method: PaymentMethod;
  readonly amount: Money;
  readonly reference?: string;
  readonly at: Date;
  readonly byUserId: string;
}

/** An issued document: the paper, and what became of it. */
export interface Invoice extends Entity, WorkId {
  /** `A-2026-000001`: series, year, number. */
  readonly number: string;
  readonly series: string;
  readonly year: string;
  readonly sequence: number;
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly content: InvoiceContent;
  readonly issuedAt: Date;
  /** Missing: the system issued it at the hand-over. */
  readonly issuedByUserId?: string;
  readonly pdf?: KeptFile;
  /** The electronic invoice, once it was asked for; it is made once and kept. */
  readonly fatturapa?: KeptFile & {
    readonly progressive: string;
    readonly fileName: string;
    /** When it was put into the folder from which the operator sends it. */
    readonly droppedAt?: Date;
  };
  readonly status: InvoiceStatus;
  /** Of the document of a ticket: the oldest first. */
  readonly payments?: readonly InvoicePayment[];
  readonly paid: Money;
  readonly credited: Money;
  /** The oldest first. */
  readonly creditNotes?: readonly PromisedCredit[];
  /** The repair or ticket that no other document can be issued for now. */
  readonly inForceFor?: string;
  /** The version of the repair that the document last followed. */
  readonly workVersion?: number;
  /** Something is still to be done: the PDF is to be printed, or a credit note to be issued. */
  readonly unfinishedSince?: Date;
}

type Derived = 'status' | 'inForceFor' | 'unfinishedSince' | 'credited' | 'paid';
/** The stamp duty in the total, in cents: the customer pays it, or has it back. */
export const dutyInTotal = ({
  stampDuty,
  chargesStampDuty,
  stampDutyReturned,
}: Pick<InvoiceContent, 'stampDuty' | 'chargesStampDuty' | 'stampDutyReturned'>): number =>
  stampDutyReturned?.amount ?? (chargesStampDuty ? (stampDuty?.amount ?? 0) : 0);

/** What was not taken back, VAT included. */
export const restOf = ({ content, credited }: Pick<Invoice, 'content' | 'credited'>): number => content.total.amount - credited.amount;

type Balance = Pick<Invoice, 'content' | 'credited' | 'paid'>;

const money = ({ content }: Pick<Invoice, 'content'>, amount: number): Money => ({
  amount: Math.max(0, amount),
  currency: content.total.currency,
});

/** What is left to pay now. */
export const leftOf = (invoice: Balance): Money =>
  money(invoice, invoice.content.kind === 'CREDIT_NOTE' ? 0 : restOf(invoice) - invoice.paid.amount);

/** What was paid for the document of a ticket above what is left of it after its credit notes. */
export const overpaidOf = (invoice: Balance & Pick<Invoice, 'payments'>): Money =>
  money(invoice, invoice.payments === undefined ? 0 : invoice.paid.amount - restOf(invoice));

const statusOf = (invoice: Pick<Invoice, 'content' | 'paid' | 'credited'>): InvoiceStatus => {
  const rest = restOf(invoice);
  if (invoice.content.kind === 'CREDIT_NOTE') return 'ISSUED';
  if (rest <= 0) return 'CREDITED';
  if (invoice.paid.amount >= rest) return 'PAID';
  return invoice.paid.amount > 0 ? 'PARTLY_PAID' : 'ISSUED';
};

/** The fields that follow from the others. */
export const withDerived = <I extends Omit<Draft<Invoice>, Derived> & Pick<Invoice, 'paid'>>(invoice: I): I & Pick<Invoice, Derived> => {
  const { content, creditNotes = [], payments, issuedAt, pdf, repairId, ticketId } = invoice;
  const { currency } = content.total;
  const credited = { amount: creditNotes.reduce((sum, { total }) => sum + total.amount, 0), currency };
  const paid = payments === undefined ? invoice.paid : { amount: payments.reduce((sum, { amount }) => sum + amount.amount, 0), currency };
  const status = statusOf({ ...invoice, credited, paid });
  const isInForce = content.kind !== 'CREDIT_NOTE' && status !== 'CREDITED';
  const promised = creditNotes.find(({ number }) => number === undefined);
  const unfinishedSince = promised?.at ?? (pdf === undefined ? issuedAt : undefined);
  return compact({ ...invoice, credited, paid, status, inForceFor: isInForce ? (repairId ?? ticketId) : undefined, unfinishedSince });
};

/** The document as events carry it. */
export const published = (invoice: Invoice): PublishedInvoice => {
  const { id, number, repairId, ticketId, customerId, contactUserId, content, status } = invoice;
  const { kind, subject, issuedOn, dueOn, net, vat, total, vatGroups, credits } = content;
  const about = { id, number, kind, repairId, ticketId, subjectNumber: subject.number, customerId, contactUserId };
  const credited = credits && { invoiceId: credits.invoiceId, number: credits.number };
  // What is left of a repair's document is told by the repair.
  const left = ticketId === undefined || kind === 'CREDIT_NOTE' ? undefined : leftOf(invoice);
  return compact({ ...about, issuedOn, dueOn, net, vat, total, vatGroups, credits: credited, status, left });
};
