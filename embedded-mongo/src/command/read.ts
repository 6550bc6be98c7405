import { encodeValue } from '../bson/encode.js';
import { FieldSet, pickInSteps } from '../bson/raw.js';
import { keyText } from '../bson/key.js';
import { MAX_DOCUMENT_BYTES } from '../bson/limits.js';
import { type Doc, doc, OK, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { countRecords } from '../aggregate/counting.js';
import { encoded, runPipeline } from '../aggregate/pipeline.js';
import { parseStages } from '../aggregate/pipeline-context.js';
import { findRecords, type FindRequest } from '../plan/execute.js';
import type { ReadContext } from '../storage/slice.js';
import { compileFilter } from '../query/filter.js';
import { valuesAt } from '../document/path.js';
import type { Collection } from '../storage/catalog.js';
import { outStages, writeOut } from './aggregate-out.js';
import { firstBatch } from './batch.js';
import { explainCommand } from './explain.js';
import { pipelineContext } from './pipeline-context.js';
import {
  checkCollation,
  checkNamespace,
  collectionName,
  type Command,
  type CommandContext,
  docField,
  flag,
  hintOf,
  intField,
  letVariables,
  readContext,
  stringField,
} from './command.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

async function count(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  checkCollation(ctx.command.get('collation'));
  const skip = intField(ctx.command, 'skip', 0);
  // A negative limit counts like its absolute value (manual: reference/command/count).
  const limit = Math.abs(intField(ctx.command, 'limit', 0));
  if (skip < 0) throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const filter = await ctx.engine.read(stretch.repeating(() => compileFilter(ctx.command.get('query') ?? undefined)));
  const collection = ctx.engine.catalog.find(ctx.db, name);
  const request = { filter, hint: hintOf(ctx.command.get('hint')) };
  const all = collection ? await ctx.engine.read(countRecords(readContext(ctx), collection, request)) : 0;
  const rest = Math.max(0, all - skip);
  return doc({ n: limit > 0 ? Math.min(rest, limit) : rest, ok: OK });
}

/** Making a value's key and looking for it among the others. */
const STEPS_OF_VALUE = 20;

function* distinctValues(read: ReadContext, collection: Collection, path: string, request: FindRequest): Job<Value[]> {
  const values = new Map<string, Value>();
  let bytes = 0;
  const parts = path.split('.');
  const root = new FieldSet(new Set(parts.slice(0, 1)));
  for (const found of findRecords(read, collection, request)) {
    if (found === PAUSE) {
      yield PAUSE;
      continue;
    }
    for (const value of valuesAt(yield* pickInSteps(found.bytes, root), parts)) {
      if (stretch.isDue(STEPS_OF_VALUE)) yield PAUSE;
      const key = keyText(value);
      if (values.has(key)) continue;
      values.set(key, value);
      bytes += encodeValue(value).length;
      if (bytes > MAX_DOCUMENT_BYTES) throw new MongoError(17217, 'distinct too big, 16mb cap');
    }
  }
  return [...values.values()];
}

async function distinct(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  checkCollation(ctx.command.get('collation'));
  const filter = await ctx.engine.read(stretch.repeating(() => compileFilter(ctx.command.get('query') ?? undefined)));
  const collection = ctx.engine.catalog.find(ctx.db, name);
  const path = stringField(ctx, 'key');
  const values = collection ? await ctx.engine.read(distinctValues(readContext(ctx), collection, path, { filter })) : [];
  return doc({ values, ok: OK });
}

async function aggregate(ctx: CommandContext): Promise<Doc> {
  const target = ctx.command.get('aggregate');
  const name = typeof target === 'string' ? target : '$cmd.aggregate';
  if (typeof target === 'string') checkNamespace(ctx.db, target);
  checkCollation(ctx.command.get('collation'));
  if (!ctx.command.has('cursor') && !flag(ctx.command.get('explain')))
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  if (flag(ctx.command.get('explain'))) return explainCommand(ctx, ctx.command, 'queryPlanner');
  const variables = letVariables(ctx.command.get('let'));
  const stages = parseStages(ctx.command.get('pipeline'));
  const last = stages.at(-1);
  const out = last && outStages.has(last.name) ? stages.pop() : undefined;
  const context = pipelineContext(ctx, variables);
  const stream = await ctx.engine.read(stretch.repeating(() => runPipeline(context, name, stages, hintOf(ctx.command.get('hint')))));
  if (out) {
    await writeOut(ctx, out, stream, variables);
    return doc({ cursor: doc({ firstBatch: [], id: 0n, ns: `${ctx.db}.${name}` }), ok: OK });
  }
  return firstBatch(ctx.engine, `${ctx.db}.${name}`, encoded(stream), {
    batchSize: intField(docField(ctx, 'cursor') ?? doc({}), 'batchSize', 101),
    singleBatch: false,
    timeout: true,
    read: context.read,
  });
}

export const readCommands: Record<string, Command> = {
  count: { run: count, fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'] },
  distinct: { run: distinct, fields: ['key', 'query', 'collation'] },
  aggregate: {
    run: aggregate,
    fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'collation', 'hint', 'let', 'bypassDocumentValidation'],
  },
};
