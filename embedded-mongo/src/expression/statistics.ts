import { arithmetic, toDecimal, toNumber } from '../bson/number.js';
import { Decimal, Double, isNumeric, type NumberValue, type Value } from '../bson/values.js';

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
