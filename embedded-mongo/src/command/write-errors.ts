import { type Doc, doc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';

function writeError(index: number, error: MongoError): Doc {
  const fields = doc({ index, code: error.code });
  for (const [name, value] of error.details ?? []) fields.set(name, value);
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
