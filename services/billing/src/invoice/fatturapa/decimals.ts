/** Numbers of an electronic invoice: a dot, no thousands separator, a fixed number of decimals. Amounts are minor units of EUR. */

/** `-1250` is written `-12.50`. */
export const writeCents = (cents: number): string => {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** 22 is written `22.00`. Rates have two decimals. */
export const writeRate = (vatRate: number): string => writeCents(Math.round(vatRate * 100));

/** Whole pieces: 3 is written `3.00`. */
export const writeQuantity = (quantity: number): string => `${quantity}.00`;

const DECIMALS = 8;

/** A written number in units of its eighth decimal, exactly. A missing or wrong one counts as nothing; the schema refuses it. */
export const readDecimal = (text = ''): bigint => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,8}))?$/.exec(text) ?? [];
  const units = BigInt(`${whole}${fraction.padEnd(DECIMALS, '0')}`);
  return sign === '-' ? -units : units;
};

/** One cent, as `readDecimal` counts. */
export const CENT = 1_000_000n;
/** One euro, as `readDecimal` counts. */
export const EURO = 100n * CENT;

export const distance = (one: bigint, other: bigint): bigint => (one < other ? other - one : one - other);

/** The product of two numbers as `readDecimal` counts, cut after the eighth decimal. */
export const times = (one: bigint, other: bigint): bigint => (one * other) / EURO;

/** To the cent, half away from nothing, as amounts are rounded. */
export const roundToCent = (value: bigint): bigint => {
  const half = value < 0n ? -CENT / 2n : CENT / 2n;
  return ((value + half) / CENT) * CENT;
};

/** For people: `12.50`. */
export const showDecimal = (value: bigint): string => writeCents(Number(roundToCent(value) / CENT));
