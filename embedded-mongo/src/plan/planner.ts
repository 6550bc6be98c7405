import type { Doc } from '../bson/values.js';
import { badValue } from '../errors.js';
import type { Filter } from '../query/filter.js';
import type { SortField } from '../document/sort.js';
import type { Collection, Index } from '../storage/catalog.js';
import { idPrefix, successor } from '../storage/store.js';
import { chosenIndex, rememberIndex, shapeOf } from './choices.js';
import {
  byteRange,
  everything,
  intersect,
  type Interval,
  isPoint,
  MAX_VALUES,
  type Predicate,
  type Predicates,
  predicatesOf,
  startOf,
} from './intervals.js';
import { implies } from './implies.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

export interface KeyRange {
  start: Buffer;
  end: Buffer;
  /** The bytes all keys of the range share up to the sort fields; merging ranges in sort order skips them. */
  prefixLength: number;
}

export interface IndexPlan {
  kind: 'index';
  index: Index;
  ranges: KeyRange[];
  reverse: boolean;
  /** The ranges hold the whole filter: documents need not be looked at again. */
  exact: boolean;
  /** Paths of which the ranges hold all that the filter asks. */
  covered: ReadonlySet<string>;
  /** Keys come in the order the sort asks for; with several ranges they have to be merged. */
  sorted: boolean;
  bounds: Map<string, Interval[]>;
  score: number;
}

interface UnionPlan {
  kind: 'union';
  branches: IndexPlan[];
  sorted: false;
  exact: false;
}

export type Plan = IndexPlan | UnionPlan | { kind: 'collection'; reverse: boolean; sorted: boolean; exact: boolean };

/** More separate ranges than this cost more than they save. */
const MAX_RANGES = MAX_VALUES;
/** Each document of a merge is the first of all ranges: with more of them sorting is cheaper (MongoDB: the same). */
const MAX_MERGED = 200;

interface FieldBounds {
  intervals: Interval[];
  exact: boolean;
}

function tightness(predicate: Predicate): number {
  return predicate.intervals.every(isPoint) ? 1 / (1 + predicate.intervals.length) + 1 : predicate.intervals.includes(everything) ? 0 : 0.5;
}

/** What the filter allows at one field. Several conditions on an array field may be met by different elements. */
function fieldBounds(index: Index, at: number, predicates: readonly Predicate[]): FieldBounds | undefined {
  const path = index.fields[at]?.path;
  const own = predicates.filter((predicate) => predicate.path === path);
  if (own.length === 0) return undefined;
  // One condition alone holds for an array if it holds for one of its elements, which is what its keys say.
  if (index.multikey[at] && own.length > 1) {
    const best = own.reduce((a, b) => (tightness(b) > tightness(a) ? b : a));
    return { intervals: best.intervals, exact: false };
  }
  const intervals = own.slice(1).reduce((sum, next) => intersect(sum, next.intervals), own[0]?.intervals ?? []);
  return { intervals, exact: own.every((predicate) => predicate.exact) };
}

interface Bounded {
  prefixes: Buffer[];
  ranges: KeyRange[] | undefined;
  /** Fields fixed to points, and whether each is fixed to a single one. */
  points: boolean[];
  used: number;
  exactPaths: Set<string>;
  bounds: Map<string, Interval[]>;
}

function bound(index: Index, predicates: readonly Predicate[]): Bounded {
  const state: Bounded = {
    prefixes: [idPrefix(index.id)],
    ranges: undefined,
    points: [],
    used: 0,
    exactPaths: new Set(),
    bounds: new Map(),
  };
  for (let i = 0; i < index.fields.length; i++) {
    const field = index.fields[i];
    const allowed = fieldBounds(index, i, predicates);
    if (!field || !allowed) break;
    // Two fields of one array are indexed element by element; a filter may be met by different elements.
    if (index.multikey[i] && index.multikey.slice(0, i).includes(true)) break;
    if (allowed.intervals.length * state.prefixes.length > MAX_RANGES) break;
    const narrows = !allowed.intervals.includes(everything);
    state.bounds.set(field.path, allowed.intervals);
    if (allowed.exact) state.exactPaths.add(field.path);
    if (allowed.intervals.every(isPoint)) {
      state.prefixes = state.prefixes.flatMap((prefix) => allowed.intervals.map((interval) => startOf(prefix, interval, field.descending)));
      state.points.push(allowed.intervals.length <= 1);
      state.used += 2;
    } else {
      state.ranges = state.prefixes.flatMap((prefix) =>
        allowed.intervals.map((interval) => ({
          ...byteRange(prefix, interval, field.descending),
          prefixLength: prefix.length,
        })),
      );
      state.used += narrows ? 1 : 0;
      break;
    }
  }
  return state;
}

/** With every field fixed the prefix is the key itself; otherwise more fields follow it. */
function wholePrefix(prefix: Buffer): KeyRange {
  return { start: prefix, end: successor(prefix), prefixLength: prefix.length };
}

function sortDirection(index: Index, sort: readonly SortField[], points: readonly boolean[]): 'forward' | 'reverse' | undefined {
  let at = 0;
  let reverse: boolean | undefined;
  const fixed = new Set(
    index.fields
      .slice(0, points.length)
      .filter((_, i) => points[i])
      .map((field) => field.path),
  );
  // Fields fixed to several points are merged: the sort continues after the points.
  if (points.some((single) => !single)) at = points.length;
  for (const { path, descending } of sort) {
    if (fixed.has(path)) continue;
    while (at < index.fields.length && points[at]) at++;
    const field = index.fields[at];
    if (field?.path !== path || index.multikey[at]) return undefined;
    const backwards = field.descending !== descending;
    if (reverse !== undefined && reverse !== backwards) return undefined;
    reverse = backwards;
    at++;
  }
  return reverse ? 'reverse' : 'forward';
}

