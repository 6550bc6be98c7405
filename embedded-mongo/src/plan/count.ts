import type { FindRequest, ReadContext } from '../query/execute.js';
import type { Collection } from '../storage/catalog.js';
import { choosePlan } from './planner.js';

/** Counts without looking at documents, where the index (or the collection's own count) says it all. */
export function countByIndex(read: ReadContext, collection: Collection, request: FindRequest): number | undefined {
  const plan = choosePlan(collection, { filter: request.filter, hint: request.hint });
  if (plan.kind === 'collection') return plan.exact ? collection.count : undefined;
  if (plan.kind !== 'index' || !plan.exact || plan.index.multikey.includes(true)) return undefined;
  let count = 0;
  for (const { start, end } of plan.ranges) count += read.store.index.getKeysCount({ start, end });
  return count;
}
