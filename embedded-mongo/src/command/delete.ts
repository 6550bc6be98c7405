import { type Doc, doc } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { findRecords } from '../plan/execute.js';
import { compileFilter, type Filter } from '../query/filter.js';
import type { Found } from '../plan/scan.js';
import type { Collection } from '../storage/catalog.js';
import { removeRecord, type RecordContext } from '../storage/records.js';
import {
  batchOf,
  checkCollation,
  checkItems,
  collectionName,
  type Command,
  type CommandContext,
  hintOf,
  intField,
  letVariables,
  readContext,
} from './command.js';
import { findOneForWrite, untilDone } from './update.js';
import { checkBatch, eachItem } from './write-batch.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

interface DeleteItem {
  filter: Filter;
  hint: Doc | string | undefined;
  one: boolean;
}

function parseItem(ctx: CommandContext, item: Doc): DeleteItem {
  checkCollation(item.get('collation'));
  const limit = intField(item, 'limit', NaN);
  if (limit !== 0 && limit !== 1) throw new MongoError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  const variables = letVariables(ctx.command.get('let'));
  return { filter: compileFilter(item.get('q'), { variables }), hint: hintOf(item.get('hint')), one: limit === 1 };
}

function* runItem(ctx: CommandContext, records: RecordContext, name: string, item: DeleteItem): Job<number> {
  const collection = ctx.engine.catalog.find(ctx.db, name);
  if (!collection) return 0;
  if (item.one) {
    for (;;) {
      const found = yield* findOneForWrite(ctx, collection, item);
      if (!found) return 0;
      if (yield* removeRecord(records, collection, found)) return 1;
    }
  }
  let removed = 0;
  function* removeOne(found: Found): Job<true | undefined> {
    return (yield* removeRecord(records, collection as Collection, found)) || undefined;
  }
  for (const found of findRecords(readContext(ctx), collection, { filter: item.filter, hint: item.hint })) {
    if (found === PAUSE) yield PAUSE;
    else if (yield* untilDone(records, collection, found, item.filter, removeOne)) removed++;
  }
  return removed;
}

async function remove(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const items = await batchOf(ctx, 'deletes');
  checkBatch(items);
  checkItems('delete.deletes', items, ['q', 'limit'], ['q', 'limit', 'collation', 'hint']);
  let n = 0;
  return ctx.engine.write((records) =>
    eachItem(
      ctx,
      items,
      function* (item): Job<void> {
        n += yield* runItem(ctx, records, name, yield* stretch.repeating(() => parseItem(ctx, item)));
      },
      () => doc({ n }),
    ),
  );
}

export const deleteCommands: Record<string, Command> = {
  delete: { run: remove, fields: ['deletes', 'ordered', 'let'] },
};
