import { decimalParts, decimalText, parseDecimal } from './decimal.js';
import { Decimal, Double, type NumberValue, type Value } from './values.js';

export function toNumber(value: NumberValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : Number(decimalText(value));
}

const MIN64 = -(2n ** 63n);
const MAX64 = 2n ** 63n - 1n;

export function fits64(value: bigint): boolean {
  return value >= MIN64 && value <= MAX64;
}

/** The whole part as a 64-bit integer; undefined for NaN, infinities and what does not fit. */
export function truncate64(value: NumberValue): bigint | undefined {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'bigint') return value;
  if (value instanceof Double) {
    const whole = Number.isFinite(value.value) ? BigInt(Math.trunc(value.value)) : undefined;
    return whole !== undefined && fits64(whole) ? whole : undefined;
  }
  const parts = decimalParts(value);
  if (parts.special || parts.exponent > 20) return parts.digits === 0n && !parts.special ? 0n : undefined;
  const scale = 10n ** BigInt(Math.abs(parts.exponent));
  const magnitude = parts.exponent < 0 ? parts.digits / scale : parts.digits * scale;
  const whole = parts.negative ? -magnitude : magnitude;
  return fits64(whole) ? whole : undefined;
}

export function isInt32(n: number | bigint): boolean {
  return n >= -0x80000000 && n <= 0x7fffffff;
}

/** A 64-bit result of int32 operands stays an int32 while it fits, as MongoDB's arithmetic does. */
function integerResult(result: bigint, long: boolean): Value | undefined {
  if (!long && isInt32(result)) return Number(result);
  return fits64(result) ? result : undefined;
}

export function toDecimal(value: NumberValue): Decimal {
  if (value instanceof Decimal) return value;
  if (value instanceof Double) {
    if (Number.isNaN(value.value)) return parseDecimal('NaN');
    // A double carries at most 15 digits that survive; MongoDB converts with as many.
    return parseDecimal(Number.isFinite(value.value) ? Number(value.value.toPrecision(15)).toString() : String(value.value));
  }
  return parseDecimal(String(value));
}

interface Exact {
  n: bigint;
  exponent: number;
}

function exact(value: Decimal): Exact | undefined {
  const { negative, digits, exponent, special } = decimalParts(value);
  return special ? undefined : { n: negative ? -digits : digits, exponent };
}

function decimalOf({ n, exponent }: Exact): Decimal {
  return parseDecimal(`${n}E${exponent}`);
}

function decimalArithmetic(op: '+' | '*', a: Decimal, b: Decimal): Decimal {
  const x = exact(a);
  const y = exact(b);
  if (!x || !y) {
    const left = Number(decimalText(a));
    const right = Number(decimalText(b));
    return parseDecimal(String(op === '+' ? left + right : left * right));
  }
  if (op === '*') return decimalOf({ n: x.n * y.n, exponent: x.exponent + y.exponent });
  const exponent = Math.min(x.exponent, y.exponent);
  const scaled = (v: Exact): bigint => v.n * 10n ** BigInt(v.exponent - exponent);
  return decimalOf({ n: scaled(x) + scaled(y), exponent });
}

/**
 * a + b or a × b with MongoDB's result types: decimal before double before long before int32; an int32 that
 * overflows becomes a long. undefined: the result does not fit a long.
 */
export function arithmetic(op: '+' | '*', a: NumberValue, b: NumberValue): Value | undefined {
  if (a instanceof Decimal || b instanceof Decimal) return decimalArithmetic(op, toDecimal(a), toDecimal(b));
  if (a instanceof Double || b instanceof Double) {
    return new Double(op === '+' ? toNumber(a) + toNumber(b) : toNumber(a) * toNumber(b));
  }
  const x = BigInt(a);
  const y = BigInt(b);
  return integerResult(op === '+' ? x + y : x * y, typeof a === 'bigint' || typeof b === 'bigint');
}
