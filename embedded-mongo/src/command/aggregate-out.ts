import { randomUUID } from 'node:crypto';
import { encode, encodeInSteps } from '../bson/encode.js';
import { formatValue } from '../bson/format.js';
import { checkSize } from '../bson/limits.js';
import { type Doc, doc, isDoc, textOr, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { allowance, weigh } from '../aggregate/memory.js';
import { type DocStream, gather } from '../aggregate/stream.js';
import { compilePipelineUpdate } from '../aggregate/pipeline-update.js';
import type { ParsedStage } from '../aggregate/pipeline-context.js';
import type { Scope } from '../expression/expression.js';
import { decodeInSteps } from '../bson/decode.js';
import { compileFilter } from '../query/filter.js';
import type { Found } from '../plan/scan.js';
import { buildIndex, type Collection, TEMPORARY } from '../storage/catalog.js';
import { insertInSteps, insertRecord, type RecordContext, replaceRecord } from '../storage/records.js';
import { checkNamespace, type CommandContext } from './command.js';
import { dropCollection } from './namespaces.js';
import { findOneForWrite } from './update.js';
import { valueAt } from '../document/change-at.js';
import { storedForm } from '../document/stored-form.js';
import { type Job, PAUSE } from '../stretch.js';

export const outStages = new Set(['$out', '$merge']);

function target(ctx: CommandContext, value: Value | undefined): Target {
  if (typeof value === 'string') return { db: ctx.db, name: value };
  if (!isDoc(value) || typeof value.get('coll') !== 'string') throw new MongoError(16990, '$out and $merge need the name of a collection');
  return { db: textOr(value.get('db'), ctx.db), name: textOr(value.get('coll'), '') };
}

/** What is held at once between a pipeline and the collection it is written into. */
const BATCH_WEIGHT = 8 * 1024 * 1024;

/** The next documents of a stream; none at its end. */
function* nextDocuments(stream: DocStream): Job<Doc[]> {
  const documents: Doc[] = [];
  let weight = 0;
  while (weight < BATCH_WEIGHT) {
    const step = stream.next();
    if (step.done) break;
    if (step.value === PAUSE) yield PAUSE;
    else {
      documents.push(step.value);
      weight += weigh(step.value);
    }
  }
  return documents;
}

/** Reads and writes in turns, so that neither holds up other connections and little is held in memory. */
async function inBatches(ctx: CommandContext, stream: DocStream, write: (documents: Doc[]) => Promise<void>): Promise<void> {
  for (;;) {
    const documents = await ctx.engine.read(nextDocuments(stream));
    if (documents.length === 0) return;
    await write(documents);
  }
}

interface Target {
  db: string;
  name: string;
}

function createScratch(records: RecordContext, to: Target, scratch: string): void {
  const collection = records.catalog.create(to.db, scratch, TEMPORARY);
  const old = records.catalog.find(to.db, to.name);
  const copies = (old?.indexes.slice(1) ?? []).map((index) => buildIndex(records.catalog.allocateId(), index.spec, true));
  collection.indexes.push(...copies);
  records.catalog.save(collection);
}

function replaceTarget(ctx: CommandContext, records: RecordContext, to: Target, scratch: string): void {
  const made = records.catalog.find(to.db, scratch);
  if (!made) throw new MongoError(26, `the temporary collection ${to.db}.${scratch} was dropped`);
  const old = records.catalog.find(to.db, to.name);
  if (old) dropCollection(ctx, records, old);
  made.options = new Map();
  records.catalog.rename(made, to.db, to.name);
}

/** Writes the result into a collection beside the target and puts it in its place at the end. */
async function runOut(ctx: CommandContext, argument: Value, stream: DocStream): Promise<void> {
  const to = target(ctx, argument);
  checkNamespace(to.db, to.name);
  const scratch = `tmp.agg_out.${randomUUID()}`;
  const { engine } = ctx;
  await engine.change((records) => {
    createScratch(records, to, scratch);
  });
  try {
    await inBatches(ctx, stream, (documents) =>
      engine.write(function* (records) {
        const collection = records.catalog.find(to.db, scratch);
        if (!collection) throw new MongoError(26, `the temporary collection ${to.db}.${scratch} was dropped`);
        for (const document of documents) {
          yield* insertInSteps(records, collection, checkSize(yield* encodeInSteps(storedForm(document))));
          if (engine.slice.over()) yield PAUSE;
        }
      }),
    );
    await engine.change((records) => {
      replaceTarget(ctx, records, to, scratch);
    });
  } catch (error) {
    await ctx.server.engine.change((records) => {
      const made = records.catalog.find(to.db, scratch);
      if (made) records.catalog.drop(made);
    });
    throw error;
  } finally {
    engine.reclaimSoon();
  }
}

interface Merge extends Target {
  on: string[];
  matched: 'replace' | 'keepExisting' | 'merge' | 'fail' | ((before: Doc, made: Doc) => Job<Doc>);
  notMatched: 'insert' | 'discard' | 'fail';
}

function parseMerge(ctx: CommandContext, argument: Value, variables: Scope): Merge {
  const spec: Doc = isDoc(argument) ? argument : doc({ into: argument });
  const on = spec.get('on') ?? '_id';
  const matched = spec.get('whenMatched') ?? 'merge';
  const notMatched = spec.get('whenNotMatched') ?? 'insert';
  const pipeline = Array.isArray(matched) ? matched : undefined;
  if (!pipeline && !['replace', 'keepExisting', 'merge', 'fail'].includes(textOr(matched, '')))
    throw new MongoError(2, `Enumeration value '${formatValue(matched)}' for field 'whenMatched' is not a valid value.`);
  if (!['insert', 'discard', 'fail'].includes(textOr(notMatched, '')))
    throw new MongoError(2, `Enumeration value '${formatValue(notMatched)}' for field 'whenNotMatched' is not a valid value.`);
  return {
    ...target(ctx, spec.get('into')),
    on: (Array.isArray(on) ? on : [on]).map(String),
    matched: pipeline
      ? (before, made) => compilePipelineUpdate(pipeline, new Map([...variables, ['new', made]]))(before)
      : (matched as 'merge'),
    notMatched: notMatched as 'insert',
  };
}

/** False if others changed the document during a pause. */
function* mergeInto(
  records: RecordContext,
  collection: Collection,
  found: Found,
  made: Doc,
  matched: Exclude<Merge['matched'], 'fail'>,
): Job<boolean> {
  if (matched === 'keepExisting') return true;
  const since = records.txn();
  const before = yield* decodeInSteps(found.bytes);
  const id = before.get('_id') ?? null;
  const after = matched === 'replace' ? made : matched === 'merge' ? new Map([...before, ...made]) : yield* matched(before, made);
  const bytes = checkSize(yield* encodeInSteps(storedForm(new Map(after).set('_id', id))));
  return yield* replaceRecord(records, collection, { ...found, since }, bytes);
}

function* mergeOne(ctx: CommandContext, records: RecordContext, collection: Collection, merge: Merge, document: Doc): Job<void> {
  const made = document.has('_id') || !merge.on.includes('_id') ? document : storedForm(document);
  if (merge.matched === 'fail') {
    // The unique index over the fields refuses what is there already, and says which.
    insertRecord(records, collection, checkSize(encode(storedForm(made))));
    return;
  }
  const query: Doc = new Map(merge.on.map((path): [string, Value] => [path, new Map([['$eq', valueAt(made, path.split('.')) ?? null]])]));
  const found = yield* findOneForWrite(ctx, collection, { filter: compileFilter(query), hint: undefined });
  if (found) {
    if (!(yield* mergeInto(records, collection, found, made, merge.matched))) yield* mergeOne(ctx, records, collection, merge, document);
  } else if (merge.notMatched === 'fail') {
    throw new MongoError(
      13113,
      '$merge could not find a matching document in the target collection for at least one document in the source collection',
    );
  } else if (merge.notMatched === 'insert') insertRecord(records, collection, checkSize(encode(storedForm(made))));
}

/** The target; there has to be a unique index over the fields that are joined on. */
function mergeTarget(ctx: CommandContext, merge: Merge): Collection {
  const collection = ctx.engine.catalog.ensure(merge.db, merge.name);
  const unique = collection.indexes.some(
    (index) => index.unique && index.fields.length === merge.on.length && index.fields.every((field) => merge.on.includes(field.path)),
  );
  if (!unique) throw new MongoError(51183, `Cannot find index to verify that join fields will be unique`);
  return collection;
}

async function runMerge(ctx: CommandContext, merge: Merge, stream: DocStream): Promise<void> {
  checkNamespace(merge.db, merge.name);
  const { engine } = ctx;
  const mergeAll = (documents: Doc[]): Promise<void> =>
    engine.write(function* (records) {
      const collection = mergeTarget(ctx, merge);
      for (const document of documents) {
        yield* mergeOne(ctx, records, collection, merge, document);
        if (engine.slice.over()) yield PAUSE;
      }
    });
  // Without any result, too, the target comes to be and is looked at.
  await mergeAll([]);
  // Into its own source: a reader that follows its own writer might never come to an end.
  if (ctx.db === merge.db && ctx.command.get('aggregate') === merge.name)
    await mergeAll(await engine.read(gather(stream, allowance('$merge into its own source'))));
  else await inBatches(ctx, stream, mergeAll);
}

/** Runs the pipeline to its end and writes what comes out; the reply holds no documents. */
export async function writeOut(ctx: CommandContext, stage: ParsedStage, stream: DocStream, variables: Scope): Promise<void> {
  if (stage.name === '$out') await runOut(ctx, stage.argument, stream);
  else await runMerge(ctx, parseMerge(ctx, stage.argument, variables), stream);
}
