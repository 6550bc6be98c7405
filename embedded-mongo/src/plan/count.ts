import type { Examined, FindRequest, ReadContext } from '../query/execute.js';
import type { Collection } from '../storage/catalog.js';
import type { Table } from '../storage/store.js';
import { type Job, PAUSE } from '../storage/writer.js';
import { choosePlan, type IndexPlan, type KeyRange } from './planner.js';
import { IndexScan } from './scan.js';

/** What a count needs of an index's table. */
export type KeySource = Pick<Table, 'getKeys' | 'getKeysCount'>;

/** Keys that a count passes in its first step; each further step is at most as long as all before it. */
const FIRST_STEP = 128;

/**
 * Keys of a range, up to `most`. LMDB skips by itself, but only looks at where the range ends when it has skipped: told
 * to skip 100,000 keys of a range of ten, it goes through those of other indexes. So no step is longer than the keys
 * already found, and few cost little.
 */
export function countRange(index: KeySource, { start, end }: Pick<KeyRange, 'start' | 'end'>, most: number): number {
  if (most === Infinity) return index.getKeysCount({ start, end });
  let count = 0;
  let last: Buffer | undefined;
  while (count < most) {
    const step = Math.min(most - count, Math.max(FIRST_STEP, count));
    const rest = { start: last ?? start, end, exclusiveStart: last !== undefined };
    const [reached] = index.getKeys({ ...rest, offset: step - 1, limit: 1 });
    if (reached === undefined) return count + index.getKeysCount(rest);
    last = reached;
    count += step;
  }
  return most;
}

/** Keys in the plan's ranges, up to `most`: whoever asks for few must not pay for a million. */
function countKeys({ store }: ReadContext, { ranges }: IndexPlan, most: number): number {
  let count = 0;
  for (const range of ranges) {
    count += countRange(store.index, range, most - count);
    if (count >= most) return most;
  }
  return count;
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
  const plan = choosePlan(collection, { filter, hint });
  if (plan.kind === 'collection') return plan.exact ? collection.count : undefined;
  if (plan.kind !== 'index' || !plan.exact) return undefined;
  const most = limit > 0 ? skip + limit : Infinity;
  if (plan.index.multikey.includes(true)) return yield* countDocuments(read, collection, plan, most, examined);
  const count = countKeys(read, plan, most);
  examined.keys += count;
  return count;
}
