import { arithmetic, toDecimal, toNumber } from '../bson/number.js';
import { Decimal, Double, isNumeric, type NumberValue, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { eager, isNullish } from './arguments.js';
import type { OperatorCompiler } from './expression.js';

function needNumber(name: string, value: Value): NumberValue {
  if (!isNumeric(value)) throw new MongoError(14, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

/** A long that overflows becomes a double, as MongoDB's aggregation arithmetic does. */
export function combine(op: '+' | '*', a: NumberValue, b: NumberValue): NumberValue {
  const result = arithmetic(op, a, b);
  if (result !== undefined && isNumeric(result)) return result;
  return new Double(op === '+' ? toNumber(a) + toNumber(b) : toNumber(a) * toNumber(b));
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

export const arithmeticOperators: Record<string, OperatorCompiler> = {
  ...eager('$add', 0, Infinity, add),
  ...eager('$subtract', 2, 2, subtract),
  ...eager('$multiply', 0, Infinity, multiply),
  ...eager('$divide', 2, 2, divide),
};
