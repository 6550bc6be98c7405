import { decode, decodeInSteps, isLong } from '../bson/decode.js';
import { FieldSet, pick, pickInSteps } from '../bson/raw.js';
import { type IndexPlan, planInSteps, type Plan, type PlanRequest } from './planner.js';
import { type Found, type FoundStream, IndexScan, RecordScan } from './scan.js';
import type { Doc } from '../bson/values.js';
import type { Collection } from '../storage/catalog.js';
import { lookupKey } from '../storage/index-keys.js';
import { holderOf, readRecord } from '../storage/records.js';
import type { ReadContext } from '../storage/slice.js';
import { type Filter } from '../query/filter.js';
import { type Leaf } from '../query/node.js';
import { bytesFilter, topLevelLeaves } from '../query/raw-filter.js';
import { sortFound } from './sorter.js';
import type { SortField } from '../document/sort.js';
import { type Job, PAUSE } from '../stretch.js';

/** What explain reports. */
export interface Examined {
  keys: number;
  documents: number;
}

/** Tells of stored bytes whether they match; decodes what the filter looks at and no more than it has to. */
export function filterReader(filter: Filter): (bytes: Buffer) => boolean {
  const leaves = topLevelLeaves(filter.node);
  if (leaves) return bytesFilter(leaves);
  if (!filter.roots) return (bytes) => filter.matches(decode(bytes));
  const fields = new FieldSet(filter.roots);
  return (bytes) => filter.matches(pick(bytes, fields));
}

/** What of the filter the index has not answered already; undefined if that is nothing. */
function remainder(filter: Filter, plan: IndexPlan): ((bytes: Buffer) => boolean) | undefined {
  if (plan.exact) return undefined;
  const leaves = plan.covered.size > 0 ? topLevelLeaves(filter.node) : undefined;
  return leaves ? bytesFilter(leaves.filter((leaf) => !plan.covered.has(leaf.path))) : filterReader(filter);
}

/**
 * The same for a document of any length, which others may change during a pause: what is handed on is what is stored now, so
 * that it can be written over.
 */
function* foundInSteps(ctx: ReadContext, collection: Collection, filter: Filter, { rid, bytes }: Found): Job<Found | undefined> {
  for (let stored: Buffer | undefined = bytes; stored;) {
    const { turn } = ctx.slice;
    const document: Doc = filter.roots ? yield* pickInSteps(stored, new FieldSet(filter.roots)) : yield* decodeInSteps(stored);
    const isMatch: boolean = yield* filter.matchesInSteps(document);
    const now: Buffer | undefined = ctx.slice.turn === turn ? stored : readRecord(ctx.store, collection, rid);
    if (now?.equals(stored)) return isMatch ? { rid, bytes: now } : undefined;
    stored = now;
  }
  return undefined;
}

type Matches = ((bytes: Buffer) => boolean) | undefined;

/** The record if it is one that is looked for. */
function* checked(ctx: ReadContext, collection: Collection, filter: Filter, matches: Matches, found: Found): FoundStream {
  if (matches && isLong(found.bytes)) {
    const match = yield* foundInSteps(ctx, collection, filter, found);
    if (match) yield match;
  } else if (!matches || matches(found.bytes)) yield found;
}

function* scanRecords(ctx: ReadContext, collection: Collection, filter: Filter, plan: Plan, examined: Examined): FoundStream {
  const scan = new RecordScan(ctx, collection, plan.kind === 'collection' && plan.reverse);
  const matches = plan.exact ? undefined : filterReader(filter);
  for (let found = scan.next(); found; found = scan.next()) {
    examined.documents++;
    if (isLong(found.bytes)) yield* checked(ctx, collection, filter, matches, found);
    else if (!matches || matches(found.bytes)) yield found;
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
  const scan = new IndexScan(ctx, collection, plan);
  const matches = remainder(filter, plan);
  for (let rid = scan.next(); rid !== undefined; rid = scan.next()) {
    examined.keys++;
    if (!seen?.has(rid)) {
      seen?.add(rid);
      const bytes = readRecord(ctx.store, collection, rid);
      examined.documents++;
      if (bytes && isLong(bytes)) yield* checked(ctx, collection, filter, matches, { rid, bytes });
      else if (bytes && (!matches || matches(bytes))) yield { rid, bytes };
    }
    if (ctx.slice.over(ctx.deadline)) yield PAUSE;
  }
}

/** The documents a plan finds, each once, in the plan's order. */
function* findByPlan(ctx: ReadContext, collection: Collection, filter: Filter, plan: Plan, examined: Examined): FoundStream {
  if (plan.kind === 'collection') yield* scanRecords(ctx, collection, filter, plan, examined);
  else if (plan.kind === 'index') {
    // One document has several keys only where an array is indexed.
    const seen = plan.index.multikey.includes(true) ? new Set<number>() : undefined;
    yield* scanIndex(ctx, collection, filter, plan, examined, seen);
  } else {
    const seen = new Set<number>();
    for (const branch of plan.branches) {
      yield* scanIndex(ctx, collection, filter, { ...branch, exact: false, covered: new Set() }, examined, seen);
    }
  }
}

/** The condition on _id that leaves at most one document: then there is nothing to plan. */
function idLeaf({ node }: Filter): Leaf | undefined {
  const nodes = node.kind === 'and' ? node.nodes : [node];
  for (const leaf of nodes) {
    if (leaf.kind !== 'leaf' || leaf.path !== '_id' || leaf.op !== '$eq') continue;
    if (leaf.operand !== null && !Array.isArray(leaf.operand)) return leaf;
  }
  return undefined;
}

/** What else the filter asks of the document with that _id. */
function besides(filter: Filter, id: Leaf): ((bytes: Buffer) => boolean) | undefined {
  if (filter.node === id) return undefined;
  const leaves = topLevelLeaves(filter.node);
  return leaves ? bytesFilter(leaves.filter((leaf) => leaf !== id)) : filterReader(filter);
}

function* findById(ctx: ReadContext, collection: Collection, filter: Filter, id: Leaf, examined: Examined): FoundStream {
  const [index] = collection.indexes;
  const key = index && lookupKey(index, [id.operand]);
  const rid = key && holderOf(ctx.store, key);
  if (rid === undefined) return;
  examined.keys++;
  examined.documents++;
  const bytes = readRecord(ctx.store, collection, rid);
  if (bytes) yield* checked(ctx, collection, filter, besides(filter, id), { rid, bytes });
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
  const id = request.hint === undefined && !request.skip ? idLeaf(request.filter) : undefined;
  if (id) {
    yield* findById(ctx, collection, request.filter, id, examined);
    return;
  }
  const plan = yield* planInSteps(collection, request);
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
