import type { ReadContext } from '../storage/slice.js';
import type { Examined, FindRequest } from './execute.js';
import type { Collection } from '../storage/catalog.js';
import type { Table } from '../storage/store.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { isPoint } from './intervals.js';
import { type IndexPlan, type KeyRange, planInSteps } from './planner.js';
import { IndexScan } from './scan.js';

/** What a count needs of an index's table. */
export type KeySource = Pick<Table, 'getKeys' | 'getKeysCount'>;

/** Keys that a count passes in its first step; each further step is at most as long as all before it. */
const FIRST_STEP = 128;
/** LMDB passes so many keys in a millisecond or two. */
const LONGEST_STEP = 20_000;

/**
 * Counts the keys of a range, up to `most`, and stops at times to say how many it has passed. LMDB skips by itself, but only
 * looks at where the range ends when it has skipped: told to skip 100,000 keys of a range of ten, it goes through those of
 * other indexes. So no step is longer than the keys already found, and few cost little.
 */
export function* countRange(index: KeySource, { start, end }: Pick<KeyRange, 'start' | 'end'>, most: number): Generator<number, number> {
  let count = 0;
  let last: Buffer | undefined;
  while (count < most) {
    const step = Math.min(most - count, Math.max(FIRST_STEP, count), LONGEST_STEP);
    const rest = { start: last ?? start, end, exclusiveStart: last !== undefined };
    const [reached] = index.getKeys({ ...rest, offset: step - 1, limit: 1 });
    if (reached === undefined) return count + index.getKeysCount(rest);
    last = reached;
    count += step;
    yield step;
  }
  return most;
}

/** Keys in the plan's ranges, up to `most`: whoever asks for few must not pay for a million. */
function* countKeys(read: ReadContext, collection: Collection, { index, ranges }: IndexPlan, most: number): Job<number> {
  let count = 0;
  for (const range of ranges) {
    const steps = countRange(read.store.index, range, most - count);
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      stretch.count(step.value);
      if (!read.slice.over(read.deadline)) continue;
      yield PAUSE;
      read.catalog.checkThere(collection, index);
    }
    count += step.value;
    if (count >= most) return most;
  }
  return count;
}

/** Whether no document has two keys in the plan's ranges: of an array of its at most one element is looked for. */
function hasOneKeyEach({ index, bounds }: IndexPlan): boolean {
  return index.fields.every(({ path }, i) => {
    const intervals = bounds.get(path) ?? [];
    return !index.multikey[i] || (intervals.length === 1 && intervals.every(isPoint));
  });
}

/** Documents in the plan's ranges where one may have several keys, up to `most`. */
function* countDocuments(read: ReadContext, collection: Collection, plan: IndexPlan, most: number, examined: Examined): Job<number> {
  const seen = new Set<number>();
  const scan = new IndexScan(read, collection, { ...plan, sorted: false });
  for (let rid = scan.next(); rid !== undefined && seen.size < most; rid = scan.next()) {
    examined.keys++;
    seen.add(rid);
    if (read.slice.over(read.deadline)) yield PAUSE;
  }
  return seen.size;
}

/**
 * Counts without looking at documents, where the index (or the collection's own count) says it all; undefined where it
 * does not. No further than the request's skip and limit go.
 */
export function* countByIndex(
  read: ReadContext,
  collection: Collection,
  { filter, hint, skip = 0, limit = 0 }: FindRequest,
  examined: Examined,
): Job<number | undefined> {
  const plan = yield* planInSteps(collection, { filter, hint });
  if (plan.kind === 'collection') return plan.exact ? collection.count : undefined;
  if (plan.kind !== 'index' || !plan.exact) return undefined;
  const most = limit > 0 ? skip + limit : Infinity;
  if (!hasOneKeyEach(plan)) return yield* countDocuments(read, collection, plan, most, examined);
  const count = yield* countKeys(read, collection, plan, most);
  examined.keys += count;
  return count;
}
