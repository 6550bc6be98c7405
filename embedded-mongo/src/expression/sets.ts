import { compareValues } from '../bson/compare.js';
import { keyText } from '../bson/key.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { parseSort, sortKey } from '../document/sort.js';
import { sorted } from '../document/sorted.js';
import { stretch } from '../stretch.js';
import { each, eager, goThrough, isNullish, needArray, needWhole, truthyValue } from './arguments.js';
import { fieldsOf } from './control.js';
import type { OperatorCompiler } from './expression.js';

function keyed(name: string, value: Value | undefined): Map<string, Value> {
  if (!Array.isArray(value))
    throw new MongoError(17043, `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`);
  return new Map(each(value, 'keyed', (item) => [keyText(item), item]));
}

function setOperator(
  name: string,
  combine: (sets: ReadonlyMap<string, Value>[]) => Value,
  min = 2,
  max = 2,
): Record<string, OperatorCompiler> {
  return eager(name, min, max, (args) => {
    if (args.some(isNullish) && name !== '$setEquals' && name !== '$setIsSubset') return null;
    return combine(args.map((arg) => keyed(name, arg)));
  });
}

const empty: ReadonlyMap<string, Value> = new Map<string, Value>([]);
const sameKeys = (a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key));
const only = (set: ReadonlyMap<string, Value>, keep: (key: string) => boolean): Value[] =>
  [...set].filter(([key]) => keep(key)).map(([, value]) => value);

function slice([array, a, b]: (Value | undefined)[]): Value | undefined {
  if (isNullish(array) || isNullish(a) || b === null) return null;
  const items = needArray('$slice', array);
  if (b === undefined) {
    const n = needWhole('$slice', a, 34443);
    return n < 0 ? items.slice(n) : items.slice(0, n);
  }
  const count = needWhole('$slice', b, 34443);
  if (count <= 0) throw new MongoError(28729, 'Third argument to $slice must be positive');
  const start = needWhole('$slice', a, 34443);
  const from = start < 0 ? Math.max(0, items.length + start) : start;
  return items.slice(from, from + count);
}

function range([start, end, step]: (Value | undefined)[]): Value {
  const from = needWhole('$range', start, 34443);
  const to = needWhole('$range', end, 34443);
  const by = step === undefined ? 1 : needWhole('$range', step, 34443);
  if (by === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  stretch.spend(Math.max(0, (to - from) / by) / 2);
  const result: Value[] = [];
  for (let n = from; by > 0 ? n < to : n > to; n += by) result.push(n);
  return result;
}

function indexOfArray([array, wanted, start, end]: (Value | undefined)[]): Value {
  if (isNullish(array)) return null;
  const items = needArray('$indexOfArray', array);
  const from = start === undefined ? 0 : needWhole('$indexOfArray', start, 34443);
  const to = end === undefined ? items.length : needWhole('$indexOfArray', end, 34443);
  goThrough(items, 'compared');
  for (let i = from; i < Math.min(to, items.length); i++) if (compareValues(items[i], wanted) === 0) return i;
  return -1;
}

function pairs(value: Value): [string, Value][] {
  return goThrough(needArray('$arrayToObject', value), 'computed').map((item): [string, Value] => {
    const key = isDoc(item) ? item.get('k') : Array.isArray(item) ? item[0] : undefined;
    const field = isDoc(item) ? item.get('v') : Array.isArray(item) ? item[1] : undefined;
    if (typeof key !== 'string' || field === undefined)
      throw new MongoError(40398, '$arrayToObject requires arrays of [key, value] or of {k, v} with string keys');
    return [key, field];
  });
}

const sortArray: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$sortArray', argument, ['input', 'sortBy']);
  const input = compile(fields.get('input') ?? null);
  const by = fields.get('sortBy') ?? null;
  const sort = isDoc(by) ? parseSort(by) : undefined;
  const direction = isNumeric(by) ? toNumber(by) : 1;
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return null;
    const items = needArray('$sortArray', value);
    if (!sort) {
      goThrough(items, 'keyed');
      return stretch.inParts(() => sorted(items, (a, b) => direction * compareValues(a, b)));
    }
    const keyed = each(items, 'keyed', (item) => ({ item, key: sortKey(isDoc(item) ? item : new Map<string, Value>(), sort) }));
    return stretch.inParts(() => sorted(keyed, (a, b) => a.key.compare(b.key))).map(({ item }) => item);
  };
};

