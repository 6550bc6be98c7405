import { toNumber } from '../bson/number.js';
import { isNumeric, type NumberValue, Opaque, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { PAUSE, stretch } from '../stretch.js';
import type { Compute, OperatorCompiler, Scope } from './expression.js';

export function isNullish(value: Value | undefined): value is undefined | null {
  return value === undefined || value === null;
}

/** Of a text that is copied, for one step. */
const CHARACTERS_PER_STEP = 64;

/** Steps that an element takes which is only copied, is compared, is computed with, or becomes a key. */
const STEPS = { copied: 0.5, compared: 1, computed: 2, keyed: 32 };

/** Going through so many takes no pause. */
const FEW = 100;

/** An operator that goes through an array says so first. */
export function goThrough<T extends readonly unknown[]>(array: T, how: keyof typeof STEPS): T {
  stretch.spend(array.length * STEPS[how]);
  return array;
}

/** Goes through an array with what has come of it so far, and with pauses where the expression can be laid aside. */
export function fold<T, R>(array: readonly T[], how: keyof typeof STEPS, start: R, take: (sum: R, item: T) => R): R {
  if (array.length <= FEW) return goThrough(array, how).reduce<R>((sum, item) => take(sum, item), start);
  const steps = STEPS[how];
  stretch.afford(array.length * steps);
  return stretch.inParts(function* () {
    let sum = start;
    for (const item of array) {
      sum = take(sum, item);
      stretch.spend(steps);
      if (stretch.isDue(0)) yield PAUSE;
    }
    return sum;
  });
}

/** The same for one result of each element. */
export function each<T, R>(array: readonly T[], how: keyof typeof STEPS, result: (item: T) => R): R[] {
  return fold(array, how, new Array<R>(), (all, item) => {
    all.push(result(item));
    return all;
  });
}

/** What $cond and $and take for true: everything but null, missing, undefined, false and zero. */
export function truthyValue(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (value instanceof Opaque && value.type === 6) return false;
  return !(isNumeric(value) && toNumber(value) === 0);
}

export function needArray(name: string, value: Value, code = 28689): Value[] {
  if (!Array.isArray(value)) throw new MongoError(code, `${name} requires an array, found ${typeName(value)}`);
  return value;
}

export function needNumber(name: string, value: Value, code = 14): NumberValue {
  if (!isNumeric(value)) throw new MongoError(code, `${name} only supports numeric types, not ${typeName(value)}`);
  return value;
}

export function needWhole(name: string, value: Value | undefined, code: number): number {
  if (!isNumeric(value) || !Number.isInteger(toNumber(value)))
    throw new MongoError(code, `${name} requires integers, found ${typeName(value)}`);
  return toNumber(value);
}

/** An operator that takes a list of arguments (one may stand without its brackets) and computes them all first. */
export function eager(
  name: string,
  min: number,
  max: number,
  apply: (args: (Value | undefined)[], scope: Scope) => Value | undefined,
): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    const list = Array.isArray(argument) ? argument : [argument];
    checkCount(name, list.length, min, max);
    const args: Compute[] = list.map(compile);
    return (scope) => {
      const values = args.map((arg) => arg(scope));
      for (const value of values) if (typeof value === 'string') stretch.spend(value.length / CHARACTERS_PER_STEP);
      return apply(values, scope);
    };
  };
  return { [name]: compiler };
}

export function checkCount(name: string, given: number, min: number, max: number): void {
  if (given >= min && given <= max) return;
  if (min === max) {
    throw new MongoError(16020, `Expression ${name} takes exactly ${min} arguments. ${given} were passed in.`);
  }
  throw new MongoError(28667, `Expression ${name} takes at least ${min} arguments, and at most ${max}, but ${given} were passed in.`);
}
