import { compareValues } from '../bson/compare.js';
import { encode } from '../bson/encode.js';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isDoc, isNumeric, OK, RawDoc, textOr, typeName, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { type Node } from '../query/node.js';
import { buildIndex, type Collection, type Index, namespaceOf } from '../storage/catalog.js';
import { fillIndexes } from '../engine/index-build.js';
import { checkCollation, collectionName, type Command, type CommandContext, batchOf, flag } from './command.js';

const plugins: Readonly<Record<string, string>> = {
  text: 'text indexes',
  '2d': 'geospatial indexes',
  '2dsphere': 'geospatial indexes',
  hashed: 'hashed indexes',
};
const options = 'key name unique sparse partialFilterExpression expireAfterSeconds background v hidden collation ns prepareUnique'.split(
  ' ',
);

function checkKey(key: Value | undefined): Doc {
  if (!isDoc(key)) throw new MongoError(9, "The field 'key' must be an object");
  if (key.size === 0) throw new MongoError(67, 'Index keys cannot be an empty object');
  if (key.size > 32) throw new MongoError(13103, 'too many compound keys');
  for (const [path, direction] of key) {
    if (typeof direction === 'string') throw notSupported(plugins[direction] ?? `index plugin '${direction}'`);
    const n = isNumeric(direction) ? toNumber(direction) : 0;
    if (n === 0 || Number.isNaN(n))
      throw new MongoError(
        67,
        `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    if (path === '' || path.split('.').includes('')) throw new MongoError(67, 'Index keys cannot contain an empty field.');
    if (path.includes('$**')) throw notSupported('wildcard indexes');
    if (path.startsWith('$')) throw new MongoError(67, `Index key contains an illegal field name: field name starts with '$': ${path}`);
  }
  return key;
}

function defaultName(key: Doc): string {
  return [...key].map(([path, direction]) => `${path}_${isNumeric(direction) ? toNumber(direction) : ''}`).join('_');
}

/** The specification in the form it is kept and listed in. */
function normalizeSpec(given: Doc): Doc {
  for (const name of given.keys())
    if (!options.includes(name)) throw new MongoError(197, `The field '${name}' is not valid for an index specification`);
  if (given.get('prepareUnique') === true) throw notSupported('prepareUnique');
  const key = checkKey(given.get('key'));
  checkCollation(given.get('collation'));
  const spec: Doc = new Map<string, Value>([
    ['v', 2],
    ['key', key],
    ['name', given.get('name') ?? defaultName(key)],
  ]);
  for (const name of ['unique', 'sparse', 'hidden'] as const) if (given.get(name) === true) spec.set(name, true);
  const partial = given.get('partialFilterExpression');
  if (partial !== undefined) {
    if (!isDoc(partial)) throw new MongoError(67, 'The field partialFilterExpression must be an object');
    if (given.get('sparse') === true) throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
    checkPartial(partial);
    spec.set('partialFilterExpression', partial);
  }
  const expire = given.get('expireAfterSeconds');
  if (expire !== undefined) spec.set('expireAfterSeconds', checkExpire(expire, key));
  return spec;
}

function checkPartial(partial: Doc): void {
  checkPartialNode(compileFilter(partial).node);
}

/** What MongoDB allows (manual: core/index-partial): the same and no more, or an index could be made here only. */
const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$in', '$type']);

function checkPartialNode(node: Node): void {
  if (node.kind === 'and' || node.kind === 'or') node.nodes.forEach(checkPartialNode);
  else if (node.kind !== 'leaf' || !partialOperators.has(node.op))
    throw new MongoError(67, `unsupported expression in partial index: ${node.kind === 'leaf' ? node.op : node.kind}`);
}

export function checkExpire(expire: Value, key: Doc): Value {
  if (!isNumeric(expire)) throw new MongoError(67, "TTL index 'expireAfterSeconds' option must be numeric");
  const seconds = toNumber(expire);
  if (seconds < 0 || seconds > 0x7fffffff)
    throw new MongoError(67, `TTL index 'expireAfterSeconds' option must be within an acceptable range, try a lower number: ${seconds}`);
  if (key.size > 1) throw new MongoError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  if (key.has('_id')) throw new MongoError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification.");
  return expire;
}

function sameKey(a: Doc, b: Doc): boolean {
  const sign = (key: Doc): string => JSON.stringify([...key].map(([path, n]) => [path, isNumeric(n) && toNumber(n) < 0 ? -1 : 1]));
  return sign(a) === sign(b);
}

/** Two indexes with the same key and these alike are the same index (manual: reference/command/createIndexes). */
const identity = ['unique', 'sparse', 'partialFilterExpression'];
/** What else an index is made with: it does not make it another one. */
const further = ['expireAfterSeconds', 'hidden'];

function same(names: readonly string[], a: Doc, b: Doc): boolean {
  return names.every((name) => compareValues(a.get(name), b.get(name)) === 0);
}

/** An index that is already what is asked for; an error if one stands in its way. */
function existing(collection: Collection, spec: Doc): Index | undefined {
  const key = spec.get('key') as Doc;
  const name = textOr(spec.get('name'), '');
  const alike = ({ spec: other }: Index): boolean => sameKey(other.get('key') as Doc, key) && same(identity, other, spec);
  const named = collection.indexes.find((index) => index.name === name);
  if (named && !alike(named)) {
    throw new MongoError(
      86,
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${name}, existing index: ${named.name}`,
    );
  }
  const index =
    named ?? collection.indexes.find((other) => (other.name === '_id_' ? sameKey(other.spec.get('key') as Doc, key) : alike(other)));
  if (!index || index.name === '_id_') return index;
  if (!named) throw new MongoError(85, `Index already exists with a different name: ${index.name}`);
  if (!same(further, index.spec, spec))
    throw new MongoError(85, `An equivalent index already exists with the same name but different options. Requested index: ${name}`);
  return index;
}

