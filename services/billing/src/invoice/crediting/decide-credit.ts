import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { netOf, vatOf, type PriceLine, type VatGroup } from '@riparo/shared/contracts/price-lines';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft } from '@riparo/shared/persistence/repository';
import { dayAfter, type Centre } from '../../centre.js';
import { invoiceAlreadyCredited, invoiceNotCreditable } from '../invoice.errors.js';
import { dutyInTotal, restOf, withDerived, type Invoice, type InvoiceContent, type PromisedCredit } from '../invoice.js';
import { chargedFor, owesStampDuty, spread, STAMP_DUTY, sumsOf } from '../issuing/charge.js';
import { placed, seriesOf, termsOf } from '../issuing/decide-issue.js';
import { invoiceUpdated } from '../paying/decide-payment.js';
import { creditLine, reducedReason } from '../issuing/words.js';

/** What of a document was not taken back yet: what is charged without VAT at each rate, and the stamp duty that the customer paid. */
interface Open {
  readonly nets: readonly (readonly [vatRate: number, net: number])[];
  readonly duty: number;
}

const openOf = ({ content, creditNotes = [] }: Pick<Invoice, 'content' | 'creditNotes'>): Open => {
  const credited = creditNotes.flatMap((note) => note.vatGroups);
  const takenBack = (rate: number): number =>
    credited.filter(({ vatRate }) => vatRate === rate).reduce((sum, { net }) => sum + net.amount, 0);
  return {
    nets: content.vatGroups.map(({ vatRate, net }) => [vatRate, Math.max(0, net.amount - takenBack(vatRate))]),
    duty: dutyInTotal(content) - creditNotes.reduce((sum, { stampDuty }) => sum + (stampDuty?.amount ?? 0), 0),
  };
};

/**
 * An amount with VAT split over the rates, and then the stamp duty: it goes back last. VAT is counted on what is taken back without
 * VAT, as on every document; cents that are missing are the rounding of the credit note. The last one takes all that is left.
 */
const split = (
  { nets, duty }: Open,
  amount: number,
  currency: string,
  isRest: boolean,
): Pick<PromisedCredit, 'vatGroups' | 'stampDuty'> => {
  const weights = nets.map(([vatRate, net]) => net + vatOf(net, vatRate));
  const taxed = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = spread(Math.min(amount, taxed), weights);
  const groups = nets.map(([vatRate, net], index): VatGroup => {
    const part = isRest ? net : Math.min(net, netOf(shares[index] ?? 0, vatRate));
    return { vatRate, net: { amount: part, currency }, vat: { amount: vatOf(part, vatRate), currency } };
  });
  const some = groups.filter(({ net }) => net.amount > 0);
  const back = isRest ? duty : Math.min(duty, Math.max(0, amount - taxed));
  // Where only the stamp duty or a cent of rounding is left, the document still names a rate.
  return { vatGroups: some.length === 0 ? groups.slice(-1) : some, ...(back === 0 ? {} : { stampDuty: { amount: back, currency } }) };
};

interface Wanted extends Pick<PromisedCredit, 'id' | 'reason' | 'at' | 'byUserId'> {
  /** Minor units, VAT included. */
  readonly amount: number;
}

const promise = (invoice: Invoice, { amount, ...note }: Wanted): Invoice => {
  const { currency } = invoice.content.total;
  const parts = split(openOf(invoice), amount, currency, amount === restOf(invoice));
  const credit: PromisedCredit = { ...note, total: { amount, currency }, ...parts };
  return withDerived({ ...invoice, creditNotes: [...(invoice.creditNotes ?? []), credit] });
};

/** Takes back all that is left of a document. */
export const creditRest = (invoice: Invoice, note: Omit<Wanted, 'amount'>): Decision<Invoice> => {
  if (invoice.content.kind === 'CREDIT_NOTE') throw invoiceNotCreditable();
  if (invoice.creditNotes?.some(({ id }) => id === note.id) === true) return { state: invoice };
  const amount = restOf(invoice);
  if (amount <= 0) throw invoiceAlreadyCredited();
  const state = promise(invoice, { ...note, amount });
  return { state, events: invoice.ticketId === undefined ? [] : [invoiceUpdated(state, note.at, note.byUserId)] };
};

