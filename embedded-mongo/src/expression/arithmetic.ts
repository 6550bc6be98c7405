import { arithmetic, toDecimal, toNumber } from '../bson/number.js';
import { Decimal, Double, isNumeric, type NumberValue, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compareValues } from '../bson/compare.js';
import { eager, goThrough, isNullish, needNumber } from './arguments.js';
import type { OperatorCompiler } from './expression.js';

/** A long that overflows becomes a double, as MongoDB's aggregation arithmetic does. */
export function combine(op: '+' | '*', a: NumberValue, b: NumberValue): NumberValue {
  const result = arithmetic(op, a, b);
  if (result !== undefined && isNumeric(result)) return result;
  return new Double(op === '+' ? toNumber(a) + toNumber(b) : toNumber(a) * toNumber(b));
}

export function average(total: NumberValue, count: number): Value {
  if (count === 0) return null;
  return total instanceof Decimal ? toDecimal(new Double(toNumber(total) / count)) : new Double(toNumber(total) / count);
}

export function deviation(values: readonly number[], sample: boolean): Value {
  const divisor = values.length - (sample ? 1 : 0);
  if (divisor <= 0) return null;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return new Double(Math.sqrt(squares / divisor));
}

export function negate(value: NumberValue): NumberValue {
  return combine('*', value, -1);
}

function add(args: (Value | undefined)[]): Value | undefined {
  let sum: NumberValue = 0;
  let date: Date | undefined;
  for (const arg of args) {
    if (isNullish(arg)) return null;
    if (arg instanceof Date) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = arg;
    } else sum = combine('+', sum, needNumber('$add', arg));
  }
  return date ? new Date(date.getTime() + Math.round(toNumber(sum))) : sum;
}

function subtract([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date) {
    if (b instanceof Date) return BigInt(a.getTime() - b.getTime());
    return new Date(a.getTime() - Math.round(toNumber(needNumber('$subtract', b))));
  }
  return combine('+', needNumber('$subtract', a), negate(needNumber('$subtract', b)));
}

function divide([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  const x = needNumber('$divide', a);
  const y = needNumber('$divide', b);
  if (toNumber(y) === 0) throw new MongoError(2, "can't $divide by zero");
  const quotient = toNumber(x) / toNumber(y);
  return x instanceof Decimal || y instanceof Decimal ? toDecimal(new Double(quotient)) : new Double(quotient);
}

function multiply(args: (Value | undefined)[]): Value | undefined {
  let product: NumberValue = 1;
  for (const arg of args) {
    if (isNullish(arg)) return null;
    product = combine('*', product, needNumber('$multiply', arg));
  }
  return product;
}

/** $sum and its like as expressions: over one array, or over their arguments. */
function listed(name: string, apply: (values: Value[]) => Value | undefined): Record<string, OperatorCompiler> {
  return eager(name, 0, Infinity, (args) => {
    const [only] = args;
    const values = args.length === 1 && Array.isArray(only) ? goThrough(only, 'computed') : args;
    return apply(values.filter((value) => value !== undefined));
  });
}

function total(values: readonly Value[]): NumberValue {
  return values.filter(isNumeric).reduce<NumberValue>((sum, value) => combine('+', sum, value), 0);
}

function extreme(sign: number): (values: Value[]) => Value {
  return (values) =>
    values
      .filter((value) => value !== null)
      .reduce<Value>((best, value) => (best === null || compareValues(value, best) * sign > 0 ? value : best), null);
}

function deviations(sample: boolean): (values: Value[]) => Value {
  return (values) => deviation(values.filter(isNumeric).map(toNumber), sample);
}

/** Rounding keeps the type; half goes to the even neighbour, as MongoDB's $round does. */
function rounding(name: string, round: (n: number) => number): Record<string, OperatorCompiler> {
  return eager(name, 1, 2, ([value, place]) => {
    if (isNullish(value) || place === null) return null;
    const n = needNumber(name, value);
    const digits = isNumeric(place) ? toNumber(place) : 0;
    if (!(n instanceof Double) && !(n instanceof Decimal) && digits >= 0) return n;
    const scaled = round(Number(`${toNumber(n)}e${digits}`));
    const result = Number.isFinite(scaled) ? Number(`${scaled}e${-digits}`) : toNumber(n);
    if (n instanceof Decimal) return toDecimal(new Double(result));
    return n instanceof Double ? new Double(result) : typeof n === 'bigint' ? BigInt(result) : result;
  });
}

function halfEven(n: number): number {
  const floor = Math.floor(n);
  if (n - floor !== 0.5) return Math.round(n);
  return floor % 2 === 0 ? floor : floor + 1;
}

function modulo([a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(a) || isNullish(b)) return null;
  const x = needNumber('$mod', a);
  const y = needNumber('$mod', b);
  if (toNumber(y) === 0) throw new MongoError(2, "can't $mod by zero");
  if (x instanceof Decimal || y instanceof Decimal) return toDecimal(new Double(toNumber(x) % toNumber(y)));
  if (x instanceof Double || y instanceof Double) return new Double(toNumber(x) % toNumber(y));
  const rest = BigInt(x) % BigInt(y);
  return typeof x === 'bigint' || typeof y === 'bigint' ? rest : Number(rest);
}

function bits(name: string, start: bigint, step: (a: bigint, b: bigint) => bigint): Record<string, OperatorCompiler> {
  return eager(name, 0, Infinity, (args) => {
    let result = start;
    let long = false;
    for (const arg of args) {
      if (isNullish(arg)) return null;
      if (typeof arg !== 'number' && typeof arg !== 'bigint') throw new MongoError(14, `${name} only supports int and long operands.`);
      long ||= typeof arg === 'bigint';
      result = step(result, BigInt(arg));
    }
    return long ? BigInt.asIntN(64, result) : Number(BigInt.asIntN(32, result));
  });
}

export const arithmeticOperators: Record<string, OperatorCompiler> = {
  ...listed('$sum', total),
  ...listed('$avg', (values) => average(total(values), values.filter(isNumeric).length)),
  ...listed('$min', extreme(-1)),
  ...listed('$max', extreme(1)),
  ...listed('$stdDevPop', deviations(false)),
  ...listed('$stdDevSamp', deviations(true)),
  ...rounding('$round', halfEven),
  ...rounding('$trunc', Math.trunc),
  ...rounding('$floor', Math.floor),
  ...rounding('$ceil', Math.ceil),
  ...eager('$mod', 2, 2, modulo),
  ...eager('$abs', 1, 1, ([value]) => {
    if (isNullish(value)) return null;
    const n = needNumber('$abs', value);
    return toNumber(n) < 0 ? negate(n) : n;
  }),
  ...bits('$bitAnd', -1n, (a, b) => a & b),
  ...bits('$bitOr', 0n, (a, b) => a | b),
  ...bits('$bitXor', 0n, (a, b) => a ^ b),
  ...eager('$add', 0, Infinity, add),
  ...eager('$subtract', 2, 2, subtract),
  ...eager('$multiply', 0, Infinity, multiply),
  ...eager('$divide', 2, 2, divide),
};