async function createIndexes(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  // mongorestore asks so: old versions kept any word in an index.
  const lenient = flag(ctx.command.get('ignoreUnknownIndexOptions'));
  const asked = await batchOf(ctx, 'indexes');
  const given = lenient ? asked.map((spec) => new Map([...spec].filter(([option]) => options.includes(option)))) : asked;
  if (given.length === 0) throw new MongoError(2, 'Must specify at least one index to create');
  const specs = given.map(normalizeSpec);
  let before = 0;
  let createdCollection = false;
  let building: Index[] = [];
  let present: Index[] = [];
  await ctx.engine.change(({ catalog }) => {
    createdCollection = !catalog.find(ctx.db, name);
    const collection = ctx.engine.catalog.ensure(ctx.db, name);
    before = collection.indexes.length;
    present = specs.map((spec) => existing(collection, spec)).filter((index) => index !== undefined);
    const missing = specs.filter((spec) => !existing(collection, spec));
    building = missing.map((spec) => buildIndex(catalog.allocateId(), spec, false));
    collection.indexes.push(...building);
    if (building.length > 0) catalog.save(collection);
  });
  const waiting = specs.length > building.length;
  await fillIndexes(ctx.server.engine, { db: ctx.db, collection: name, indexes: building, deadline: ctx.deadline });
  // Another client may have asked for the same a moment ago: it is there once that is done.
  for (const index of present) await ctx.engine.builds.get(index.id)?.finished;
  const after = before + building.length;
  const note = waiting && building.length === 0 ? 'all indexes already exist' : undefined;
  return doc({ numIndexesBefore: before, numIndexesAfter: after, createdCollectionAutomatically: createdCollection, note, ok: OK });
}

export function requireCollection(ctx: CommandContext, name: string): Collection {
  const collection = ctx.engine.catalog.find(ctx.db, name);
  if (!collection) throw new MongoError(26, `ns does not exist: ${ctx.db}.${name}`);
  return collection;
}

function listIndexes(ctx: CommandContext): Doc {
  const collection = requireCollection(ctx, collectionName(ctx));
  const firstBatch = collection.indexes.filter((index) => index.ready).map((index): Value => new RawDoc(encode(index.spec)));
  return doc({ cursor: doc({ id: 0n, ns: namespaceOf(collection), firstBatch }), ok: OK });
}

/** The index of that name or key. */
export function findIndex(collection: Collection, wanted: Value | undefined): Index {
  const index = collection.indexes.find((candidate) =>
    isDoc(wanted) ? sameKey(candidate.spec.get('key') as Doc, wanted) : candidate.name === wanted,
  );
  if (index) return index;
  const what = isDoc(wanted)
    ? `can't find index with key: ${JSON.stringify([...wanted.keys()])}`
    : `index not found with name [${textOr(wanted, '')}]`;
  throw new MongoError(27, what);
}

function toDrop(collection: Collection, wanted: Value | undefined): Index[] {
  if (wanted === '*') return collection.indexes.filter((index) => index.name !== '_id_');
  if (Array.isArray(wanted)) return wanted.flatMap((item) => toDrop(collection, item));
  const index = findIndex(collection, wanted);
  if (index.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
  return [index];
}

async function dropIndexes(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const reply = await ctx.engine.change(({ catalog }) => {
    const collection = requireCollection(ctx, name);
    const before = collection.indexes.length;
    for (const index of toDrop(collection, ctx.command.get('index'))) {
      collection.indexes = collection.indexes.filter((other) => other !== index);
      catalog.discard('index', index.id);
    }
    catalog.save(collection);
    return doc({ nIndexesWas: before, ok: OK });
  });
  ctx.engine.reclaimSoon();
  return reply;
}

export const indexCommands: Record<string, Command> = {
  createIndexes: { run: createIndexes, fields: ['indexes', 'ignoreUnknownIndexOptions', 'commitQuorum'] },
  listIndexes: { run: listIndexes, fields: ['cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'] },
  dropIndexes: { run: dropIndexes, fields: ['index'] },
};
