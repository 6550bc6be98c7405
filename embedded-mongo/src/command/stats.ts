import { type Doc, doc, numberValue, OK, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { namespaceOf } from '../storage/catalog.js';
import { verifyCollection } from '../storage/verify.js';
import { storageStats } from '../storage/storage-stats.js';
import { collectionName, type Command, type CommandContext, intField } from './command.js';

/** The number that sizes are divided by. */
function scaleOf(fields: Doc): number {
  const scale = intField(fields, 'scale', 1);
  if (scale < 1) throw new MongoError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

function collStats(ctx: CommandContext): Doc {
  const name = collectionName(ctx);
  const stats = storageStats(ctx.engine.catalog.find(ctx.db, name), scaleOf(ctx.command));
  return new Map<string, Value>([['ns', `${ctx.db}.${name}`], ...stats, ['ok', OK]]);
}

function dbStats(ctx: CommandContext): Doc {
  const collections = ctx.engine.catalog.collections(ctx.db);
  const scale = scaleOf(ctx.command);
  const objects = collections.reduce((sum, collection) => sum + collection.count, 0);
  const bytes = collections.reduce((sum, collection) => sum + collection.bytes, 0);
  const size = BigInt(Math.floor(bytes / scale));
  return doc({
    db: ctx.db,
    collections: BigInt(collections.length),
    views: 0n,
    objects: BigInt(objects),
    avgObjSize: objects > 0 ? numberValue(bytes / objects) : 0,
    dataSize: size,
    storageSize: size,
    indexes: BigInt(collections.reduce((sum, collection) => sum + collection.indexes.length, 0)),
    indexSize: 0n,
    totalSize: size,
    scaleFactor: BigInt(scale),
    ok: OK,
  });
}

async function validate(ctx: CommandContext): Promise<Doc> {
  const collection = ctx.engine.catalog.find(ctx.db, collectionName(ctx));
  if (!collection) throw new MongoError(26, `Collection '${ctx.db}.${collectionName(ctx)}' does not exist to validate.`);
  const report = await ctx.engine.read(verifyCollection(ctx.engine.store, collection));
  return doc({
    ns: namespaceOf(collection),
    nrecords: BigInt(report.documents),
    nIndexes: report.entries.size,
    keysPerIndex: new Map([...report.entries].map(([index, count]): [string, Value] => [index.name, BigInt(count)])),
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
