import { compareValues } from '../bson/compare.js';
import { keyOf } from '../bson/key.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, type NumberValue, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { parseSort, sortKey } from '../query/sort.js';
import { isNullish } from './arguments.js';
import { compile, type Scope } from './expression.js';
import { average, combine, deviation } from './statistics.js';

export interface Accumulator {
  add(scope: Scope): void;
  result(): Value | undefined;
}

/** One accumulator specification, ready to be started for each group. */
export type StartAccumulator = () => Accumulator;

function simple(argument: Value, start: () => { add(value: Value | undefined): void; result(): Value | undefined }): StartAccumulator {
  const compute = compile(argument);
  return () => {
    const state = start();
    return { add: (scope) => state.add(compute(scope)), result: () => state.result() };
  };
}

function sum(argument: Value): StartAccumulator {
  return simple(argument, () => {
    let total: NumberValue = 0;
    return {
      add: (value) => {
        if (isNumeric(value)) total = combine('+', total, value);
      },
      result: () => total,
    };
  });
}

function avg(argument: Value): StartAccumulator {
  return simple(argument, () => {
    let total: NumberValue = 0;
    let count = 0;
    return {
      add: (value) => {
        if (!isNumeric(value)) return;
        total = combine('+', total, value);
        count++;
      },
      result: () => average(total, count),
    };
  });
}

function extreme(argument: Value, sign: number): StartAccumulator {
  return simple(argument, () => {
    let best: Value | undefined;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === undefined || compareValues(value, best) * sign > 0) best = value;
      },
      result: () => best ?? null,
    };
  });
}

function first(argument: Value): StartAccumulator {
  return simple(argument, () => {
    let value: Value | undefined;
    let seen = false;
    return {
      add: (next) => {
        if (!seen) value = next;
        seen = true;
      },
      result: () => value ?? null,
    };
  });
}

function last(argument: Value): StartAccumulator {
  return simple(argument, () => {
    let value: Value | undefined;
    return { add: (next) => void (value = next), result: () => value ?? null };
  });
}

function push(argument: Value): StartAccumulator {
  return simple(argument, () => {
    const values: Value[] = [];
    return {
      add: (value) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  });
}

function addToSet(argument: Value): StartAccumulator {
  return simple(argument, () => {
    const values = new Map<string, Value>();
    return {
      add: (value) => {
        if (value === undefined) return;
        const key = keyOf(value).toString('latin1');
        if (!values.has(key)) values.set(key, value);
      },
      result: () => [...values.values()],
    };
  });
}

function stdDev(argument: Value, sample: boolean): StartAccumulator {
  return simple(argument, () => {
    const values: number[] = [];
    return {
      add: (value) => {
        if (isNumeric(value)) values.push(toNumber(value));
      },
      result: () => deviation(values, sample),
    };
  });
}

function mergeObjects(argument: Value): StartAccumulator {
  return simple(argument, () => {
    const merged: Doc = new Map();
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (!isDoc(value)) throw new MongoError(40400, '$mergeObjects requires object inputs');
        for (const [name, field] of value) merged.set(name, field);
      },
      result: () => merged,
    };
  });
}

interface Ranked {
  key: Buffer;
  value: Value;
}

/** $top, $bottom, $firstN, $maxN and their relatives: keep all, order at the end, cut. */
function ranked(name: string, argument: Value): StartAccumulator {
  if (!isDoc(argument)) throw new MongoError(5788001, `specification must be an object; found ${name}: not an object`);
  const many = name.endsWith('N');
  const sorted = name.startsWith('$top') || name.startsWith('$bottom');
  const n = many ? countOf(name, argument.get('n') ?? null) : 1;
  const sort = sorted ? parseSort(argument.get('sortBy')) : undefined;
  if (sorted && !sort) throw new MongoError(5788005, `Missing value for 'sortBy' in ${name}`);
  const output = compile(argument.get(sorted ? 'output' : 'input') ?? null);
  return () => {
    const items: Ranked[] = [];
    return {
      add: (scope) => {
        const value = output(scope);
        if ((name === '$minN' || name === '$maxN') && isNullish(value)) return;
        const root = scope.get('ROOT');
        const key = sort && isDoc(root) ? sortKey(root, sort) : keyOf(value);
        items.push({ key, value: value ?? null });
      },
      result: () => {
        const cut = take(name, items, n).map((item) => item.value);
        return many ? cut : (cut[0] ?? null);
      },
    };
  };
}

function countOf(name: string, argument: Value): number {
  const n = compile(argument)(new Map());
  if (!isNumeric(n) || toNumber(n) < 1) throw new MongoError(5787908, `'n' must be greater than 0, found n in ${name}`);
  return toNumber(n);
}

function take(name: string, items: Ranked[], n: number): Ranked[] {
  const ascending = (a: Ranked, b: Ranked): number => a.key.compare(b.key);
  switch (name) {
    case '$firstN':
      return items.slice(0, n);
    case '$lastN':
      return items.slice(-n);
    case '$maxN':
      return items.sort((a, b) => ascending(b, a)).slice(0, n);
    case '$bottom':
    case '$bottomN':
      return items.sort(ascending).slice(-n);
    default:
      return items.sort(ascending).slice(0, n);
  }
}

const makers: Readonly<Record<string, (argument: Value) => StartAccumulator>> = {
  $sum: sum,
  $avg: avg,
  $min: (argument) => extreme(argument, -1),
  $max: (argument) => extreme(argument, 1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $stdDevPop: (argument) => stdDev(argument, false),
  $stdDevSamp: (argument) => stdDev(argument, true),
  $mergeObjects: mergeObjects,
  $count: (argument) => {
    if (!isDoc(argument) || argument.size > 0) throw new MongoError(14, '$count takes no arguments, i.e. $count:{}');
    return sum(1);
  },
};
for (const name of ['$top', '$topN', '$bottom', '$bottomN', '$firstN', '$lastN', '$minN', '$maxN']) {
  Object.assign(makers, { [name]: (argument: Value) => ranked(name, argument) });
}

export function accumulator(field: string, spec: Value): StartAccumulator {
  if (!isDoc(spec) || spec.size !== 1) throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  const [[name, argument]] = [...spec] as [[string, Value]];
  const maker = makers[name];
  if (!maker) throw new MongoError(15952, `unknown group operator '${name}'`);
  return maker(argument);
}
