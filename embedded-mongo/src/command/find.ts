import { type Doc, doc, OK, textOr, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { type Examined, findRecords, type FindRequest } from '../plan/execute.js';
import type { ReadContext } from '../storage/slice.js';
import { compileProjection, type Projection, project } from '../query/projection.js';
import { parseSort } from '../document/sort.js';
import type { Results } from '../engine/cursors.js';
import { andThen, type Soon } from '../soon.js';
import type { Collection } from '../storage/catalog.js';
import { firstBatch, nextBatch } from './batch.js';
import {
  checkCollation,
  collectionName,
  type Command,
  type CommandContext,
  docField,
  flag,
  hintOf,
  intField,
  letVariables,
  readContext,
} from './command.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

const FIRST_BATCH = 101;

interface FindPlanned {
  request: FindRequest;
  projection: Projection | undefined;
}

/** A find command's fields as a request; what would change the result and is not supported is refused. */
export function parseFind(ctx: CommandContext): FindPlanned {
  const { command } = ctx;
  checkCollation(command.get('collation'));
  if (flag(command.get('tailable')) || flag(command.get('awaitData'))) throw notSupported('tailable cursors');
  for (const name of ['min', 'max'] as const) if ((docField(ctx, name)?.size ?? 0) > 0) throw notSupported(`find with ${name}`);
  if (flag(command.get('returnKey')) || flag(command.get('showRecordId'))) throw notSupported('returnKey and showRecordId');
  const variables = letVariables(command.get('let'));
  const skip = intField(command, 'skip', 0);
  const limit = intField(command, 'limit', 0);
  if (skip < 0) throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  if (limit < 0) throw new MongoError(51024, `BSON field 'limit' value must be >= 0, actual value '${limit}'`);
  return {
    request: {
      filter: compileFilter(command.get('filter'), { variables }),
      sort: parseSort(command.get('sort')),
      skip,
      limit,
      hint: hintOf(command.get('hint')),
    },
    projection: compileProjection(docField(ctx, 'projection'), variables),
  };
}

function* findResults(read: ReadContext, collection: Collection | undefined, planned: FindPlanned, examined?: Examined): Results {
  if (!collection) return;
  const { projection, request } = planned;
  for (const found of findRecords(read, collection, request, examined)) {
    if (found === PAUSE) yield PAUSE;
    else yield projection ? yield* project(projection, request.filter, found.bytes) : found.bytes;
  }
}

const findFields = (
  'filter sort projection hint skip limit batchSize singleBatch returnKey showRecordId tailable awaitData ' +
  'oplogReplay noCursorTimeout allowPartialResults collation allowDiskUse let min max'
).split(' ');

function find(ctx: CommandContext): Soon<Doc> {
  const name = collectionName(ctx);
  const batchSize = intField(ctx.command, 'batchSize', FIRST_BATCH);
  if (batchSize < 0) throw new MongoError(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
  const read = readContext(ctx);
  const parsed = ctx.request.isLong ? ctx.engine.read(stretch.repeating(() => parseFind(ctx))) : parseFind(ctx);
  return andThen(parsed, (planned) =>
    firstBatch(ctx.engine, `${ctx.db}.${name}`, findResults(read, ctx.engine.catalog.find(ctx.db, name), planned), {
      batchSize,
      singleBatch: flag(ctx.command.get('singleBatch')),
      timeout: !flag(ctx.command.get('noCursorTimeout')),
      read,
    }),
  );
}

async function getMore(ctx: CommandContext): Promise<Doc> {
  const id = ctx.command.get('getMore');
  if (typeof id !== 'bigint') throw new MongoError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const collection = textOr(ctx.command.get('collection'), '');
  const namespace = `${ctx.db}.${collection}`;
  const cursor = ctx.engine.cursors.take(id, namespace);
  cursor.busy = true;
  try {
    const batch = await ctx.engine.read(nextBatch(cursor, intField(ctx.command, 'batchSize', 0)), cursor.read.deadline);
    if (cursor.killed) throw new MongoError(237, `cursor id ${id} was killed`);
    if (batch.finished) ctx.engine.cursors.kill(id);
    else cursor.usedAt = Date.now();
    return doc({ cursor: doc({ nextBatch: batch.documents, id: batch.finished ? 0n : id, ns: namespace }), ok: OK });
  } catch (error) {
    ctx.engine.cursors.kill(id);
    throw error;
  } finally {
    cursor.busy = false;
  }
}

function* killAll(ctx: CommandContext, ids: readonly Value[]): Job<Doc> {
  const killed = new Set<Value>();
  const unknown: Value[] = [];
  for (const id of ids) {
    if (typeof id === 'bigint' && ctx.engine.cursors.kill(id)) killed.add(id);
    else if (!killed.has(id)) unknown.push(id);
    if (ctx.engine.slice.over(ctx.deadline)) yield PAUSE;
  }
  return doc({ cursorsKilled: [...killed], cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [], ok: OK });
}

function killCursors(ctx: CommandContext): Soon<Doc> {
  const ids = ctx.command.get('cursors');
  if (!Array.isArray(ids)) throw new MongoError(40414, "BSON field 'killCursors.cursors' is missing but a required field");
  return ctx.engine.read(killAll(ctx, ids));
}

export const findCommands: Record<string, Command> = {
  find: { run: find, fields: findFields },
  getMore: { run: getMore, fields: ['collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'] },
  killCursors: { run: killCursors, fields: ['cursors'] },
};
