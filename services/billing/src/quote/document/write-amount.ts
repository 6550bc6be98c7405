import type { Money } from '@riparo/shared/contracts/money';
import { REGIONS, type Language } from '@riparo/shared/time/write-time';

/** How many digits the minor units of a currency are: 2 for EUR. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount for people: `€1,234.50`, `1.234,50 €`. */
export const writeAmount = ({ amount, currency }: Money, language: Language): string =>
  new Intl.NumberFormat(REGIONS[language], { style: 'currency', currency, useGrouping: true }).format(amount / 10 ** decimalsOf(currency));

/** A rate for people: `22%`, `5.5%`. */
export const writeRate = (vatRate: number, language: Language): string =>
  new Intl.NumberFormat(REGIONS[language], { style: 'percent', maximumFractionDigits: 2 }).format(vatRate / 100);
