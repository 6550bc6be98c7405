import { type Doc, doc, isDoc, OK, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { type Collection, namespaceOf } from '../storage/catalog.js';
import type { RecordContext } from '../storage/records.js';
import {
  checkCollation,
  checkNamespace,
  collectionName,
  type Command,
  type CommandContext,
  docField,
  flag,
  stringField,
} from './command.js';

const refusedOptions =
  'capped timeseries viewOn pipeline validator clusteredIndex changeStreamPreAndPostImages encryptedFields expireAfterSeconds'.split(' ');
/** What says nothing without the others, or only how to store. */
const harmlessOptions = ['autoIndexId', 'storageEngine', 'validationLevel', 'validationAction', 'indexOptionDefaults'];

async function create(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  checkCollation(ctx.command.get('collation'));
  // mongorestore describes the index of _id.
  checkCollation(docField(ctx, 'idIndex')?.get('collation'));
  if (ctx.command.get('autoIndexId') === false) throw notSupported('collections without an index of _id');
  for (const option of refusedOptions) {
    const value = ctx.command.get(option);
    if (value !== undefined && value !== false && !(isDoc(value) && value.size === 0)) throw notSupported(`the ${option} option of create`);
  }
  if (ctx.command.has('size') || ctx.command.has('max'))
    throw new MongoError(72, "the 'capped' field needs to be true when either the 'size' or 'max' fields are present");
  await ctx.engine.change(({ catalog }) => {
    if (catalog.find(ctx.db, name)) throw new MongoError(48, `Collection ${ctx.db}.${name} already exists.`);
    catalog.create(ctx.db, name, new Map());
  });
  return doc({ ok: OK });
}

export function dropCollection(ctx: CommandContext, records: RecordContext, collection: Collection): void {
  const namespace = namespaceOf(collection);
  records.catalog.drop(collection);
  ctx.engine.cursors.killNamespace((other) => other === namespace);
}

async function drop(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const reply = await ctx.engine.change((records) => {
    const collection = ctx.engine.catalog.find(ctx.db, name);
    // Since MongoDB 7.0 dropping what does not exist succeeds.
    if (!collection) return doc({ ok: OK });
    dropCollection(ctx, records, collection);
    return doc({ nIndexesWas: collection.indexes.length, ns: `${ctx.db}.${name}`, ok: OK });
  });
  ctx.engine.reclaimSoon();
  return reply;
}

async function dropDatabase(ctx: CommandContext): Promise<Doc> {
  await ctx.engine.change((records) => {
    for (const collection of ctx.engine.catalog.collections(ctx.db)) dropCollection(ctx, records, collection);
  });
  ctx.engine.reclaimSoon();
  return doc({ dropped: ctx.db, ok: OK });
}

function splitNamespace(namespace: string): [string, string] {
  const dot = namespace.indexOf('.');
  if (dot < 1) throw new MongoError(73, `Invalid namespace specified '${namespace}'`);
  const [db, name] = [namespace.slice(0, dot), namespace.slice(dot + 1)];
  checkNamespace(db, name);
  return [db, name];
}

async function renameCollection(ctx: CommandContext): Promise<Doc> {
  const [fromDb, from] = splitNamespace(stringField(ctx, 'renameCollection'));
  const [toDb, to] = splitNamespace(stringField(ctx, 'to'));
  if (fromDb === toDb && from === to) throw new MongoError(20, "Can't rename a collection to itself");
  await ctx.engine.change((records) => {
    const collection = records.catalog.find(fromDb, from);
    if (!collection) throw new MongoError(26, `Source collection ${fromDb}.${from} does not exist`);
    const target = records.catalog.find(toDb, to);
    if (target && !flag(ctx.command.get('dropTarget'))) throw new MongoError(48, 'target namespace exists');
    if (target) dropCollection(ctx, records, target);
    ctx.engine.cursors.killNamespace((other) => other === namespaceOf(collection));
    records.catalog.rename(collection, toDb, to);
  });
  ctx.engine.reclaimSoon();
  return doc({ ok: OK });
}

function collectionEntry(collection: Collection, nameOnly: boolean): Doc {
  const entry = doc({ name: collection.name, type: 'collection' });
  if (nameOnly) return entry;
  const idIndex = collection.indexes[0]?.spec ?? new Map();
  return entry
    .set('options', collection.options)
    .set('info', doc({ readOnly: false }))
    .set('idIndex', idIndex);
}

function listCollections(ctx: CommandContext): Doc {
  const filter = compileFilter(ctx.command.get('filter') ?? undefined);
  const nameOnly = flag(ctx.command.get('nameOnly'));
  const firstBatch: Value[] = ctx.engine.catalog
    .collections(ctx.db)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((collection) => collectionEntry(collection, nameOnly))
    .filter((entry) => filter.matches(entry));
  return doc({ cursor: doc({ id: 0n, ns: `${ctx.db}.$cmd.listCollections`, firstBatch }), ok: OK });
}

function listDatabases(ctx: CommandContext): Doc {
  const { catalog } = ctx.engine;
  const filter = compileFilter(ctx.command.get('filter') ?? undefined);
  const all = catalog.databaseNames().map((name) => {
    const bytes = catalog.collections(name).reduce((sum, collection) => sum + collection.bytes, 0);
    return { bytes, entry: doc({ name, sizeOnDisk: BigInt(bytes), empty: false }) };
  });
  const found = all.filter(({ entry }) => filter.matches(entry));
  if (flag(ctx.command.get('nameOnly'))) return doc({ databases: found.map(({ entry }) => doc({ name: entry.get('name') })), ok: OK });
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  const totalSizeMb = BigInt(Math.floor(total / 1048576));
  return doc({ databases: found.map(({ entry }) => entry), totalSize: BigInt(total), totalSizeMb, ok: OK });
}

export const namespaceCommands: Record<string, Command> = {
  create: {
    run: create,
    fields: [...refusedOptions, ...harmlessOptions, 'size', 'max', 'collation', 'idIndex'],
  },
  drop: { run: drop, fields: [] },
  dropDatabase: { run: dropDatabase, fields: [] },
  renameCollection: { run: renameCollection, fields: ['to', 'dropTarget'] },
  listCollections: { run: listCollections, fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'] },
  listDatabases: { run: listDatabases, fields: ['filter', 'nameOnly', 'authorizedDatabases'] },
};
