import { typeOrder } from '../bson/compare.js';
import { invert, KEY, keyOf } from '../bson/key.js';
import { Double, Opaque, Regex, type Value, BSON } from '../bson/values.js';
import { type Leaf, type Node } from '../query/node.js';
import { literalPrefix } from '../document/regex.js';
import { successor } from '../storage/store.js';
import { stretch } from '../stretch.js';

/**
 * A stretch of encoded values, ascending. A bound is a prefix: `high` included means everything that begins
 * with it. Both bounds equal and included is a point.
 */
export interface Interval {
  low: Buffer;
  lowIncluded: boolean;
  high: Buffer;
  highIncluded: boolean;
}

export interface Predicate {
  path: string;
  op: string;
  operand: Value;
  intervals: Interval[];
  /** Whether a single value satisfies the predicate if and only if it lies in the intervals. */
  exact: boolean;
  /** Whether it can be satisfied by a missing field. */
  matchesMissing: boolean;
}

export function point(value: Value): Interval {
  const key = keyOf(value);
  return { low: key, lowIncluded: true, high: key, highIncluded: true };
}

export function isPoint(interval: Interval): boolean {
  return interval.lowIncluded && interval.highIncluded && (interval.low === interval.high || interval.low.equals(interval.high));
}

const everything: Interval = {
  low: Buffer.from([1]),
  lowIncluded: true,
  high: Buffer.from([0xf0]),
  highIncluded: false,
};
const nothingToNull: Interval[] = [point(new Opaque(BSON.undefined, Buffer.alloc(0))), point(null)];

/** Of more values of `$in` no ranges are made: looking up each takes longer than going through the index or the collection. */
export const MAX_VALUES = 10_000;

/** Planning a branch of `$or` takes about as long as looking through ten documents: of more of them only what they have in common counts. */
const MAX_BRANCHES = 500;

function equalIntervals(operand: Value): { intervals: Interval[]; exact: boolean } {
  if (operand === null) return { intervals: nothingToNull, exact: false };
  if (Array.isArray(operand)) {
    // An indexed array has one key for each element: the first element leads to it.
    const first = operand[0] ?? new Opaque(BSON.undefined, Buffer.alloc(0));
    return { intervals: [point(operand), point(first)], exact: false };
  }
  return { intervals: [point(operand)], exact: true };
}

function rangeIntervals(op: string, operand: Value): Interval[] | undefined {
  const bracket = typeOrder(operand);
  if (bracket === KEY.null) return op === '$gte' || op === '$lte' ? nothingToNull : [];
  if (bracket === KEY.minKey || bracket === KEY.maxKey || bracket === KEY.array) return undefined;
  const key = keyOf(operand);
  if (operand instanceof Double && Number.isNaN(operand.value)) return op.endsWith('e') ? [point(operand)] : [];
  // NaN lies below every number but no comparison with a number holds for it.
  const lowest = bracket === KEY.number ? keyOf(new Double(-Infinity)) : Buffer.from([bracket]);
  const below: Interval = { low: lowest, lowIncluded: true, high: key, highIncluded: op === '$lte' };
  const above: Interval = { low: key, lowIncluded: op === '$gte', high: Buffer.from([bracket]), highIncluded: true };
  return [op === '$lt' || op === '$lte' ? below : above];
}

function regexIntervals(regex: Regex): { intervals: Interval[]; exact: boolean } {
  const { text, whole } = literalPrefix(regex);
  const low = Buffer.concat([Buffer.from([KEY.string]), Buffer.from(text)]);
  // Not a point: more of the string follows the literal text.
  const intervals = [{ low, lowIncluded: true, high: successor(low), highIncluded: false }, point(regex)];
  return { intervals, exact: whole };
}

