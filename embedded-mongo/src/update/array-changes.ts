import { compareValues, equalValues } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, Regex, typeName, type Value } from '../bson/values.js';
import { badValue, MongoError } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { parseSort, sortKey } from '../document/sort.js';
import { sorted } from '../document/sorted.js';
import type { Change } from '../document/change-at.js';
import { equalityOf, isOneOf } from '../query/membership.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

function arrayOr(value: Value | undefined, operator: string, path: string): Value[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  const what = operator === '$push' ? 'The field' : `Cannot apply ${operator} to a non-array value. The field`;
  throw badValue(`${what} '${path}' must be an array but is of type ${typeName(value)}`);
}

function wholeNumber(value: Value | undefined, what: string): number {
  const n = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(n)) throw badValue(`The value for ${what} must be an integer value but was given type: ${typeName(value)}`);
  return n;
}

const pushClauses = ['$each', '$slice', '$sort', '$position'];

interface Push {
  each: Value[];
  position: number | undefined;
  slice: number | undefined;
  order: ((array: Value[]) => Job<Value[]>) | undefined;
}

/** Steps of making the key of a document and sorting by it; of comparing values as they are. */
const STEPS_OF_KEY = 40;
const STEPS_OF_VALUE = 8;

function orderOf(sort: Value): (array: Value[]) => Job<Value[]> {
  if (isDoc(sort)) {
    if (sort.size === 0) throw badValue('The $sort pattern is empty when it should be a set of fields.');
    const fields = parseSort(sort) ?? [];
    const keyed = (item: Value): { item: Value; key: Buffer } => ({
      item,
      key: sortKey(isDoc(item) ? item : new Map<string, Value>(), fields),
    });
    return function* (array) {
      stretch.affordWhole(array.length * STEPS_OF_KEY);
      const items: ReturnType<typeof keyed>[] = [];
      for (const item of array) {
        items.push(keyed(item));
        if (stretch.isDue(STEPS_OF_KEY / 2)) yield PAUSE;
      }
      return (yield* sorted(items, (a, b) => a.key.compare(b.key))).map(({ item }) => item);
    };
  }
  const direction = isNumeric(sort) ? toNumber(sort) : 0;
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return (array) => {
    stretch.affordWhole(array.length * STEPS_OF_VALUE);
    return sorted(array, (a, b) => direction * compareValues(a, b));
  };
}

