import type { Money } from '@riparo/shared/contracts/money';
import { decimalsOf } from '@riparo/shared/text/write-money';
import { REGIONS, type Language } from '@riparo/shared/time/write-time';

/** An amount for people: `€1,234.50`, `1.234,50 €`. */
export const writeAmount = ({ amount, currency }: Money, language: Language): string =>
  new Intl.NumberFormat(REGIONS[language], { style: 'currency', currency, useGrouping: true }).format(amount / 10 ** decimalsOf(currency));

/** A rate for people: `22%`, `5.5%`. */
export const writeRate = (vatRate: number, language: Language): string =>
  new Intl.NumberFormat(REGIONS[language], { style: 'percent', maximumFractionDigits: 2 }).format(vatRate / 100);
