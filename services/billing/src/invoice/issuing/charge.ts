import type { VatExemption } from '@riparo/shared/contracts/centre-terms';
import type { Money } from '@riparo/shared/contracts/money';
import { netOf, totalsOf, vatOf, type PriceLine, type Totals, type VatGroup } from '@riparo/shared/contracts/price-lines';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { cut } from '@riparo/shared/text/cut';

/** The sums under a document. */
export interface Sums extends Totals {
  /**
   * What the total is above its net and VAT: 2000.00 at 22 % is 1639.34 and 360.65, and one cent. VAT is counted on the sum without
   * VAT, as the exchange system of the tax office does, so a charge that was said with VAT cannot always be split. Missing: nothing.
   */
  readonly rounding?: Money;
}

/** What stands on a document: lines, and sums that are exactly what is charged. */
export interface Charge extends Sums {
  readonly lines: readonly PriceLine[];
}

/** Descriptions of the lines that make the sum agree. */
export interface AdjustingWords {
  readonly reduction: string;
  readonly rounding: string;
}

/** As long as the description of a line of an electronic invoice may be. */
const MOST_LETTERS = 1_000;

/**
 * Splits an amount in proportion to weights; what rounding leaves goes where most was cut off. 1.00 over 2 and 1 is 0.67 and
 * 0.33. No share is greater than its weight unless the amount is greater than all of them.
 */
export const spread = (amount: number, weights: readonly number[]): readonly number[] => {
  const all = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  if (all === 0n) return weights.map((_, index) => (index === 0 ? amount : 0));
  const parts = weights.map((weight, index) => {
    const product = BigInt(amount) * BigInt(weight);
    return { index, share: Number(product / all), cutOff: product % all };
  });
  let left = amount - parts.reduce((sum, { share }) => sum + share, 0);
  const shares = parts.map(({ share }) => share);
  for (const { index } of parts.toSorted((one, other) => Number(other.cutOff - one.cutOff))) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
};

/** What was let off of a repair. Events of earlier versions say only that it was. */
const waivedOf = ({ amountDue, amountPaid, amountWaived, waived }: PublishedRepair): number =>
  amountWaived?.amount ?? (waived ? Math.max(0, amountDue.amount - amountPaid.amount) : 0);

/** What the customer of a repair pays in all, VAT included. */
export const chargedFor = (repair: PublishedRepair): number => Math.max(0, repair.amountDue.amount - waivedOf(repair));

/** A charge that was said in one sum, VAT included. */
const lineOfSum = ({ amount, currency }: Money, description: string, vatRate: number, kind: PriceLine['kind']): PriceLine => ({
  kind,
  description: cut(description, MOST_LETTERS),
  quantity: 1,
  unitPrice: { amount: netOf(amount, vatRate), currency },
  vatRate,
});

/** The charge was said in one sum, without lines. */
export const isOneSum = ({ outcome }: PublishedRepair): boolean => (outcome?.lines ?? []).length === 0;

/** What a repair was charged for: the lines of its outcome, or its one sum less what is taken out of it, and storage. */
export const linesOfRepair = (repair: PublishedRepair, vatRate: number, takenOut = 0): readonly PriceLine[] => {
  const { outcome, extraLines = [] } = repair;
  if (outcome === undefined) return extraLines;
  if (!isOneSum(repair)) return [...(outcome.lines ?? []), ...extraLines];
  const { type, description, amount } = outcome;
  const sum = { ...amount, amount: Math.max(0, amount.amount - takenOut) };
  const lines = sum.amount === 0 ? [] : [lineOfSum(sum, description, vatRate, type === 'COMPLETED' ? 'LABOUR' : 'FEE')];
  return [...lines, ...extraLines];
};

const grossOf = ({ net, vat }: VatGroup): number => net.amount + vat.amount;

/** Adds to each group what it is above or below its lines. */
const adjusted = (group: VatGroup, change: number, words: AdjustingWords): { group: VatGroup; line?: PriceLine } => {
  const { vatRate } = group;
  const { currency } = group.net;
  const gross = grossOf(group) + change;
  const net = netOf(gross, vatRate);
  const difference = net - group.net.amount;
  const after = { vatRate, net: { amount: net, currency }, vat: { amount: vatOf(net, vatRate), currency } };
  if (difference === 0) return { group: after };
  const [kind, description] = difference < 0 ? (['DISCOUNT', words.reduction] as const) : (['FEE', words.rounding] as const);
  return { group: after, line: { kind, description, quantity: 1, unitPrice: { amount: Math.abs(difference), currency }, vatRate } };
};

/** The sums of VAT groups that are charged as `charged`. */
export const sumsOf = (vatGroups: readonly VatGroup[], currency: string, charged: number): Sums => {
  const net = vatGroups.reduce((sum, group) => sum + group.net.amount, 0);
  const vat = vatGroups.reduce((sum, group) => sum + group.vat.amount, 0);
  const money = (amount: number): Money => ({ amount, currency });
  const rounding = charged - net - vat;
  return {
    ...{ net: money(net), vat: money(vat), total: money(charged), vatGroups },
    ...(rounding === 0 ? {} : { rounding: money(rounding) }),
  };
};

/**
 * The lines with sums that are what is charged. What was reduced or waived is taken off as a discount, spread over the rates in
 * proportion; cents by which prices without VAT miss a sum that was said with VAT are rounding.
 */
export const chargeOf = (lines: readonly PriceLine[], charged: number, currency: string, words: AdjustingWords): Charge => {
  const { vatGroups, total } = totalsOf(lines, currency);
  const change = charged - total.amount;
  if (change === 0) return { lines, ...sumsOf(vatGroups, currency, charged) };
  const weights = vatGroups.map(grossOf);
  const largest = weights.indexOf(Math.max(...weights));
  const shares = change < 0 ? spread(-change, weights).map((share) => -share) : weights.map((_, index) => (index === largest ? change : 0));
  const groups = vatGroups.map((group, index) => adjusted(group, shares[index] ?? 0, words));
  const more = groups.flatMap(({ line }) => (line === undefined ? [] : [line]));
  return {
    lines: [...lines, ...more],
    ...sumsOf(
      groups.map(({ group }) => group),
      currency,
      charged,
    ),
  };
};

/** Cents. */
export const STAMP_DUTY = 200;
const STAMP_DUTY_ABOVE = 7_747;
/** Reasons for 0 % with which a document owes the stamp duty; those of N1 and N5 were not verified. */
const STAMPED: readonly (VatExemption | undefined)[] = ['N1', 'N2.1', 'N2.2', 'N3.5', 'N3.6', 'N4', 'N5'];

const withoutVat = (vatGroups: readonly VatGroup[]): number => vatGroups.find(({ vatRate }) => vatRate === 0)?.net.amount ?? 0;

/** Whether a document owes the stamp duty of Italy: above 77.47 EUR without VAT. */
export const owesStampDuty = ({ vatGroups, net: { currency } }: Totals, vatExemption: VatExemption | undefined): boolean =>
  currency === 'EUR' && STAMPED.includes(vatExemption) && withoutVat(vatGroups) > STAMP_DUTY_ABOVE;
