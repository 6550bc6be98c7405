import { decimalsOf } from '@riparo/shared/text/write-money';

/** Currencies of which the provider takes whole units. */
const WHOLE = 'BIF CLP DJF GNF JPY KMF KRW PYG RWF VND VUV XAF XOF XPF'.split(' ');

/**
 * Whether the provider counts a currency as we do. It takes most in hundredths and some in whole units; a few, such as HUF and
 * ISK, it takes in hundredths although nobody uses them, and those of three decimals only in part.
 */
export const isPayableOnline = (currency: string): boolean => decimalsOf(currency) === (WHOLE.includes(currency) ? 0 : 2);
