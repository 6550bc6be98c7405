import type { Money } from '../contracts/money.js';

/** `€49.90` in English, `49,90 €` in Italian. Currencies differ in their decimals: 4990 minor units are ¥4,990. */
export const writeMoney = ({ amount, currency }: Money, language: string): string => {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

/** How many decimals a currency has: 2 for EUR, 0 for JPY. */
export const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `49.90 EUR`. Currencies differ in their decimals: 4990 minor units are 4990 JPY and 4.990 KWD. */
export const inWords = ({ amount, currency }: Money): string => {
  const decimals = decimalsOf(currency);
  return `${(amount / 10 ** decimals).toFixed(decimals)} ${currency}`;
};
