import { keyText } from '../bson/key.js';
import { Decimal, Double, isNumeric, ObjectId, type Value } from '../bson/values.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

/** A number as JavaScript's own; undefined where that would not be the same number. */
function plainNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return typeof value === 'bigint' && BigInt.asIntN(54, value) === value ? Number(value) : undefined;
}

/** What tells a value of a common type from all others of that type; cheaper than its key. */
function sign(value: Value): string | number | undefined {
  if (value instanceof ObjectId) return `o${value.bytes.toString('latin1')}`;
  return typeof value === 'string' ? `s${value}` : plainNumber(value);
}

interface Known {
  /** Signs of the values that have one. */
  signs: Set<string | number>;
  /** Keys of the others: decimals, and long integers that are no doubles, may equal what has a sign. */
  others: Set<string>;
  hasOtherNumbers: boolean;
}

const STEPS_OF_SIGN = 2;
const STEPS_OF_KEY = 20;

function* knownOf(values: readonly Value[]): Job<Known> {
  const known: Known = { signs: new Set(), others: new Set(), hasOtherNumbers: false };
  for (const value of values) {
    const own = sign(value);
    if (own !== undefined) known.signs.add(own);
    else {
      known.others.add(keyText(value));
      known.hasOtherNumbers ||= isNumeric(value);
    }
    if (stretch.isDue(own === undefined ? STEPS_OF_KEY : STEPS_OF_SIGN)) yield PAUSE;
  }
  return known;
}

/** Whether a value equals one of many, without comparing it with each. */
export function isOneOf(values: readonly Value[]): (value: Value) => boolean {
  const { signs, others, hasOtherNumbers } = stretch.inParts(() => knownOf(values));
  let all: Set<string> | undefined;
  return (value) => {
    const own = sign(value);
    if (own !== undefined && signs.has(own)) return true;
    if (own !== undefined) return typeof own === 'number' && hasOtherNumbers && others.has(keyText(value));
    if (value instanceof Decimal) return (all ??= new Set(values.map(keyText))).has(keyText(value));
    return others.size > 0 && others.has(keyText(value));
  };
}

/** A function that gives equal values of these lists, and no others, one and the same result; the quickest that does. */
export function equalityOf(...lists: (readonly Value[])[]): (value: Value) => string | number {
  const isPlain = lists.every((list) => list.every((value) => sign(value) !== undefined));
  return isPlain ? (value) => sign(value) ?? '' : keyText;
}