/** What partial indexes demand; by their filter, which lives as long as the index. */
const conditions = new WeakMap<Filter, Predicates>();

function conditionOf(partial: Filter): Predicates {
  const known = conditions.get(partial);
  if (known) return known;
  const made = predicatesOf(partial.node);
  conditions.set(partial, made);
  return made;
}

function usable(index: Index, predicates: Predicates): boolean {
  if (!index.ready || index.hidden) return false;
  if (index.partial && !implies(predicates.list, conditionOf(index.partial))) return false;
  if (!index.sparse) return true;
  return index.fields.some((field) => predicates.list.some((p) => p.path === field.path && !p.matchesMissing));
}

function planIndex(index: Index, predicates: Predicates, sort: readonly SortField[] | undefined, forced: boolean): IndexPlan | undefined {
  const state = bound(index, predicates.list);
  const ranges = state.ranges ?? state.prefixes.map(wholePrefix);
  const mergeable = state.prefixes.length <= MAX_MERGED;
  const direction = sort && mergeable ? sortDirection(index, sort, state.points) : undefined;
  if (state.used === 0 && !direction && !forced) return undefined;
  const exact = predicates.complete && predicates.list.every((p) => state.exactPaths.has(p.path));
  const complete = index.unique && state.points.length === index.fields.length && state.points.every(Boolean);
  const score = state.used + (direction ? 1.5 : 0) + (complete ? 100 : 0) + (exact ? 0.5 : 0) - index.fields.length * 0.01;
  return {
    kind: 'index',
    index,
    ranges: sortRanges(ranges),
    reverse: direction === 'reverse',
    exact,
    covered: predicates.complete ? state.exactPaths : new Set(),
    sorted: direction !== undefined,
    bounds: state.bounds,
    score,
  };
}

function sortRanges(ranges: KeyRange[]): KeyRange[] {
  if (ranges.length < 2) return ranges;
  return ranges.sort((a, b) => a.start.compare(b.start));
}

function hinted(collection: Collection, hint: Doc | string): Index {
  const wanted = typeof hint === 'string' ? hint : JSON.stringify([...hint].map(([k, v]) => [k, Number(v)]));
  const index = collection.indexes.find((candidate) =>
    typeof hint === 'string'
      ? candidate.name === hint
      : JSON.stringify(candidate.fields.map((f) => [f.path, f.descending ? -1 : 1])) === wanted,
  );
  if (!index)
    throw badValue('error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index');
  return index;
}

function planUnion(collection: Collection, predicates: Predicates): UnionPlan | undefined {
  for (const nodes of predicates.alternatives) {
    const branches = nodes.map((node) => stretch.piece(() => bestIndex(collection, predicatesOf(node), undefined)));
    if (branches.length > 0 && branches.every((branch) => branch !== undefined)) {
      return { kind: 'union', branches, sorted: false, exact: false };
    }
  }
  return undefined;
}

function bestIndex(collection: Collection, predicates: Predicates, sort: readonly SortField[] | undefined): IndexPlan | undefined {
  const may = collection.indexes.map((index) => usable(index, predicates));
  const shape = shapeOf(may, predicates.list, sort);
  const known = chosenIndex(collection, shape);
  const planned = known && planIndex(known, predicates, sort, false);
  if (planned) return planned;
  let best: IndexPlan | undefined;
  for (const [i, index] of collection.indexes.entries()) {
    const plan = may[i] ? planIndex(index, predicates, sort, false) : undefined;
    if (plan && (!best || plan.score > best.score)) best = plan;
  }
  if (best) rememberIndex(collection, shape, best.index);
  return best;
}

export interface PlanRequest {
  filter: Filter;
  sort?: readonly SortField[] | undefined;
  /** An index by name or key, or {$natural: 1 | -1}. */
  hint?: Doc | string | undefined;
}

/** A filter of many conditions is planned with pauses, and anew if the indexes change meanwhile. */
export function* planInSteps(collection: Collection, request: PlanRequest): Job<Plan> {
  if (!request.filter.isLong) return choosePlan(collection, request);
  yield PAUSE;
  for (;;) {
    const { indexes } = collection;
    const plan = yield* stretch.repeating(() => choosePlan(collection, request));
    if (collection.indexes !== indexes) continue;
    yield PAUSE;
    return plan;
  }
}

function choosePlan(collection: Collection, request: PlanRequest): Plan {
  const { filter, sort, hint } = request;
  const predicates = predicatesOf(filter.node);
  const naturalHint = typeof hint === 'object' ? hint.get('$natural') : undefined;
  const natural = sort?.length === 1 && sort[0]?.path === '$natural' ? sort[0] : undefined;
  const exact = predicates.complete && predicates.list.length === 0;
  if (natural || naturalHint !== undefined) {
    const reverse = natural ? natural.descending : Number(naturalHint) < 0;
    return { kind: 'collection', reverse, sorted: natural !== undefined || !sort, exact };
  }
  if (hint !== undefined) {
    const plan = planIndex(hinted(collection, hint), predicates, sort, true);
    if (plan) return plan;
  }
  const scan: Plan = { kind: 'collection', reverse: false, sorted: !sort || sort.length === 0, exact };
  if (exact && scan.sorted) return scan;
  const indexed = stretch.piece(() => bestIndex(collection, predicates, sort && sort.length > 0 ? sort : undefined));
  if (indexed && indexed.score >= 1) return indexed;
  return planUnion(collection, predicates) ?? indexed ?? scan;
}
