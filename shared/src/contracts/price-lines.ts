import Joi from 'joi';
import { text } from './fragments.js';
import type { Money } from './money.js';

/** What a line of a quote or of an outcome charges. A DISCOUNT is written as a positive price and taken off. */
export const LINE_KINDS = ['LABOUR', 'PART', 'FEE', 'DISCOUNT'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** A line of a quote or of an outcome. Prices are without VAT. */
export interface PriceLine {
  readonly kind: LineKind;
  readonly description: string;
  /** Whole pieces, at least 1. */
  readonly quantity: number;
  /** Of one piece, without VAT, at least 0. */
  readonly unitPrice: Money;
  /** Percent with two decimals at most: `22`, `5.5`, `0`. */
  readonly vatRate: number;
  /** The part of the catalogue; only lines of kind PART have one. */
  readonly partId?: string;
  /** Working time that a LABOUR line is for. */
  readonly minutes?: number;
}

/** What is taxed at one rate. */
export interface VatGroup {
  readonly vatRate: number;
  readonly net: Money;
  readonly vat: Money;
}

/** The sums under a document. */
export interface Totals {
  readonly net: Money;
  readonly vat: Money;
  readonly total: Money;
  /** One for each rate, the highest first. */
  readonly vatGroups: readonly VatGroup[];
}

/** The price of a whole line without VAT, in minor units; negative for a discount. */
export const lineNet = ({ kind, quantity, unitPrice }: Pick<PriceLine, 'kind' | 'quantity' | 'unitPrice'>): number =>
  (kind === 'DISCOUNT' ? -1 : 1) * quantity * unitPrice.amount;

/** A rate in hundredths of a percent: 22 % is 2,200. Rates have two decimals, so this is exact. */
const hundredths = (vatRate: number): bigint => BigInt(Math.round(vatRate * 100));

/**
 * The VAT of a sum, in minor units, half up: 0.5 becomes 1. `net` is not negative; 10,000 lines of ten million euros do not fit a
 * `number` times the rate.
 */
export const vatOf = (net: number, vatRate: number): number => Number((BigInt(net) * hundredths(vatRate) + 5_000n) / 10_000n);

/** The part without VAT of an amount with VAT, rounded half up: 122.00 at 22 % is 100.00. `gross` is not negative. */
export const netOf = (gross: number, vatRate: number): number => {
  const whole = 10_000n + hundredths(vatRate);
  return Number((BigInt(gross) * 20_000n + whole) / (2n * whole));
};

/**
 * The sums of lines, all in one currency. VAT is counted for each rate on the sum of its lines and rounded once, half up,
 * so that every sum is the sum of what is printed.
 *
 * Two lines of 0.33 at 22 % are 0.66 net; 0.1452 is rounded to 0.15; the total is 0.81. Rounded line by line the VAT
 * would have been 0.14.
 */
export const totalsOf = (lines: readonly PriceLine[], currency: string): Totals => {
  const nets = new Map<number, number>();
  for (const line of lines) nets.set(line.vatRate, (nets.get(line.vatRate) ?? 0) + lineNet(line));
  const money = (amount: number): Money => ({ amount, currency });
  const groups = [...nets].sort(([one], [other]) => other - one).map(([vatRate, net]) => ({ vatRate, net, vat: vatOf(net, vatRate) }));
  const sum = (of: (group: (typeof groups)[number]) => number): number => groups.reduce((all, group) => all + of(group), 0);
  return {
    net: money(sum(({ net }) => net)),
    vat: money(sum(({ vat }) => vat)),
    total: money(sum(({ net, vat }) => net + vat)),
    vatGroups: groups.map(({ vatRate, net, vat }) => ({ vatRate, net: money(net), vat: money(vat) })),
  };
};

/** The rates at which discounts take off more than the other lines charge. Nobody is paid for a repair. */
export const overDiscounted = (lines: readonly PriceLine[]): readonly number[] => {
  const rates = [...new Set(lines.map(({ vatRate }) => vatRate))];
  return rates.filter((rate) => lines.filter(({ vatRate }) => vatRate === rate).reduce((sum, line) => sum + lineNet(line), 0) < 0);
};

/** Money in an event. */
export const eventMoney = Joi.object<Money>({ amount: Joi.number().integer().required(), currency: text.required() }).unknown(true);

/** A line in an event. */
export const eventLine = Joi.object<PriceLine>({
  kind: Joi.valid(...LINE_KINDS).required(),
  description: text.required(),
  quantity: Joi.number().integer().required(),
  unitPrice: eventMoney.required(),
  vatRate: Joi.number().required(),
  partId: text,
  minutes: Joi.number().integer(),
}).unknown(true);
