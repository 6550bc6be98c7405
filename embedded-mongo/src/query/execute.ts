import { decode } from '../bson/decode.js';
import { FieldSet, pick } from '../bson/raw.js';
import type { Value } from '../bson/values.js';
import { choosePlan, type IndexPlan, type Plan, type PlanRequest } from '../plan/planner.js';
import { type Found, IndexScan, RecordScan } from '../plan/scan.js';
import type { Collection } from '../storage/catalog.js';
import { encodeKey } from '../storage/index-keys.js';
import { readRecord } from '../storage/records.js';
import type { Slice } from '../storage/slice.js';
import { ridOf, type Store } from '../storage/store.js';
import { PAUSE, type Pause } from '../storage/writer.js';
import type { Filter } from './filter.js';
import { sortFound } from './sorter.js';
import type { SortField } from './sort.js';

/** Where and for how long a query runs. */
export interface ReadContext {
  store: Store;
  slice: Slice;
  /** performance.now() at which maxTimeMS is over. */
  deadline?: number | undefined;
}

/** What explain reports. */
export interface Examined {
  keys: number;
  documents: number;
}

export type FoundStream = Generator<Found | Pause, void>;

/** Decodes what the filter looks at, or all of it. */
export function filterReader(filter: Filter): (bytes: Buffer) => boolean {
  if (!filter.roots) return (bytes) => filter.matches(decode(bytes));
  const fields = new FieldSet(filter.roots);
  return (bytes) => filter.matches(pick(bytes, fields));
}

function* scanRecords(ctx: ReadContext, collection: Collection, filter: Filter, plan: Plan, examined: Examined): FoundStream {
  const scan = new RecordScan(ctx.store, ctx.slice, collection, plan.kind === 'collection' && plan.reverse);
  const matches = plan.exact ? undefined : filterReader(filter);
  for (let found = scan.next(); found; found = scan.next()) {
    examined.documents++;
    if (!matches || matches(found.bytes)) yield found;
    if (ctx.slice.over(ctx.deadline)) yield PAUSE;
  }
}

function* scanIndex(
  ctx: ReadContext,
  collection: Collection,
  filter: Filter,
  plan: IndexPlan,
  examined: Examined,
  seen: Set<number> | undefined,
): FoundStream {
  const scan = new IndexScan(ctx.store, ctx.slice, plan);
  const matches = plan.exact ? undefined : filterReader(filter);
  for (let rid = scan.next(); rid !== undefined; rid = scan.next()) {
    examined.keys++;
    if (!seen?.has(rid)) {
      seen?.add(rid);
      const bytes = readRecord(ctx.store, collection, rid);
      examined.documents++;
      if (bytes && (!matches || matches(bytes))) yield { rid, bytes };
    }
    if (ctx.slice.over(ctx.deadline)) yield PAUSE;
  }
}

/** The documents a plan finds, each once, in the plan's order. */
export function* findByPlan(ctx: ReadContext, collection: Collection, filter: Filter, plan: Plan, examined: Examined): FoundStream {
  if (plan.kind === 'collection') yield* scanRecords(ctx, collection, filter, plan, examined);
  else if (plan.kind === 'index') {
    // One document has several keys only where an array is indexed.
    const seen = plan.index.multikey.includes(true) ? new Set<number>() : undefined;
    yield* scanIndex(ctx, collection, filter, plan, examined, seen);
  } else {
    const seen = new Set<number>();
    for (const branch of plan.branches) {
      yield* scanIndex(ctx, collection, filter, { ...branch, exact: false }, examined, seen);
    }
  }
}

/** The _id a filter asks for if it asks for nothing else: then there is nothing to plan. */
function soleId(filter: Filter): Value | undefined {
  const { node } = filter;
  if (node.kind !== 'leaf' || node.path !== '_id' || node.op !== '$eq') return undefined;
  return node.operand === null || Array.isArray(node.operand) ? undefined : node.operand;
}

function* findById(ctx: ReadContext, collection: Collection, id: Value, examined: Examined): FoundStream {
  const [index] = collection.indexes;
  const holder = index && ctx.store.index.getBinary(encodeKey(index, [id]));
  if (!holder) return;
  examined.keys++;
  examined.documents++;
  const rid = ridOf(Buffer.from(holder));
  const bytes = readRecord(ctx.store, collection, rid);
  if (bytes) yield { rid, bytes };
}

export interface FindRequest extends PlanRequest {
  sort?: readonly SortField[] | undefined;
  skip?: number;
  limit?: number;
}

/** Filter, sort, skip and limit over one collection; projecting is the caller's. */
export function* findRecords(
  ctx: ReadContext,
  collection: Collection,
  request: FindRequest,
  examined: Examined = { keys: 0, documents: 0 },
): FoundStream {
  const id = request.hint === undefined && !request.skip ? soleId(request.filter) : undefined;
  if (id !== undefined) {
    yield* findById(ctx, collection, id, examined);
    return;
  }
  const plan = choosePlan(collection, request);
  const { sort, skip = 0, limit = 0 } = request;
  let source = findByPlan(ctx, collection, request.filter, plan, examined);
  if (sort && !plan.sorted) source = sortFound(ctx, source, sort, limit > 0 ? skip + limit : 0);
  yield* window(source, skip, limit);
}

function* window(source: FoundStream, skip: number, limit: number): FoundStream {
  let passed = 0;
  let given = 0;
  for (const found of source) {
    if (found === PAUSE) yield PAUSE;
    else if (passed < skip) passed++;
    else {
      yield found;
      if (++given === limit) return;
    }
  }
}