/**
 * Brings the document in line with the repair: what was paid, and a credit note for what the customer no longer pays. What the
 * document has followed already, or was issued from, changes nothing.
 */
export const followRepair = (
  invoice: Invoice,
  repair: PublishedRepair & { readonly version: number },
  note: { readonly id: string; readonly at: Date },
): Decision<Invoice> => {
  if (invoice.inForceFor === undefined || repair.version <= (invoice.workVersion ?? 0)) return { state: invoice };
  const excess = restOf(invoice) - chargedFor(repair);
  const reason = reducedReason(invoice.content.language);
  const reduced = excess > 0 ? promise(invoice, { ...note, amount: excess, reason }) : invoice;
  const paid = Math.max(0, Math.min(repair.amountPaid.amount, restOf(reduced)));
  const { currency } = invoice.content.total;
  return { state: withDerived({ ...reduced, paid: { amount: paid, currency }, workVersion: repair.version }) };
};

/** All of the document is taken back at once: then the credit note has its lines. */
const isWhole = ({ content }: Invoice, { total }: PromisedCredit): boolean => total.amount === content.total.amount;

const linesOf = (invoice: Invoice, note: PromisedCredit): readonly PriceLine[] =>
  isWhole(invoice, note)
    ? invoice.content.lines
    : note.vatGroups.map(({ vatRate, net }) => ({
        kind: 'FEE',
        description: creditLine(invoice.content.language, invoice.number),
        quantity: 1,
        unitPrice: net,
        vatRate,
      }));

const later = (one: string, other: string): string => (other > one ? other : one);

/** The credit note that was promised. Whom it is made out to is what the document says. */
export const issueCredit = (
  invoice: Invoice,
  note: PromisedCredit,
  centre: Centre,
  year: string,
  sequence: number,
  before: Invoice | undefined,
): Draft<Invoice> => {
  const { content, repairId, ticketId, customerId, contactUserId } = invoice;
  const { currency } = note.total;
  const series = creditSeriesOf(invoice, centre);
  const today = later(dayAfter(note.at, centre), content.issuedOn);
  const { numbering, issuedOn, issuedAt } = placed({ series, year, sequence, before }, note.at, today);
  const { seller, buyer, subject, taxRegime, vatExemption, vatExemptionReason, language } = content;
  const sums = sumsOf(note.vatGroups, currency, note.total.amount - (note.stampDuty?.amount ?? 0));
  // Not that the customer pays it: a credit note owes the duty as every document does, and the centre bears it.
  const owesDuty = content.kind === 'INVOICE' && owesStampDuty(sums, vatExemption);
  const paper: InvoiceContent = compact({
    ...{ kind: 'CREDIT_NOTE' as const, seller, buyer, subject, lines: linesOf(invoice, note), ...sums, total: note.total },
    ...{ taxRegime, vatExemption, vatExemptionReason, issuedOn, settledBefore: [] },
    stampDuty: owesDuty ? { amount: STAMP_DUTY, currency } : undefined,
    ...{ chargesStampDuty: false, stampDutyReturned: note.stampDuty },
    leftToPay: { amount: 0, currency },
    credits: { invoiceId: invoice.id, number: invoice.number, kind: content.kind, issuedOn: content.issuedOn, reason: note.reason },
    language,
  });
  const about = { id: note.id, ...numbering, repairId, ticketId, customerId, contactUserId, issuedAt, issuedByUserId: note.byUserId };
  return withDerived(compact({ ...about, content: paper, paid: { amount: 0, currency } }));
};

export const creditSeriesOf = ({ content }: Invoice, centre: Centre): string => seriesOf(termsOf(centre), content.kind === 'RECEIPT');

/** The credit note is issued: its number is written down. */
export const keepCreditNumber = (invoice: Invoice, { id, number }: Pick<Invoice, 'id' | 'number'>): Decision<Invoice> => ({
  state: withDerived({
    ...invoice,
    creditNotes: (invoice.creditNotes ?? []).map((note) => (note.id === id && note.number === undefined ? { ...note, number } : note)),
  }),
});
