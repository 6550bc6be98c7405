import { compareValues } from '../bson/compare.js';
import { keyOf, keyText } from '../bson/key.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, type NumberValue, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { parseSort, sortKey } from '../document/sort.js';
import { isNullish } from '../expression/arguments.js';
import { compile } from '../expression/compile.js';
import type { Scope } from '../expression/expression.js';
import { allowance, type Spend, weigh } from './memory.js';
import { countOf, isExtreme, take } from '../expression/ranked.js';
import { average, combine, deviation } from '../expression/arithmetic.js';

export interface Accumulator {
  add(scope: Scope): void;
  result(): Value | undefined;
}

/** One accumulator specification, ready to be started for each group; what it holds is counted with `spend`. */
export type StartAccumulator = (spend: Spend) => Accumulator;

interface State {
  add(value: Value | undefined): void;
  result(): Value | undefined;
}

function simple(argument: Value, start: (spend: Spend) => State): StartAccumulator {
  const compute = compile(argument);
  return (spend) => {
    const state = start(spend);
    return { add: (scope) => state.add(compute(scope)), result: () => state.result() };
  };
}

/** Holds one value at a time and counts it. */
function holder(spend: Spend): { value: Value | undefined; hold(value: Value | undefined): void } {
  return {
    value: undefined,
    hold(value) {
      spend(weigh(value) - weigh(this.value));
      this.value = value;
    },
  };
}

/** A list that grows with the group; MongoDB has a code of its own for it. */
const listAllowance = (name: string): Spend => allowance(name, 146);

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
  return simple(argument, (spend) => {
    const best = holder(spend);
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best.value === undefined || compareValues(value, best.value) * sign > 0) best.hold(value);
      },
      result: () => best.value ?? null,
    };
  });
}

function first(argument: Value): StartAccumulator {
  return simple(argument, (spend) => {
    const held = holder(spend);
    let seen = false;
    return {
      add: (next) => {
        if (!seen) held.hold(next);
        seen = true;
      },
      result: () => held.value ?? null,
    };
  });
}

function last(argument: Value): StartAccumulator {
  return simple(argument, (spend) => {
    const held = holder(spend);
    return { add: (next) => held.hold(next), result: () => held.value ?? null };
  });
}

function push(argument: Value): StartAccumulator {
  return simple(argument, (spend) => {
    const values: Value[] = [];
    const grow = listAllowance('$push');
    return {
      add: (value) => {
        if (value === undefined) return;
        const weight = weigh(value);
        grow(weight);
        spend(weight);
        values.push(value);
      },
      result: () => values,
    };
  });
}

function addToSet(argument: Value): StartAccumulator {
  return simple(argument, (spend) => {
    const values = new Map<string, Value>();
    const grow = listAllowance('$addToSet');
    return {
      add: (value) => {
        if (value === undefined) return;
        const key = keyText(value);
        if (values.has(key)) return;
        const weight = weigh(value) + key.length;
        grow(weight);
        spend(weight);
        values.set(key, value);
      },
      result: () => [...values.values()],
    };
  });
}

function stdDev(argument: Value, sample: boolean): StartAccumulator {
  return simple(argument, (spend) => {
    const values: number[] = [];
    return {
      add: (value) => {
        if (!isNumeric(value)) return;
        spend(8);
        values.push(toNumber(value));
      },
      result: () => deviation(values, sample),
    };
  });
}

function mergeObjects(argument: Value): StartAccumulator {
  return simple(argument, (spend) => {
    const merged: Doc = new Map();
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (!isDoc(value)) throw new MongoError(40400, '$mergeObjects requires object inputs');
        for (const [name, field] of value) {
          spend(weigh(field) - (merged.has(name) ? weigh(merged.get(name)) : -name.length));
          merged.set(name, field);
        }
      },
      result: () => merged,
    };
  });
}

interface Ranked {
  key: Buffer;
  value: Value;
  weight: number;
}

/** $top, $bottom, $firstN, $maxN and their relatives: gather, and cut to what can still be wanted now and then. */
function ranked(name: string, argument: Value): StartAccumulator {
  if (!isDoc(argument)) throw new MongoError(5788001, `specification must be an object; found ${name}: not an object`);
  const many = name.endsWith('N');
  const sorted = name.startsWith('$top') || name.startsWith('$bottom');
  const n = many ? countOf(name, compile(argument.get('n') ?? null)(new Map())) : 1;
  const sort = sorted ? parseSort(argument.get('sortBy')) : undefined;
  if (sorted && !sort) throw new MongoError(5788005, `Missing value for 'sortBy' in ${name}`);
  const output = compile(argument.get(sorted ? 'output' : 'input') ?? null);
  return (spend) => {
    let items: Ranked[] = [];
    const add = (value: Value | undefined, root: Value | undefined): void => {
      const key = sort && isDoc(root) ? sortKey(root, sort) : keyOf(value);
      const weight = key.length + weigh(value);
      spend(weight);
      items.push({ key, value: value ?? null, weight });
      if (items.length >= n * 2 + 64) cut();
    };
    const cut = (): void => {
      const kept = take(name, items, n);
      spend(weightOf(kept) - weightOf(items));
      items = kept;
    };
    return {
      add: (scope) => {
        const value = output(scope);
        if (!isExtreme(name) || !isNullish(value)) add(value, scope.get('ROOT'));
      },
      result: () => {
        const values = take(name, items, n).map((item) => item.value);
        return many ? values : (values[0] ?? null);
      },
    };
  };
}

function weightOf(items: readonly Ranked[]): number {
  return items.reduce((sum, item) => sum + item.weight, 0);
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

/** MongoDB approximates them; an answer that differs from its own would not be seen as one. */
const REFUSED = new Set(['$median', '$percentile']);

export function accumulator(field: string, spec: Value): StartAccumulator {
  if (!isDoc(spec) || spec.size !== 1) throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  const [[name, argument]] = [...spec] as [[string, Value]];
  const maker = makers[name];
  if (REFUSED.has(name)) throw notSupported(`${name} of groups`);
  if (name === '$accumulator') throw notSupported(`${name} (server-side JavaScript)`);
  if (!maker) throw new MongoError(15952, `unknown group operator '${name}'`);
  return maker(argument);
}
