import type { Examined, FindRequest, ReadContext } from '../query/execute.js';
import type { Collection } from '../storage/catalog.js';
import { type Job, PAUSE } from '../storage/writer.js';
import { choosePlan, type IndexPlan } from './planner.js';
import { IndexScan } from './scan.js';

/** Keys in the plan's ranges, up to `most`: whoever asks for few must not pay for a million. */
function countKeys({ store }: ReadContext, { ranges }: IndexPlan, most: number): number {
  let count = 0;
  for (const { start, end } of ranges) {
    const left = most - count;
    // Skipping is done by LMDB itself and looks at no more keys than it is told.
    if (left !== Infinity) {
      for (const _ of store.index.getKeys({ start, end, offset: left - 1, limit: 1 })) return most;
    }
    count += store.index.getKeysCount({ start, end });
  }
  return count;
}

/** Documents in the plan's ranges where one may have several keys, up to `most`. */
function* countDocuments(read: ReadContext, plan: IndexPlan, most: number, examined: Examined): Job<number> {
  const seen = new Set<number>();
  const scan = new IndexScan(read.store, read.slice, { ...plan, sorted: false });
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
  if (plan.index.multikey.includes(true)) return yield* countDocuments(read, plan, most, examined);
  const count = countKeys(read, plan, most);
  examined.keys += count;
  return count;
}
