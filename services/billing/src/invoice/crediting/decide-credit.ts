import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { netOf, type PriceLine, type VatGroup } from '@riparo/shared/contracts/price-lines';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft } from '@riparo/shared/persistence/repository';
import { dayAfter, type Centre } from '../../centre.js';
import { invoiceAlreadyCredited, invoiceNotCreditable } from '../invoice.errors.js';
import { restOf, withDerived, type Invoice, type InvoiceContent, type PromisedCredit } from '../invoice.js';
import { chargedFor, spread, STAMP_DUTY, sumsOf } from '../issuing/charge.js';
import { placed, seriesOf, termsOf } from '../issuing/decide-issue.js';
import { invoiceUpdated } from '../paying/decide-payment.js';
import { creditLine, reducedReason } from '../issuing/words.js';

type Groups = ReadonlyMap<number, { readonly net: number; readonly gross: number }>;

/** What of a document was not taken back yet, by rate. Stamp duty that the customer paid goes with the lines without VAT. */
const openGroups = ({ content, creditNotes = [] }: Pick<Invoice, 'content' | 'creditNotes'>): Groups => {
  const { vatGroups, chargesStampDuty } = content;
  const open = new Map(
    vatGroups.map(({ vatRate, net, vat }) => {
      const duty = chargesStampDuty && vatRate === 0 ? STAMP_DUTY : 0;
      return [vatRate, { net: net.amount + duty, gross: net.amount + vat.amount + duty }];
    }),
  );
  for (const { vatRate, net, vat } of creditNotes.flatMap((note) => note.vatGroups)) {
    const group = open.get(vatRate) ?? { net: 0, gross: 0 };
    open.set(vatRate, { net: group.net - net.amount, gross: group.gross - net.amount - vat.amount });
  }
  return open;
};

/** An amount with VAT split over the rates; the last credit note takes exactly what is left of each. */
const split = (open: Groups, amount: number, currency: string): readonly VatGroup[] => {
  const rates = [...open];
  const shares = spread(
    amount,
    rates.map(([, { gross }]) => gross),
  );
  return rates.flatMap(([vatRate, { net, gross }], index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return [];
    const part = share === gross ? net : Math.min(net, netOf(share, vatRate));
    return [{ vatRate, net: { amount: part, currency }, vat: { amount: share - part, currency } }];
  });
};

interface Wanted extends Pick<PromisedCredit, 'id' | 'reason' | 'at' | 'byUserId'> {
  /** Minor units, VAT included. */
  readonly amount: number;
}

const promise = (invoice: Invoice, { amount, ...note }: Wanted): Invoice => {
  const { currency } = invoice.content.total;
  const vatGroups = split(openGroups(invoice), amount, currency);
  const credit: PromisedCredit = { ...note, total: { amount, currency }, vatGroups };
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
const isWhole = ({ content }: Invoice, { total }: PromisedCredit): boolean =>
  total.amount === content.total.amount && !content.chargesStampDuty;

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
  const paper: InvoiceContent = compact({
    ...{ kind: 'CREDIT_NOTE' as const, seller, buyer, subject, lines: linesOf(invoice, note), ...sumsOf(note.vatGroups, currency) },
    ...{ taxRegime, vatExemption, vatExemptionReason, chargesStampDuty: false, issuedOn, settledBefore: [] },
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
