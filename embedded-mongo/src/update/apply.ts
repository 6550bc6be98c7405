import { decode } from '../bson/decode.js';
import { encode } from '../bson/encode.js';
import { type Doc, type Value } from '../bson/values.js';
import { checkSize } from '../bson/limits.js';
import { checkId, storedForm } from '../document/stored-form.js';
import type { Filter } from '../query/filter.js';
import type { MatchDetails } from '../document/path.js';
import type { Found } from '../plan/scan.js';
import type { Collection } from '../storage/catalog.js';
import { insertRecord, type RecordContext, replaceRecord, type Scope } from '../storage/records.js';
import { spliceUpdate } from './splice.js';
import type { Update } from './update.js';
import { upsertSeed } from './upsert.js';

export interface Updated {
  before: Buffer;
  after: Buffer;
  modified: boolean;
}

function changed(bytes: Buffer, filter: Filter, update: Update): { bytes: Buffer; scope?: Scope } {
  const spliced = update.scope && spliceUpdate(bytes, update, update.scope);
  if (update.scope && spliced) return { bytes: spliced.bytes, scope: { touched: update.scope.touched, extended: spliced.extended } };
  const document = decode(bytes);
  const details: MatchDetails = {};
  filter.matches(document, details);
  return { bytes: encode(update.apply(document, { position: details.position, inserting: false })) };
}

/** Changes one record; equal bytes mean that nothing was modified. */
export function updateRecord(ctx: RecordContext, collection: Collection, found: Found, filter: Filter, update: Update): Updated {
  const { bytes, scope } = changed(found.bytes, filter, update);
  const after = checkSize(bytes);
  if (after.equals(found.bytes)) return { before: found.bytes, after: found.bytes, modified: false };
  replaceRecord(ctx, collection, found, after, scope);
  return { before: found.bytes, after, modified: true };
}

/** Inserts what an upsert makes when nothing matched. */
export function upsertRecord(
  ctx: RecordContext,
  { db, name }: { readonly db: string; readonly name: string },
  filter: Filter,
  update: Update,
): { id: Value; bytes: Buffer } {
  const seed = upsertSeed(filter, update.kind === 'replacement');
  const made: Doc = storedForm(update.apply(seed, { position: undefined, inserting: true }));
  const id = made.get('_id') ?? null;
  checkId(id);
  const bytes = checkSize(encode(made));
  insertRecord(ctx, ctx.catalog.ensure(db, name), bytes);
  return { id, bytes };
}
