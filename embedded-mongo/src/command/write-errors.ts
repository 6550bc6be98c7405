import { type Doc, doc, type Value } from '../bson/values.js';
import type { MongoError } from '../errors.js';

export function writeError(index: number, error: MongoError): Doc {
  const fields = doc({ index, code: error.code });
  for (const [name, value] of error.details ?? []) fields.set(name, value);
  fields.set('errmsg', error.message);
  return fields;
}

export function withErrors(reply: Doc, errors: Value[]): Doc {
  if (errors.length > 0) reply.set('writeErrors', errors);
  return reply;
}
