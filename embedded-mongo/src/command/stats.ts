import { type Doc, doc, OK, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import type { Collection } from '../storage/catalog.js';
import { namespaceOf } from '../storage/catalog.js';
import { idPrefix, type Store, successor } from '../storage/store.js';
import { verifyCollection } from '../tools/verify.js';
import { collectionName, type Command, type CommandContext } from './command.js';

export function indexEntries(store: Store, id: number): number {
  const start = idPrefix(id);
  return store.index.getKeysCount({ start, end: successor(start) });
}

/** Sizes are those of the documents; LMDB keeps all collections in one file, so space on disk cannot be told apart. */
export function collectionStats(collection: Collection | undefined, namespace: string): Doc {
  const count = collection?.count ?? 0;
  const size = collection?.bytes ?? 0;
  const indexes = collection?.indexes ?? [];
  const indexSizes: Doc = new Map(indexes.map((index): [string, Value] => [index.name, 0]));
  return doc({
    ns: namespace,
    size: BigInt(size),
    count: BigInt(count),
    avgObjSize: count > 0 ? Math.floor(size / count) : undefined,
    storageSize: BigInt(size),
    nindexes: indexes.length,
    totalIndexSize: 0,
    totalSize: BigInt(size),
    indexSizes,
    capped: false,
    scaleFactor: 1,
  });
}

function collStats(ctx: CommandContext): Doc {
  const name = collectionName(ctx);
  return collectionStats(ctx.engine.catalog.find(ctx.db, name), `${ctx.db}.${name}`).set('ok', OK);
}

function dbStats(ctx: CommandContext): Doc {
  const collections = ctx.engine.catalog.collections(ctx.db);
  const objects = collections.reduce((sum, collection) => sum + collection.count, 0);
  const bytes = collections.reduce((sum, collection) => sum + collection.bytes, 0);
  return doc({
    db: ctx.db,
    collections: BigInt(collections.length),
    views: 0n,
    objects: BigInt(objects),
    avgObjSize: objects > 0 ? Math.floor(bytes / objects) : 0,
    dataSize: BigInt(bytes),
    storageSize: BigInt(bytes),
    indexes: BigInt(collections.reduce((sum, collection) => sum + collection.indexes.length, 0)),
    indexSize: 0n,
    totalSize: BigInt(bytes),
    scaleFactor: 1n,
    ok: OK,
  });
}

function validate(ctx: CommandContext): Doc {
  const collection = ctx.engine.catalog.find(ctx.db, collectionName(ctx));
  if (!collection) throw new MongoError(26, `Collection '${ctx.db}.${collectionName(ctx)}' does not exist to validate.`);
  const report = verifyCollection(ctx.engine.store, collection);
  return doc({
    ns: namespaceOf(collection),
    nrecords: BigInt(report.documents),
    nIndexes: collection.indexes.length,
    keysPerIndex: new Map(
      collection.indexes.map((index): [string, Value] => [index.name, BigInt(indexEntries(ctx.engine.store, index.id))]),
    ),
    valid: report.faults.length === 0,
    warnings: [],
    errors: report.faults,
    ok: OK,
  });
}

export const statsCommands: Record<string, Command> = {
  collStats: { run: collStats, fields: ['scale'] },
  collstats: { run: collStats, fields: ['scale'] },
  dbStats: { run: dbStats, fields: ['scale', 'freeStorage'] },
  dbstats: { run: dbStats, fields: ['scale', 'freeStorage'] },
  validate: { run: validate, fields: ['full', 'background'] },
};
