import { compareValues } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { each, eager, fold, goThrough, isNullish, needArray, truthyValue } from './arguments.js';
import { fieldsOf } from './control.js';
import type { OperatorCompiler } from './expression.js';

function variableName(as: Value | undefined): string {
  return typeof as === 'string' ? as : 'this';
}

const map: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$map', argument, ['input', 'in'], ['as']);
  const input = compile(fields.get('input') ?? null);
  const body = compile(fields.get('in') ?? null);
  const name = variableName(fields.get('as'));
  return (scope) => {
    const array = input(scope);
    if (isNullish(array)) return null;
    const inner = new Map(scope);
    return each(needArray('$map', array, 16883), 'computed', (item) => body(inner.set(name, item)) ?? null);
  };
};

const filter: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$filter', argument, ['input', 'cond'], ['as', 'limit']);
  const input = compile(fields.get('input') ?? null);
  const test = compile(fields.get('cond') ?? null);
  const limit = fields.has('limit') ? compile(fields.get('limit') ?? null) : undefined;
  const name = variableName(fields.get('as'));
  return (scope) => {
    const array = input(scope);
    if (isNullish(array)) return null;
    const inner = new Map(scope);
    const kept = fold<Value, Value[]>(needArray('$filter', array, 28651), 'computed', [], (items, item) => {
      if (truthyValue(test(inner.set(name, item)))) items.push(item);
      return items;
    });
    const most = limit?.(scope);
    return isNumeric(most) ? kept.slice(0, toNumber(most)) : kept;
  };
};

const reduce: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$reduce', argument, ['input', 'initialValue', 'in']);
  const input = compile(fields.get('input') ?? null);
  const initial = compile(fields.get('initialValue') ?? null);
  const body = compile(fields.get('in') ?? null);
  return (scope) => {
    const array = input(scope);
    if (isNullish(array)) return null;
    const inner = new Map(scope);
    return fold(needArray('$reduce', array, 40080), 'computed', initial(scope), (value, item) =>
      body(inner.set('value', value).set('this', item)),
    );
  };
};

function concatArrays(args: (Value | undefined)[]): Value | undefined {
  const result: Value[] = [];
  for (const arg of args) {
    if (isNullish(arg)) return null;
    for (const item of goThrough(needArray('$concatArrays', arg, 28664), 'copied')) result.push(item);
  }
  return result;
}

export const arrayOperators: Record<string, OperatorCompiler> = {
  $map: map,
  $filter: filter,
  $reduce: reduce,
  ...eager('$size', 1, 1, ([value]) => needArray('$size', value ?? null, 17124).length),
  ...eager('$isArray', 1, 1, ([value]) => Array.isArray(value)),
  ...eager('$arrayElemAt', 2, 2, ([array, index]) => {
    if (isNullish(array) || isNullish(index)) return null;
    if (!isNumeric(index)) throw new MongoError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`);
    return needArray('$arrayElemAt', array).at(toNumber(index));
  }),
  ...eager('$first', 1, 1, ([array]) => (isNullish(array) ? null : needArray('$first', array)[0])),
  ...eager('$last', 1, 1, ([array]) => (isNullish(array) ? null : needArray('$last', array).at(-1))),
  ...eager('$in', 2, 2, ([value, array]) => {
    if (!Array.isArray(array)) throw new MongoError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
    return fold<Value, boolean>(array, 'compared', false, (isThere, item) => isThere || compareValues(item, value) === 0);
  }),
  ...eager('$concatArrays', 0, Infinity, concatArrays),
  ...eager('$mergeObjects', 0, Infinity, (args) => {
    const objects = args.filter((arg) => !isNullish(arg));
    if (!objects.every(isDoc)) throw new MongoError(40400, '$mergeObjects requires object inputs');
    return new Map(objects.flatMap((object) => goThrough([...object], 'computed')));
  }),
};
