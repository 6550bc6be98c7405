import { keyOf } from '../bson/key.js';
import { toNumber } from '../bson/number.js';
import { isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { each, isNullish } from './arguments.js';
import { fieldsOf } from './control.js';
import type { OperatorCompiler } from './expression.js';

/** They leave null and missing out. */
export function isExtreme(name: string): boolean {
  return name === '$minN' || name === '$maxN';
}

export function countOf(name: string, value: Value | undefined): number {
  const n = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(n)) throw new MongoError(5787902, `Value for 'n' must be of integral type, but found ${typeName(value ?? null)}`);
  if (n < 1) throw new MongoError(5787908, `'n' must be greater than 0, found ${n} for ${name}`);
  return n;
}

export function take<T extends { readonly key: Buffer }>(name: string, items: readonly T[], n: number): T[] {
  const ascending = (a: T, b: T): number => a.key.compare(b.key);
  switch (name) {
    case '$firstN':
      return items.slice(0, n);
    case '$lastN':
      return items.slice(-n);
    case '$maxN':
      return items.toSorted((a, b) => ascending(b, a)).slice(0, n);
    case '$bottom':
    case '$bottomN':
      return items.toSorted(ascending).slice(-n);
    default:
      return items.toSorted(ascending).slice(0, n);
  }
}

/** The same over the elements of an array. */
function overArray(name: string): OperatorCompiler {
  return (argument, compileArgument) => {
    const fields = fieldsOf(name, argument, ['n', 'input']);
    const [count, input] = [compileArgument(fields.get('n') ?? null), compileArgument(fields.get('input') ?? null)];
    return (scope) => {
      const n = countOf(name, count(scope));
      const array = input(scope);
      if (!Array.isArray(array)) throw new MongoError(5788200, `Input must be an array for ${name}, but found ${typeName(array ?? null)}`);
      const values = isExtreme(name) ? array.filter((value) => !isNullish(value)) : array;
      return take(
        name,
        each(values, 'keyed', (value) => ({ key: keyOf(value), value })),
        n,
      ).map(({ value }) => value);
    };
  };
}

export const rankedOperators: Record<string, OperatorCompiler> = Object.fromEntries(
  ['$firstN', '$lastN', '$minN', '$maxN'].map((name) => [name, overArray(name)]),
);