function leafPredicate(leaf: Leaf, prefix: string): Predicate | undefined {
  const path = prefix === '' ? leaf.path : leaf.path === '' ? prefix : `${prefix}.${leaf.path}`;
  const base = { path, op: leaf.op, operand: leaf.operand, matchesMissing: false };
  const { operand } = leaf;
  switch (leaf.op) {
    case '$eq':
      return { ...base, ...equalIntervals(operand), matchesMissing: operand === null };
    case '$in': {
      if (!Array.isArray(operand) || operand.some((item) => item instanceof Regex)) return undefined;
      if (operand.length > MAX_VALUES) return { ...base, intervals: [everything], exact: false, matchesMissing: operand.includes(null) };
      const parts = operand.map(equalIntervals);
      const intervals = normalize(parts.flatMap((part) => part.intervals));
      return { ...base, intervals, exact: parts.every((part) => part.exact), matchesMissing: operand.includes(null) };
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const intervals = rangeIntervals(leaf.op, operand);
      const simple = typeOrder(operand) !== KEY.null;
      return intervals && { ...base, intervals, exact: simple, matchesMissing: !simple };
    }
    case '$regex':
      return operand instanceof Regex ? { ...base, ...regexIntervals(operand) } : undefined;
    case '$exists':
      return { ...base, intervals: [everything], exact: false };
    default:
      // $type, $mod, $size and the like: no order to use, but they do not hold for a missing field.
      return { ...base, intervals: [everything], exact: false };
  }
}

/** What an interval leaves out, given intervals in order: the stretches between them, and before and after. */
function complement(intervals: readonly Interval[]): Interval[] {
  const gaps: Interval[] = [];
  let { low, lowIncluded } = everything;
  for (const next of normalize(intervals)) {
    gaps.push({ low, lowIncluded, high: next.low, highIncluded: !next.lowIncluded });
    [low, lowIncluded] = [next.high, !next.highIncluded];
  }
  return [...gaps, { low, lowIncluded, high: everything.high, highIncluded: everything.highIncluded }];
}

function elementIntervals(node: Node): Interval[] | undefined {
  if (node.kind === 'not') {
    const inner = node.node.kind === 'leaf' && node.node.path === '' ? leafPredicate(node.node, '') : undefined;
    return inner?.exact === true ? complement(inner.intervals) : undefined;
  }
  return node.kind === 'leaf' && node.path === '' ? leafPredicate(node, '')?.intervals : undefined;
}

/** Conditions on one and the same element of an array: unlike others on an array's field they can be intersected. */
function elementPredicate(node: Node, path: string): Predicate | undefined {
  if (node.kind !== 'and' || node.nodes.length === 0) return undefined;
  const parts = node.nodes.map(elementIntervals);
  let intervals: Interval[] | undefined;
  for (const part of parts) {
    if (part === undefined) return undefined;
    intervals = intervals === undefined ? part : intersect(intervals, part);
  }
  const op = `$elemMatch ${node.nodes.map((child) => (child.kind === 'leaf' ? child.op : child.kind)).join()}`;
  return { path, op, operand: null, intervals: intervals ?? [], exact: false, matchesMissing: false };
}

export interface Predicates {
  list: Predicate[];
  /** Whether the predicates are the whole filter. */
  complete: boolean;
  /** $or nodes of the conjunction, for plans of their own. */
  alternatives: Node[][];
}

/** That one path has one of these values, which is less than the branches of an `$or` say. */
function eitherPredicate(path: string, values: readonly Value[]): Predicate {
  const intervals = values.length > MAX_VALUES ? [everything] : normalize(values.map(point));
  return { path, op: '$or', operand: null, intervals, exact: false, matchesMissing: false };
}

