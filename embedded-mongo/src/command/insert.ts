import { encode, encodeInSteps } from '../bson/encode.js';
import { decode, decodeInSteps, isLong } from '../bson/decode.js';
import { checkSize } from '../bson/limits.js';
import { type Doc, doc } from '../bson/values.js';
import { checkId, isZeroTimestamp, storedForm } from '../document/stored-form.js';
import { insertInSteps, insertRecord, type RecordContext } from '../storage/records.js';
import { type Job, PAUSE } from '../stretch.js';
import { collectionName, type Command, type CommandContext, documentsOf, flag, sequenceOf } from './command.js';
import { checkBatch, eachItem } from './write-batch.js';

/** How a document is stored that was checked in full; undefined if its bytes stay as they came. */
function changedForm(document: Doc, timestampsStay: boolean): Doc | undefined {
  const [first] = document.keys();
  const id = document.get('_id');
  if (id !== undefined) checkId(id);
  const asIs = first === '_id' && (timestampsStay || ![...document.values()].some(isZeroTimestamp));
  return asIs ? undefined : storedForm(document, timestampsStay);
}

function* encoded(ctx: CommandContext, documents: readonly Doc[]): Job<Buffer[]> {
  const result: Buffer[] = [];
  for (const document of documents) {
    result.push(yield* encodeInSteps(document));
    if (ctx.engine.slice.over(ctx.deadline)) yield PAUSE;
  }
  return result;
}

async function insert(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const documents = sequenceOf(ctx, 'documents') ?? (await ctx.engine.read(encoded(ctx, documentsOf(ctx, 'documents'))));
  checkBatch(documents);
  // Of MongoDB 8.0, but mongorestore asks for it: what was dumped comes back as it was.
  const timestampsStay = flag(ctx.command.get('bypassEmptyTsReplacement'));
  let n = 0;
  function* insertLong(records: RecordContext, bytes: Buffer): Job<void> {
    const form = changedForm(yield* decodeInSteps(bytes), timestampsStay);
    const stored = checkSize(form ? yield* encodeInSteps(form) : bytes);
    yield PAUSE;
    yield* insertInSteps(records, records.catalog.ensure(ctx.db, name), stored);
    n++;
  }
  const insertOne = (records: RecordContext, bytes: Buffer): Job<void> | undefined => {
    if (isLong(bytes)) return insertLong(records, bytes);
    const form = changedForm(decode(bytes), timestampsStay);
    insertRecord(records, records.catalog.ensure(ctx.db, name), checkSize(form ? encode(form) : bytes));
    n++;
    return undefined;
  };
  return ctx.engine.write((records) =>
    eachItem(
      ctx,
      documents,
      (bytes) => insertOne(records, bytes),
      () => doc({ n }),
    ),
  );
}

export const insertCommands: Record<string, Command> = {
  insert: { run: insert, fields: ['documents', 'ordered', 'bypassDocumentValidation', 'bypassEmptyTsReplacement'] },
};
