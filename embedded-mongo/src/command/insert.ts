import { encode } from '../bson/encode.js';
import { decode } from '../bson/decode.js';
import { checkSize } from '../bson/limits.js';
import { newObjectId } from '../bson/object-id.js';
import { BSON, type Doc, doc, isDoc, Opaque, Regex, Timestamp, OK, type Value } from '../bson/values.js';
import { ensureCollection } from '../engine/engine.js';
import { MongoError } from '../errors.js';
import { insertRecord, type RecordContext } from '../storage/records.js';
import { type Job, PAUSE } from '../storage/writer.js';
import { collectionName, type Command, type CommandContext, documentsOf, sequenceOf } from './command.js';
import { itemError, withErrors } from './write-errors.js';

const MAX_ITEMS = 100_000;

/** How many items one command may hold; the name is MongoDB's code for it. */
export function checkBatch(items: readonly unknown[]): void {
  if (items.length === 0 || items.length > MAX_ITEMS)
    throw new MongoError(16, `Write batch sizes must be between 1 and ${MAX_ITEMS}. Got ${items.length} operations.`);
}

export function checkId(id: Value): void {
  if (Array.isArray(id)) throw new MongoError(53, "The '_id' value cannot be of type array");
  if (id instanceof Regex) throw new MongoError(53, "The '_id' value cannot be of type regex");
  if (id instanceof Opaque && id.type === BSON.undefined) throw new MongoError(53, "The '_id' value cannot be of type undefined");
  if (isDoc(id) && [...id.keys()].some((key) => key.startsWith('$')))
    throw new MongoError(52, `_id fields may not contain '$'-prefixed fields: ${[...id.keys()].join()}`);
}

function isZeroTimestamp(value: Value): boolean {
  return value instanceof Timestamp && value.value === 0n;
}

/** The document as it is stored: with an _id, in first place, and empty top-level timestamps filled in. */
export function storedForm(document: Doc): Doc {
  // An _id may be null.
  const id = document.get('_id') === undefined ? newObjectId() : (document.get('_id') as Value);
  const result: Doc = new Map([['_id', id]]);
  for (const [name, value] of document) {
    if (name === '_id') continue;
    result.set(name, isZeroTimestamp(value) ? new Timestamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | 1n) : value);
  }
  return result;
}

/** Prepares bytes from the wire: they are checked in full, and kept as they are if nothing has to change. */
function prepare(bytes: Buffer): Buffer {
  const document = decode(bytes);
  const [first] = document.keys();
  const id = document.get('_id');
  if (id !== undefined) checkId(id);
  const asIs = first === '_id' && ![...document.values()].some(isZeroTimestamp);
  return checkSize(asIs ? bytes : encode(storedForm(document)));
}

export function insertOne(ctx: RecordContext, insertCtx: CommandContext, name: string, bytes: Buffer): void {
  const collection = ensureCollection(insertCtx.engine, insertCtx.db, name);
  insertRecord(ctx, collection, bytes);
}

function documentBytes(ctx: CommandContext): Buffer[] {
  const beside = sequenceOf(ctx, 'documents');
  if (beside) return beside;
  return documentsOf(ctx, 'documents').map((document) => encode(document));
}

async function insert(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const documents = documentBytes(ctx);
  checkBatch(documents);
  const ordered = ctx.command.get('ordered') !== false;
  const { slice } = ctx.engine;
  function* job(records: RecordContext): Job<Doc> {
    const errors: Value[] = [];
    let n = 0;
    for (const [index, bytes] of documents.entries()) {
      try {
        insertOne(records, ctx, name, prepare(bytes));
        n++;
      } catch (error) {
        errors.push(itemError(index, error));
        if (ordered) break;
      }
      if (slice.over(ctx.deadline)) yield PAUSE;
    }
    return withErrors(doc({ n, ok: OK }), errors);
  }
  return ctx.engine.write(job);
}

export const insertCommands: Record<string, Command> = {
  insert: { run: insert, fields: ['documents', 'ordered', 'bypassDocumentValidation', 'bypassEmptyTsReplacement'] },
};
