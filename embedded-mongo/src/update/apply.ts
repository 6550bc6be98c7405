import { decodeInSteps } from '../bson/decode.js';
import { encode, encodeInSteps } from '../bson/encode.js';
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
import { type Job, stretch } from '../stretch.js';

interface Updated {
  after: Buffer;
  modified: boolean;
}

function* changed(bytes: Buffer, filter: Filter, update: Update): Job<{ bytes: Buffer; scope?: Scope }> {
  const spliced = update.scope && (yield* spliceUpdate(bytes, update, update.scope));
  if (update.scope && spliced) return { bytes: spliced.bytes, scope: { touched: update.scope.touched, extended: spliced.extended } };
  const document = yield* decodeInSteps(bytes);
  const details: MatchDetails = {};
  if (update.kind === 'operators') yield* filter.matchesInSteps(document, details);
  return { bytes: yield* encodeInSteps(yield* update.apply(document, { position: details.position, inserting: false })) };
}

/**
 * Changes one record; equal bytes mean that nothing was modified. Undefined if others changed it during a pause: then nothing
 * was done. `since` is the transaction in which it was found.
 */
export function* updateRecord(
  ctx: RecordContext,
  collection: Collection,
  found: Found,
  { filter, update }: { readonly filter: Filter; readonly update: Update },
  since = ctx.txn(),
): Job<Updated | undefined> {
  const { bytes, scope } = yield* changed(found.bytes, filter, update);
  const after = checkSize(bytes);
  if (after.equals(found.bytes)) return { after: found.bytes, modified: false };
  const isReplaced = yield* replaceRecord(ctx, collection, { ...found, since }, after, scope);
  return isReplaced ? { after, modified: true } : undefined;
}

/** Inserts what an upsert makes when nothing matched. */
export function upsertRecord(
  ctx: RecordContext,
  { db, name }: { readonly db: string; readonly name: string },
  filter: Filter,
  update: Update,
): { id: Value; bytes: Buffer } {
  const seed = upsertSeed(filter, update.kind === 'replacement');
  const made: Doc = storedForm(stretch.inParts(() => update.apply(seed, { position: undefined, inserting: true })));
  const id = made.get('_id') ?? null;
  checkId(id);
  // Without a pause, in which others might insert what was not found.
  const bytes = checkSize(encode(made));
  insertRecord(ctx, ctx.catalog.ensure(db, name), bytes);
  return { id, bytes };
}