function parsePush(argument: Value): Push {
  if (!isDoc(argument) || !argument.has('$each')) {
    return { each: [argument], position: undefined, slice: undefined, order: undefined };
  }
  for (const key of argument.keys()) if (!pushClauses.includes(key)) throw badValue(`Unrecognized clause in $push: ${key}`);
  const each = argument.get('$each');
  if (!Array.isArray(each)) throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName(each)}`);
  const sort = argument.get('$sort');
  return {
    each,
    position: argument.has('$position') ? wholeNumber(argument.get('$position'), '$position') : undefined,
    slice: argument.has('$slice') ? wholeNumber(argument.get('$slice'), '$slice') : undefined,
    order: sort === undefined ? undefined : orderOf(sort),
  };
}

/** What a $push adds to the end of the array if it does nothing else. */
export function plainPush(argument: Value): readonly Value[] | undefined {
  const { each, position, slice, order } = parsePush(argument);
  return position === undefined && slice === undefined && !order ? each : undefined;
}

/** $push: insert at the position, then sort, then slice (manual: reference/operator/update/push). */
export function push(path: string, argument: Value): Change {
  const { each, position, slice, order } = parsePush(argument);
  return (value) => {
    const before = arrayOr(value, '$push', path);
    const at = position ?? before.length;
    let array = [...before.slice(0, at), ...each, ...before.slice(at)];
    if (order) array = stretch.inParts(() => order(array));
    if (slice !== undefined) array = slice === 0 ? [] : slice < 0 ? array.slice(slice) : array.slice(0, slice);
    return array;
  };
}

/** Up to so many values are compared one by one; more are looked up. */
const FEW = 8;

const STEPS_OF_LOOKUP = 4;

/** The items of the array, and those of the values that are not among them. */
function* union(array: readonly Value[], values: readonly Value[]): Job<Value[]> {
  const same = equalityOf(array, values);
  const seen = new Set<ReturnType<typeof same>>();
  const result = [...array];
  for (const [i, item] of [...array, ...values].entries()) {
    const before = seen.size;
    if (seen.add(same(item)).size > before && i >= array.length) result.push(item);
    if (stretch.isDue(STEPS_OF_LOOKUP)) yield PAUSE;
  }
  return result;
}

export function addToSet(path: string, argument: Value): Change {
  const each = isDoc(argument) ? argument.get('$each') : undefined;
  if (isDoc(argument) && argument.has('$each')) {
    if (!Array.isArray(each))
      throw new MongoError(14, `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`);
    if (argument.size > 1) throw badValue('Found unexpected fields after $each in $addToSet');
  }
  const values = Array.isArray(each) ? each : [argument];
  return (value) => {
    const array = arrayOr(value, '$addToSet', path);
    const result = values.length > FEW ? stretch.inParts(() => union(array, values)) : [...array];
    if (values.length <= FEW) for (const item of values) if (!result.some((other) => equalValues(other, item))) result.push(item);
    return result.length === array.length && value !== undefined ? value : result;
  };
}

export function pop(path: string, argument: Value): Change {
  const end = isNumeric(argument) ? toNumber(argument) : 0;
  if (end !== 1 && end !== -1) throw new MongoError(9, `$pop expects 1 or -1, found: ${end}`);
  return (value) => {
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw new MongoError(14, `Path '${path}' contains an element of non-array type '${typeName(value)}'`);
    return end === 1 ? value.slice(0, -1) : value.slice(1);
  };
}

function* without(array: readonly Value[], drop: (item: Value) => boolean): Job<Value[]> {
  const kept: Value[] = [];
  for (const item of array) {
    if (!drop(item)) kept.push(item);
    if (stretch.isDue(STEPS_OF_LOOKUP)) yield PAUSE;
  }
  return kept;
}

function removing(path: string, operator: string, drop: (item: Value) => boolean): Change {
  return (value) => {
    if (value === undefined) return undefined;
    if (!Array.isArray(value)) throw badValue(`Cannot apply ${operator} to a non-array value at '${path}'`);
    const kept = stretch.inParts(() => without(value, drop));
    return kept.length === value.length ? value : kept;
  };
}

export function pullAll(path: string, argument: Value): Change {
  if (!Array.isArray(argument)) throw badValue('$pullAll requires an array argument but was given a ' + typeName(argument));
  if (argument.length <= FEW) return removing(path, '$pullAll', (item) => argument.some((other) => equalValues(other, item)));
  const isUnwanted = isOneOf(argument);
  return removing(path, '$pullAll', isUnwanted);
}

/** These look at the fields of an element, as a query of documents does. */
const OF_DOCUMENTS = new Set(['$and', '$or', '$nor', '$expr', '$ref', '$id', '$db']);

function isOperators(value: Doc): boolean {
  const [first = ''] = value.keys();
  return first.startsWith('$') && !OF_DOCUMENTS.has(first);
}

/** $pull takes a value, operators for the element, or a query for elements that are documents. */
export function pull(path: string, argument: Value): Change {
  if (isDoc(argument) && !isOperators(argument)) {
    const filter = compileFilter(argument);
    return removing(path, '$pull', (item) => isDoc(item) && filter.matches(item));
  }
  if (isDoc(argument) || argument instanceof Regex) {
    const filter = compileFilter(new Map([['v', argument]]));
    // Wrapped once more, an element that is an array is compared as a whole and not searched.
    return removing(path, '$pull', (item) => filter.matches(new Map([['v', item]])));
  }
  return removing(path, '$pull', (item) => equalValues(item, argument));
}
