import type { ExactNumber } from './decimal.js';
import type { KeyWriter } from './key-writer.js';

interface Fraction {
  n: bigint;
  /** A power of ten, so that subtracting stays exact. */
  exponent: number;
}

const view = new DataView(new ArrayBuffer(8));

/** The exact decimal expansion of a finite double: every double is an integer over a power of two. */
export function exactDouble(value: number): Fraction {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 0x10000000000000n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  const signed = bits >> 63n ? -mantissa : mantissa;
  if (power >= 0) return { n: signed << BigInt(power), exponent: 0 };
  return { n: signed * 5n ** BigInt(-power), exponent: power };
}

function subtract(a: Fraction, b: Fraction): Fraction {
  const exponent = Math.min(a.exponent, b.exponent);
  const n = a.n * 10n ** BigInt(a.exponent - exponent) - b.n * 10n ** BigInt(b.exponent - exponent);
  return { n, exponent };
}

function nextDown(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  if (value === Infinity) return Number.MAX_VALUE;
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, value > 0 ? bits - 1n : bits + 1n);
  return view.getFloat64(0);
}

function writeMagnitude(out: KeyWriter, magnitude: number, flip: number): void {
  const biased = (magnitude + 0x8000) ^ flip;
  out.byte(biased >> 8);
  out.byte(biased & 0xff);
}

/** A positive rest: its magnitude first (biased power of ten of its leading digit), then its digits. */
function writeRest(out: KeyWriter, rest: Fraction, inverted: boolean): void {
  const digits = rest.n.toString().replace(/0+$/, '');
  const magnitude = rest.n.toString().length + rest.exponent;
  const flip = inverted ? 0xffff : 0;
  writeMagnitude(out, magnitude, flip);
  for (const digit of digits) out.byte((Number(digit) + 1) ^ (flip & 0xff));
  out.byte(0 ^ (flip & 0xff));
}

/**
 * A rest of more digits than this made a key too long for any index. What lies so far out is written shorter, in a way that
 * keeps its order among the keys that could be stored before and are in old data.
 */
const LONGEST_REST = 3983;
/** The power of ten of the smallest double's leading digit, plus one. */
const SMALLEST_MAGNITUDE = -323;
/** Above the byte of every digit. */
const BEYOND_DIGITS = 11;

/** What the rest of a negative number next to zero begins with: the smallest double less next to nothing. */
const beforeNines = (): string => (5n ** 1074n - 1n).toString();

/** Decimals beyond 10^3983, or between zero and -10^-4307; false for all other numbers. */
function writeRemote(out: KeyWriter, { negative, digits, exponent }: ExactNumber): boolean {
  if (digits === 0n) return false;
  const text = digits.toString();
  const magnitude = text.length + exponent;
  const longest = LONGEST_REST + 1;
  if (!negative && (magnitude > longest || (magnitude === longest && !/^10*$/.test(text)))) {
    // The greatest double is the floor of all of them: the numbers themselves order as what is left above it.
    out.double(Number.MAX_VALUE);
    out.byte(1);
    writeRest(out, { n: digits, exponent }, false);
    return true;
  }
  if (!negative || magnitude > SMALLEST_MAGNITUDE - LONGEST_REST) return false;
  out.double(-Number.MIN_VALUE);
  out.byte(1);
  writeMagnitude(out, SMALLEST_MAGNITUDE, 0);
  for (const digit of beforeNines()) out.byte(Number(digit) + 1);
  // More nines follow than any key that was stored has digits; the less is taken away, the greater the number.
  out.byte(BEYOND_DIGITS);
  writeRest(out, { n: digits, exponent }, true);
  return true;
}

/**
 * Numbers of every type share one order: the greatest double not above the number, then what is left of it.
 * An int32 or a double leaves nothing; a long or a decimal between two doubles keeps its place between them.
 */
export function writeFraction(out: KeyWriter, value: ExactNumber): void {
  if (value.special !== undefined) {
    out.double(value.special === 'NaN' ? NaN : value.negative ? -Infinity : Infinity);
    out.byte(0);
    return;
  }
  if (writeRemote(out, value)) return;
  const exact: Fraction = { n: value.negative ? -value.digits : value.digits, exponent: value.exponent };
  let floor = Number(`${exact.n}e${exact.exponent}`);
  if (floor === Infinity) floor = Number.MAX_VALUE;
  let rest = floor === -Infinity ? exact : subtract(exact, exactDouble(floor));
  if (floor !== -Infinity && rest.n < 0n) {
    floor = nextDown(floor);
    rest = floor === -Infinity ? exact : subtract(exact, exactDouble(floor));
  }
  out.double(floor);
  if (rest.n === 0n) {
    out.byte(0);
    return;
  }
  out.byte(1);
  // Below the lowest double there is no floor to measure from: the number itself is written, inverted.
  if (floor === -Infinity) writeRest(out, { n: -rest.n, exponent: rest.exponent }, true);
  else writeRest(out, rest, false);
}
