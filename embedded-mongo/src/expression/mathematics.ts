import { fits64, isInt32, toDecimal, toNumber } from '../bson/number.js';
import { Decimal, Double, type NumberValue, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { eager, isNullish, needNumber } from './arguments.js';
import type { OperatorCompiler } from './expression.js';

type Operators = Record<string, OperatorCompiler>;

/** A double, or a decimal where an operand is one; it carries the precision of a double (docs/support.md). */
function real(result: number, ...operands: readonly NumberValue[]): Value {
  const value = new Double(result);
  return operands.some((operand) => operand instanceof Decimal) ? toDecimal(value) : value;
}

interface Domain {
  readonly accepts: (n: number) => boolean;
  readonly code: number;
  readonly fault: (name: string, n: number) => string;
}

function within(low: number, high: number, brackets: string): Domain {
  return {
    accepts: (n) => Number.isNaN(n) || (n >= low && n <= high),
    code: 50989,
    fault: (name, n) => `cannot apply ${name} to ${n}, value must be in ${brackets}`,
  };
}

const ANY: Domain = { accepts: () => true, code: 0, fault: () => '' };
const FINITE: Domain = { ...within(-Infinity, Infinity, '(-inf,inf)'), accepts: (n) => Math.abs(n) !== Infinity };
const UNIT = within(-1, 1, '[-1,1]');

function positive(code: number): Domain {
  return {
    accepts: (n) => Number.isNaN(n) || n > 0,
    code,
    fault: (name, n) => `${name}'s argument must be a positive number, but is ${n}`,
  };
}

/** An operator of one number; null and missing give null. */
function ofOne(name: string, apply: (n: number) => number, domain: Domain = ANY): Operators {
  return eager(name, 1, 1, ([value]) => {
    if (isNullish(value)) return null;
    const operand = needNumber(name, value, 28765);
    const n = toNumber(operand);
    if (!domain.accepts(n)) throw new MongoError(domain.code, domain.fault(name, n));
    return real(apply(n), operand);
  });
}

function log([value, base]: (Value | undefined)[]): Value {
  if (isNullish(value) || isNullish(base)) return null;
  const [operand, of] = [needNumber("$log's argument", value, 28756), needNumber("$log's base", base, 28757)];
  const [n, b] = [toNumber(operand), toNumber(of)];
  if (n <= 0) throw new MongoError(28758, `$log's argument must be a positive number, but is ${n}`);
  if (b <= 0 || b === 1) throw new MongoError(28759, `$log's base must be a positive number not equal to 1, but is ${b}`);
  return real(b === 2 ? Math.log2(n) : b === 10 ? Math.log10(n) : Math.log(n) / Math.log(b), operand, of);
}

/** Integers stay integers while the result is one and fits a long. */
function wholePower(base: bigint, exponent: bigint, long: boolean): Value | undefined {
  // A larger exponent overflows with every other base, which is seen without computing it.
  if (exponent < 0n || (exponent > 64n && base !== 0n && base !== 1n && base !== -1n)) return undefined;
  const result = base ** (exponent > 64n ? 64n + (exponent % 2n) : exponent);
  if (!fits64(result)) return undefined;
  return long || !isInt32(result) ? result : Number(result);
}

function pow([base, exponent]: (Value | undefined)[]): Value {
  if (isNullish(base) || isNullish(exponent)) return null;
  const [b, e] = [needNumber("$pow's base", base, 28762), needNumber("$pow's exponent", exponent, 28763)];
  if (toNumber(b) === 0 && toNumber(e) < 0) throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const isWhole = (value: NumberValue): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  const whole = isWhole(b) && isWhole(e) ? wholePower(BigInt(b), BigInt(e), typeof b === 'bigint' || typeof e === 'bigint') : undefined;
  return whole ?? real(toNumber(b) ** toNumber(e), b, e);
}

function bitNot([value]: (Value | undefined)[]): Value {
  if (isNullish(value)) return null;
  if (typeof value === 'number') return ~value;
  if (typeof value === 'bigint') return ~value;
  throw new MongoError(28765, `$bitNot only supports int and long, not: ${typeName(value)}.`);
}

export const mathematicalOperators: Operators = {
  ...ofOne('$sin', Math.sin, FINITE),
  ...ofOne('$cos', Math.cos, FINITE),
  ...ofOne('$tan', Math.tan, FINITE),
  ...ofOne('$asin', Math.asin, UNIT),
  ...ofOne('$acos', Math.acos, UNIT),
  ...ofOne('$atan', Math.atan),
  ...ofOne('$sinh', Math.sinh),
  ...ofOne('$cosh', Math.cosh),
  ...ofOne('$tanh', Math.tanh),
  ...ofOne('$asinh', Math.asinh),
  ...ofOne('$acosh', Math.acosh, within(1, Infinity, '[1,inf]')),
  ...ofOne('$atanh', Math.atanh, UNIT),
  ...ofOne('$degreesToRadians', (n) => (n * Math.PI) / 180),
  ...ofOne('$radiansToDegrees', (n) => (n * 180) / Math.PI),
  ...ofOne('$exp', Math.exp),
  ...ofOne('$ln', Math.log, positive(28766)),
  ...ofOne('$log10', Math.log10, positive(28761)),
  ...ofOne('$sqrt', Math.sqrt, {
    accepts: (n) => !(n < 0),
    code: 28714,
    fault: (name) => `${name}'s argument must be greater than or equal to 0`,
  }),
  ...eager('$atan2', 2, 2, ([y, x]) => {
    if (isNullish(y) || isNullish(x)) return null;
    const [a, b] = [needNumber('$atan2', y, 51044), needNumber('$atan2', x, 51045)];
    return real(Math.atan2(toNumber(a), toNumber(b)), a, b);
  }),
  ...eager('$log', 2, 2, log),
  ...eager('$pow', 2, 2, pow),
  ...eager('$bitNot', 1, 1, bitNot),
  // Its arguments are written as an empty document.
  ...eager('$rand', 0, 1, () => new Double(Math.random())),
};