const zip: OperatorCompiler = (argument, compile) => {
  const fields = fieldsOf('$zip', argument, ['inputs'], ['useLongestLength', 'defaults']);
  const inputs = compile(fields.get('inputs') ?? null);
  const defaults = fields.has('defaults') ? compile(fields.get('defaults') ?? null) : undefined;
  return (scope) => {
    const arrays = inputs(scope);
    if (!Array.isArray(arrays)) throw new MongoError(34461, 'inputs must be an array of expressions');
    if (arrays.some(isNullish)) return null;
    const lists = arrays.map((array) => needArray('$zip', array));
    const lengths = lists.map((list) => list.length);
    for (const list of lists) goThrough(list, 'computed');
    const length = fields.get('useLongestLength') === true ? Math.max(...lengths) : Math.min(...lengths);
    const missing = defaults?.(scope);
    return Array.from({ length }, (_, i) => lists.map((list, j) => list[i] ?? (Array.isArray(missing) ? (missing[j] ?? null) : null)));
  };
};

function fieldName(name: string, value: Value | undefined): string {
  if (typeof value !== 'string')
    throw new MongoError(5654602, `${name} requires 'field' to evaluate to type String, found ${typeName(value)}`);
  return value;
}

const getField: OperatorCompiler = (argument, compile) => {
  const spec: Doc = isDoc(argument) && argument.has('field') ? argument : new Map([['field', argument]]);
  const field = compile(spec.get('field') ?? null);
  const input = spec.has('input') ? compile(spec.get('input') ?? null) : compile('$$CURRENT');
  return (scope) => {
    const value = input(scope);
    if (isDoc(value)) return value.get(fieldName('$getField', field(scope)));
    return isNullish(value) ? (value === null ? null : undefined) : undefined;
  };
};

function setField(name: string): OperatorCompiler {
  return (argument, compile) => {
    const fields = fieldsOf(name, argument, name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input']);
    const [field, input, value] = ['field', 'input', 'value'].map((key) => compile(fields.get(key) ?? '$$REMOVE'));
    return (scope) => {
      const target = input?.(scope);
      if (isNullish(target)) return null;
      if (!isDoc(target)) throw new MongoError(4161105, `${name} requires 'input' to evaluate to type Object`);
      const result = new Map(target);
      const next = value?.(scope);
      const key = fieldName(name, field?.(scope));
      if (next === undefined) result.delete(key);
      else result.set(key, next);
      return result;
    };
  };
}

export const setOperators: Record<string, OperatorCompiler> = {
  ...setOperator('$setEquals', ([first = empty, ...rest]) => rest.every((set) => sameKeys(first, set)), 2, Infinity),
  ...setOperator('$setIntersection', ([first = empty, ...rest]) => only(first, (key) => rest.every((set) => set.has(key))), 0, Infinity),
  ...setOperator('$setUnion', (sets) => [...new Map(sets.flatMap((set) => [...set])).values()], 0, Infinity),
  ...setOperator('$setDifference', ([a = empty, b = empty]) => only(a, (key) => !b.has(key))),
  ...setOperator('$setIsSubset', ([a = empty, b = empty]) => [...a.keys()].every((key) => b.has(key))),
  ...eager('$allElementsTrue', 1, 1, ([array]) => needArray('$allElementsTrue', array ?? null).every(truthyValue)),
  ...eager('$anyElementTrue', 1, 1, ([array]) => needArray('$anyElementTrue', array ?? null).some(truthyValue)),
  ...eager('$slice', 2, 3, slice),
  ...eager('$range', 2, 3, range),
  ...eager('$indexOfArray', 2, 4, indexOfArray),
  ...eager('$reverseArray', 1, 1, ([array]) =>
    isNullish(array) ? null : [...goThrough(needArray('$reverseArray', array), 'copied')].reverse(),
  ),
  ...eager('$objectToArray', 1, 1, ([value]) => {
    if (isNullish(value)) return null;
    if (!isDoc(value)) throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return goThrough([...value], 'computed').map(
      ([k, v]): Value =>
        new Map<string, Value>([
          ['k', k],
          ['v', v],
        ]),
    );
  }),
  ...eager('$arrayToObject', 1, 1, ([value]) => (isNullish(value) ? null : new Map(pairs(value)))),
  $sortArray: sortArray,
  $zip: zip,
  $getField: getField,
  $setField: setField('$setField'),
  $unsetField: setField('$unsetField'),
};