/** What a filter's conjunction says about single paths. */
export function predicatesOf(node: Node, prefix = '', into?: Predicates): Predicates {
  const result = into ?? { list: [], complete: true, alternatives: [] };
  switch (node.kind) {
    case 'leaf': {
      const predicate = stretch.piece(() => leafPredicate(node, prefix));
      if (predicate) result.list.push(predicate);
      else result.complete = false;
      break;
    }
    case 'and':
      for (const child of node.nodes) predicatesOf(child, prefix, result);
      break;
    case 'elemMatch': {
      const path = prefix === '' ? node.path : `${prefix}.${node.path}`;
      const element = elementPredicate(node.node, path);
      if (element) result.list.push(element);
      else predicatesOf(node.node, path, result);
      result.complete = false;
      break;
    }
    case 'or':
      if (prefix === '' && node.nodes.length <= MAX_BRANCHES) result.alternatives.push(node.nodes);
      else if (prefix === '' && node.branches?.values) {
        const { path, values } = node.branches;
        result.list.push(stretch.piece(() => eitherPredicate(path, values)));
      }
      result.complete = false;
      break;
    case 'computed':
      for (const { path, value } of prefix === '' ? node.equalities : [])
        result.list.push({ path, op: '$eq', operand: value, intervals: [point(value)], exact: false, matchesMissing: false });
      result.complete = false;
      break;
    default:
      result.complete = false;
  }
  return result;
}

function join(prefix: Buffer, bound: Buffer, descending: boolean): Buffer {
  const joined = Buffer.allocUnsafe(prefix.length + bound.length);
  prefix.copy(joined);
  bound.copy(joined, prefix.length);
  if (descending) invert(joined, prefix.length, joined.length);
  return joined;
}

/** Where the bytes that an interval means after a prefix begin; a descending field's bytes are inverted. */
export function startOf(prefix: Buffer, interval: Interval, descending: boolean): Buffer {
  const [bound, included] = descending ? [interval.high, interval.highIncluded] : [interval.low, interval.lowIncluded];
  const key = join(prefix, bound, descending);
  return included ? key : successor(key);
}

/** The bytes [start, end) an interval means after a prefix; a descending field's bytes are inverted. */
export function byteRange(prefix: Buffer, interval: Interval, descending: boolean): { start: Buffer; end: Buffer } {
  const [bound, included] = descending ? [interval.low, interval.lowIncluded] : [interval.high, interval.highIncluded];
  const last = join(prefix, bound, descending);
  return { start: startOf(prefix, interval, descending), end: included ? successor(last) : last };
}

/** The bytes of an interval as plain ascending [start, end), to compare and intersect. */
function plain(interval: Interval): { start: Buffer; end: Buffer } {
  return byteRange(Buffer.alloc(0), interval, false);
}

/** Points in order, each once: their keys say it all. */
function normalizePoints(points: readonly Interval[]): Interval[] {
  return points.toSorted((a, b) => a.low.compare(b.low)).filter(({ low }, i, all) => i === 0 || !all[i - 1]?.low.equals(low));
}

/** Sorted, without duplicates and empty ones; overlapping ones are joined. */
export function normalize(intervals: readonly Interval[]): Interval[] {
  if (intervals.every(isPoint)) return normalizePoints(intervals);
  const sorted = intervals
    .map((interval) => ({ interval, ...plain(interval) }))
    .filter(({ start, end }) => start.compare(end) < 0)
    .sort((a, b) => a.start.compare(b.start) || a.end.compare(b.end));
  const result: typeof sorted = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (!last || next.start.compare(last.end) >= 0) result.push(next);
    else if (next.end.compare(last.end) > 0) {
      const { low, lowIncluded } = last.interval;
      const { high, highIncluded } = next.interval;
      result[result.length - 1] = { ...last, end: next.end, interval: { low, lowIncluded, high, highIncluded } };
    }
  }
  return result.map(({ interval }) => interval);
}

function intersectPair(a: Interval, b: Interval): Interval {
  const x = plain(a);
  const y = plain(b);
  const low = x.start.compare(y.start) >= 0 ? a : b;
  const high = x.end.compare(y.end) <= 0 ? a : b;
  return { low: low.low, lowIncluded: low.lowIncluded, high: high.high, highIncluded: high.highIncluded };
}

export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  return normalize(a.flatMap((x) => b.map((y) => intersectPair(x, y))));
}

export { everything };
