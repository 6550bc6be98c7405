import { DEFAULT_INVOICE_TERMS, type InvoiceTerms } from '@riparo/shared/contracts/centre-terms';
import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import type { Draft } from '@riparo/shared/persistence/repository';
import type { Language } from '@riparo/shared/time/write-time';
import { DateTime } from 'luxon';
import { dayAfter, type Centre } from '../../centre.js';
import type { WorkId } from '../../work/work.js';
import { withDerived, type Buyer, type Invoice, type InvoiceContent, type Seller, type SettledBefore } from '../invoice.js';
import { chargedFor, chargeOf, isOneSum, linesOfRepair, owesStampDuty, STAMP_DUTY, type Charge } from './charge.js';
import { adjustingWords } from './words.js';

type Terms = Partial<Pick<Centre, 'invoiceTerms'>>;

export const termsOf = ({ invoiceTerms }: Terms): InvoiceTerms => invoiceTerms ?? DEFAULT_INVOICE_TERMS;

/** Receipts, and what takes them back, are numbered apart: the numbers of invoices are for the tax office. */
export const seriesOf = (terms: InvoiceTerms, isReceipt: boolean): string => (isReceipt ? `${terms.series}R` : terms.series);

export const numberOf = (series: string, year: string, sequence: number): string =>
  `${series}-${year}-${String(sequence).padStart(6, '0')}`;

export const sellerOf = ({ companyName, address, contactEmail, contactPhone, fiscalIdentity }: Centre): Seller =>
  compact({ companyName, address, contactEmail, contactPhone, fiscalIdentity });

type Stamp = Pick<InvoiceContent, 'stampDuty' | 'chargesStampDuty'>;

/** A charge with the stamp duty that the document owes. */
export type StampedCharge = Charge & Stamp;

const unstamped: Stamp = { chargesStampDuty: false };

const stamped = (charge: Charge, terms: InvoiceTerms, chargesStampDuty: boolean): StampedCharge => {
  const { currency } = charge.total;
  if (!owesStampDuty(charge, terms.vatExemption)) return { ...charge, ...unstamped };
  const duty = chargesStampDuty ? STAMP_DUTY : 0;
  const total = { amount: charge.total.amount + duty, currency };
  return { ...charge, total, stampDuty: { amount: STAMP_DUTY, currency }, chargesStampDuty };
};

/**
 * What a repair is charged, on paper. No more than that is ever asked for: where the customer pays the stamp duty, it is taken out
 * of a charge that was said in one sum. Where lines say what is charged, the centre bears the duty unless a line asks for it.
 */
export const chargeOfRepair = (repair: PublishedRepair, terms: InvoiceTerms, isReceipt: boolean, language: Language): StampedCharge => {
  const { currency } = repair.amountDue;
  const charged = chargedFor(repair);
  const words = adjustingWords(language);
  const whole = chargeOf(linesOfRepair(repair, terms.vatRate), charged, currency, words);
  if (isReceipt) return { ...whole, ...unstamped };
  if (terms.chargesStampDuty && isOneSum(repair) && owesStampDuty(whole, terms.vatExemption)) {
    const less = chargeOf(linesOfRepair(repair, terms.vatRate, STAMP_DUTY), charged - STAMP_DUTY, currency, words);
    if (owesStampDuty(less, terms.vatExemption)) return stamped(less, terms, true);
  }
  return stamped(whole, terms, false);
};

/** What an accepted quote or the work reports of a ticket ask for. */
export const chargeOfTicket = (
  { lines, total }: { readonly lines: readonly PriceLine[]; readonly total: { readonly amount: number; readonly currency: string } },
  terms: InvoiceTerms,
  isReceipt: boolean,
  language: Language,
): StampedCharge => {
  const charge = chargeOf(lines, total.amount, total.currency, adjustingWords(language));
  return isReceipt ? { ...charge, ...unstamped } : stamped(charge, terms, false);
};

/** The payments and refunds of a repair so far. */
export const settledOf = ({ payments = [] }: PublishedRepair, centre: Pick<Centre, 'timeZone'>): readonly SettledBefore[] =>
  payments.map(({ method, amount, at }) => ({ method, amount, on: dayAfter(new Date(at), centre) }));

/** Everything that a document is issued from; its number and its day come with the place in the series. */
export interface Issuing extends WorkId {
  readonly id: string;
  readonly kind: 'INVOICE' | 'RECEIPT';
  readonly workVersion?: number;
  readonly subject: InvoiceContent['subject'];
  readonly customerId: string;
  readonly contactUserId?: string;
  readonly centre: Centre;
  readonly buyer: Buyer;
  readonly charge: StampedCharge;
  readonly settledBefore: readonly SettledBefore[];
  /** Minor units. */
  readonly paid: number;
  readonly language: Language;
  readonly at: Date;
  readonly year: string;
  readonly byUserId?: string;
}

/** The place of a document in its series. */
export interface Place {
  readonly series: string;
  readonly year: string;
  readonly sequence: number;
  /** The document before it. */
  readonly before?: Invoice | undefined;
}

const later = <T extends Date | string>(one: T, other: T | undefined): T => (other !== undefined && other > one ? other : one);

/** Number, day and moment of a document: the day is never before the one of the document before it, whatever the clock says. */
export const placed = ({ series, year, sequence, before }: Place, at: Date, today: string) => ({
  numbering: { number: numberOf(series, year, sequence), series, year, sequence },
  issuedOn: later(today, before?.content.issuedOn),
  issuedAt: later(at, before?.issuedAt),
});

const plusDays = (day: string, days: number): string => DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');

/** The reason for 0 %, on documents that have such lines. */
export const exemptionOf = ({ vatGroups }: Pick<Charge, 'vatGroups'>, { vatExemption, vatExemptionReason }: InvoiceTerms) =>
  vatGroups.some(({ vatRate }) => vatRate === 0) ? { vatExemption, vatExemptionReason } : {};

/** An invoice or a receipt. */
export const issue = (issuing: Issuing, sequence: number, before: Invoice | undefined): Draft<Invoice> => {
  const { id, kind, repairId, ticketId, workVersion, centre, charge, paid, at, byUserId, customerId, contactUserId } = issuing;
  const terms = termsOf(centre);
  const series = seriesOf(terms, kind === 'RECEIPT');
  const place = { series, year: issuing.year, sequence, before };
  const { numbering, issuedOn, issuedAt } = placed(place, at, dayAfter(at, centre));
  const { currency } = charge.total;
  const left = Math.max(0, charge.total.amount - paid);
  const content: InvoiceContent = compact({
    kind,
    seller: sellerOf(centre),
    buyer: issuing.buyer,
    subject: issuing.subject,
    ...charge,
    taxRegime: centre.fiscalIdentity?.taxRegime,
    ...exemptionOf(charge, terms),
    issuedOn,
    dueOn: kind === 'INVOICE' && left > 0 ? plusDays(issuedOn, terms.dueDays) : undefined,
    settledBefore: issuing.settledBefore,
    leftToPay: { amount: left, currency },
    language: issuing.language,
  });
  const about = { id, ...numbering, repairId, ticketId, workVersion, customerId, contactUserId, issuedAt, issuedByUserId: byUserId };
  return withDerived(compact({ ...about, content, paid: { amount: Math.min(paid, charge.total.amount), currency } }));
};
