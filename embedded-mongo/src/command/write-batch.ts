import { type Doc, doc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';

const MAX_ITEMS = 100_000;

/** How many items one command may hold; the name is MongoDB's code for it. */
export function checkBatch(items: readonly unknown[]): void {
  if (items.length === 0 || items.length > MAX_ITEMS)
    throw new MongoError(16, `Write batch sizes must be between 1 and ${MAX_ITEMS}. Got ${items.length} operations.`);
}

function writeError(index: number, error: MongoError): Doc {
  const fields = doc({ index, code: error.code });
  for (const [name, value] of error.details ?? []) fields.set(name, value as Value);
  fields.set('errmsg', error.message);
  return fields;
}

/** An error of one item as it is reported; what ends the whole command is thrown on. */
export function itemError(index: number, error: unknown): Doc {
  // Time that is over is over for all items, as in MongoDB.
  if (!(error instanceof MongoError) || error.code === 50) throw error;
  return writeError(index, error);
}

export function withErrors(reply: Doc, errors: Value[]): Doc {
  if (errors.length > 0) reply.set('writeErrors', errors);
  return reply;
}
