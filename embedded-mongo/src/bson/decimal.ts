import { Decimal128 } from 'bson';
import { Decimal } from './values.js';

/** An exact decimal number: digits × 10^exponent, with its sign. Infinity and NaN are given as `special`. */
export interface ExactNumber {
  negative: boolean;
  digits: bigint;
  exponent: number;
  special?: 'NaN' | 'Infinity';
}

const EXPONENT_BIAS = 6176;

/** Takes the sixteen bytes apart (IEEE 754-2008 decimal128, binary integer significand). */
export function decimalParts(value: Decimal): ExactNumber {
  const high = value.bytes.readBigUInt64LE(8);
  const low = value.bytes.readBigUInt64LE(0);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 0x1fn);
  if (combination === 0x1f) return { negative: false, digits: 0n, exponent: 0, special: 'NaN' };
  if (combination === 0x1e) return { negative, digits: 0n, exponent: 0, special: 'Infinity' };
  // The second form of the significand exceeds 34 digits and is therefore read as zero, as the standard says.
  if (combination >= 0x18) return { negative, digits: 0n, exponent: Number((high >> 47n) & 0x3fffn) - EXPONENT_BIAS };
  const exponent = Number((high >> 49n) & 0x3fffn) - EXPONENT_BIAS;
  const digits = ((high & 0x1ffffffffffffn) << 64n) | low;
  return { negative, digits, exponent };
}

/** The decimal of a number's text; more than 34 digits are rounded. */
export function parseDecimal(text: string): Decimal {
  return new Decimal(Buffer.from(Decimal128.fromStringWithRounding(text).bytes));
}

export function decimalText(value: Decimal): string {
  return new Decimal128(value.bytes).toString();
}
