import { type Doc, doc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { findRecords } from '../plan/execute.js';
import { compileFilter, type Filter } from '../query/filter.js';
import type { SortField } from '../document/sort.js';
import { filterReader } from '../plan/execute.js';
import type { Found } from '../plan/scan.js';
import type { Collection } from '../storage/catalog.js';
import { readRecord, type RecordContext } from '../storage/records.js';
import { updateRecord, upsertRecord } from '../update/apply.js';
import { compileUpdate, type Update } from '../update/update.js';
import {
  batchOf,
  checkCollation,
  checkItems,
  collectionName,
  type Command,
  type CommandContext,
  flag,
  hintOf,
  letVariables,
  readContext,
} from './command.js';
import { checkBatch, eachItem } from './write-batch.js';
import { type Job, PAUSE, type Pause, stretch } from '../stretch.js';

interface UpdateItem {
  filter: Filter;
  update: Update;
  multi: boolean;
  upsert: boolean;
  hint: Doc | string | undefined;
}

/** A sort of single updates came with MongoDB 8.0. */
const ITEM_FIELDS = ['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint'];

function parseItem(ctx: CommandContext, item: Doc): UpdateItem {
  checkCollation(item.get('collation'));
  const variables = new Map([...letVariables(ctx.command.get('let')), ...letVariables(item.get('c'))]);
  const update = compileUpdate(item.get('u'), item.get('arrayFilters'), variables);
  const multi = flag(item.get('multi'));
  if (multi && update.kind === 'replacement') throw new MongoError(9, 'multi update is not supported for replacement-style update');
  return {
    filter: compileFilter(item.get('q'), { variables }),
    update,
    multi,
    upsert: flag(item.get('upsert')),
    hint: hintOf(item.get('hint')),
  };
}

/** Finds the first match inside of the write transaction; after a pause it is looked at again before it counts. */
export function* findOneForWrite(
  ctx: CommandContext,
  collection: Collection,
  request: { filter: Filter; sort?: readonly SortField[] | undefined; hint: Doc | string | undefined },
): Generator<Pause, Found | undefined> {
  const matches = filterReader(request.filter);
  for (;;) {
    let paused = false;
    let found: Found | undefined;
    for (const item of findRecords(readContext(ctx), collection, { ...request, limit: 1 })) {
      if (item === PAUSE) {
        paused = true;
        yield PAUSE;
      } else {
        found = item;
        break;
      }
    }
    if (!found || !paused) return found;
    const bytes = readRecord(ctx.engine.store, collection, found.rid);
    if (bytes && (bytes.equals(found.bytes) || matches(bytes))) return { rid: found.rid, bytes };
  }
}

interface ItemResult {
  matched: number;
  modified: number;
  upsertedId: Value | undefined;
}

/** Does something with a record that was found; one that others changed during a pause is looked at again, as long as it matches. */
export function* untilDone<T>(
  { store }: RecordContext,
  collection: Collection,
  found: Found,
  filter: Filter,
  change: (found: Found) => Job<T | undefined>,
): Job<T | undefined> {
  for (let { rid, bytes } = found; ;) {
    const result = yield* change({ rid, bytes });
    const now = result === undefined ? readRecord(store, collection, rid) : undefined;
    if (!now || !filterReader(filter)(now)) return result;
    bytes = now;
  }
}

function* updateMany(ctx: CommandContext, records: RecordContext, collection: Collection, item: UpdateItem): Job<ItemResult> {
  const result: ItemResult = { matched: 0, modified: 0, upsertedId: undefined };
  // A document whose new value lies further on in the index would be met again.
  const done = new Set<number>();
  const read = readContext(ctx);
  for (const found of findRecords(read, collection, { filter: item.filter, hint: item.hint })) {
    if (found === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (done.has(found.rid)) continue;
    done.add(found.rid);
    result.matched++;
    const updated = yield* untilDone(records, collection, found, item.filter, (now) => updateRecord(records, collection, now, item));
    if (updated?.modified) result.modified++;
    if (read.slice.over(read.deadline)) yield PAUSE;
  }
  return result;
}

function* runItem(ctx: CommandContext, records: RecordContext, name: string, item: UpdateItem): Job<ItemResult> {
  const collection = ctx.engine.catalog.find(ctx.db, name);
  const result: ItemResult = { matched: 0, modified: 0, upsertedId: undefined };
  if (collection && item.multi) {
    const many = yield* updateMany(ctx, records, collection, item);
    if (many.matched > 0) return many;
  } else if (collection) {
    for (let found = yield* findOneForWrite(ctx, collection, item); found; found = yield* findOneForWrite(ctx, collection, item)) {
      const updated = yield* updateRecord(records, collection, found, item);
      if (updated) return { matched: 1, modified: updated.modified ? 1 : 0, upsertedId: undefined };
    }
  }
  if (item.upsert) result.upsertedId = upsertRecord(records, { db: ctx.db, name }, item.filter, item.update).id;
  return result;
}

async function update(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const items = await batchOf(ctx, 'updates');
  checkBatch(items);
  checkItems('update.updates', items, ['q', 'u'], ITEM_FIELDS);
  const upserted: Value[] = [];
  let [n, nModified] = [0, 0];
  function* runOne(records: RecordContext, item: Doc, index: number): Job<void> {
    const result = yield* runItem(ctx, records, name, yield* stretch.repeating(() => parseItem(ctx, item)));
    n += result.matched;
    nModified += result.modified;
    if (result.upsertedId === undefined) return;
    n++;
    upserted.push(doc({ index, _id: result.upsertedId }));
  }
  return ctx.engine.write((records) =>
    eachItem(
      ctx,
      items,
      (item, index) => runOne(records, item, index),
      () => doc({ n, nModified, upserted: upserted.length > 0 ? upserted : undefined }),
    ),
  );
}

export const updateCommands: Record<string, Command> = {
  update: { run: update, fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'] },
};
