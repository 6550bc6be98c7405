import { type Doc, doc, OK, RawDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compileFilter, type Filter } from '../query/filter.js';
import { compileProjection, type Projection, project } from '../query/projection.js';
import { parseSort } from '../document/sort.js';
import { removeRecord, type RecordContext } from '../storage/records.js';
import { updateRecord, upsertRecord } from '../update/apply.js';
import { compileUpdate, type Update } from '../update/update.js';
import { checkCollation, collectionName, type Command, type CommandContext, docField, flag, hintOf, letVariables } from './command.js';
import { findOneForWrite } from './update.js';
import { type Job, stretch } from '../stretch.js';

interface Modify {
  filter: Filter;
  projection: Projection | undefined;
  update: Update | undefined;
  upsert: boolean;
  wantsNew: boolean;
  sort: ReturnType<typeof parseSort>;
  hint: Doc | string | undefined;
}

function parse(ctx: CommandContext): Modify {
  const { command } = ctx;
  checkCollation(command.get('collation'));
  const variables = letVariables(command.get('let'));
  const removing = flag(command.get('remove'));
  const update = command.get('update');
  const upsert = flag(command.get('upsert'));
  const wantsNew = flag(command.get('new'));
  if (removing && update !== undefined) throw new MongoError(9, 'Cannot specify both an update and remove=true');
  if (removing && upsert) throw new MongoError(9, 'Cannot specify both upsert=true and remove=true');
  if (removing && wantsNew)
    throw new MongoError(9, "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  if (!removing && update === undefined) throw new MongoError(9, 'Either an update or remove=true must be specified');
  return {
    filter: compileFilter(command.get('query'), { variables }),
    projection: compileProjection(docField(ctx, 'fields'), variables),
    update: removing ? undefined : compileUpdate(update, command.get('arrayFilters'), variables),
    upsert,
    wantsNew,
    sort: parseSort(command.get('sort')),
    hint: hintOf(command.get('hint')),
  };
}

function* shown({ projection, filter }: Modify, bytes: Buffer): Job<Value> {
  return new RawDoc(projection ? yield* project(projection, filter, bytes) : bytes);
}

function reply(lastErrorObject: Doc, value: Value): Doc {
  return doc({ lastErrorObject, value, ok: OK });
}

function* run(ctx: CommandContext, records: RecordContext, name: string, request: Modify): Job<Doc> {
  const collection = ctx.engine.catalog.find(ctx.db, name);
  const { filter, update } = request;
  const found = collection && (yield* findOneForWrite(ctx, collection, request));
  if (collection && found && !update) {
    if (!(yield* removeRecord(records, collection, found))) return yield* run(ctx, records, name, request);
    return reply(doc({ n: 1 }), yield* shown(request, found.bytes));
  }
  if (!update) return reply(doc({ n: 0 }), null);
  if (collection && found) {
    const since = records.txn();
    const value = request.wantsNew ? undefined : yield* shown(request, found.bytes);
    const updated = yield* updateRecord(records, collection, found, { filter, update }, since);
    // Others changed it during a pause.
    if (!updated) return yield* run(ctx, records, name, request);
    return reply(doc({ n: 1, updatedExisting: true }), value ?? (yield* shown(request, updated.after)));
  }
  if (!request.upsert) return reply(doc({ n: 0, updatedExisting: false }), null);
  const made = upsertRecord(records, { db: ctx.db, name }, filter, update);
  return reply(doc({ n: 1, updatedExisting: false, upserted: made.id }), request.wantsNew ? yield* shown(request, made.bytes) : null);
}

async function findAndModify(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const request = await ctx.engine.read(stretch.repeating(() => parse(ctx)));
  return ctx.engine.write((records) => run(ctx, records, name, request));
}

const command: Command = {
  run: findAndModify,
  fields: 'query sort remove update new fields upsert bypassDocumentValidation collation arrayFilters hint let'.split(' '),
};

export const findAndModifyCommands: Record<string, Command> = { findAndModify: command, findandmodify: command };
