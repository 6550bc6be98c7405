import { toNumber } from '../bson/number.js';
import { type Doc, doc, isDoc, isNumeric, numberValue, OK, textOr, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { buildIndex, type Collection, type Index } from '../storage/catalog.js';
import { collectionName, type Command, type CommandContext, docField } from './command.js';
import { checkExpire, findIndex, requireCollection } from './indexes.js';

const options = ['keyPattern', 'name', 'hidden', 'expireAfterSeconds'];

function indexOf(collection: Collection, change: Doc): Index {
  for (const name of change.keys()) {
    if (name === 'unique' || name === 'prepareUnique') throw notSupported(`index.${name} of collMod`);
    if (!options.includes(name)) throw new MongoError(40415, `BSON field 'collMod.index.${name}' is an unknown field.`);
  }
  const pattern = change.get('keyPattern');
  const index = findIndex(collection, isDoc(pattern) ? pattern : textOr(change.get('name'), ''));
  if (index.name === '_id_') throw new MongoError(2, 'the _id index cannot be changed');
  return index;
}

/** The new specification, and what is answered about it. */
function changed(index: Index, change: Doc): { spec: Doc; reply: Doc } {
  const spec = new Map(index.spec);
  const reply: Doc = new Map();
  const hidden = change.get('hidden');
  if (typeof hidden === 'boolean' && hidden !== index.hidden) {
    if (hidden) spec.set('hidden', true);
    else spec.delete('hidden');
    reply.set('hidden_old', index.hidden).set('hidden_new', hidden);
  }
  const expire = change.get('expireAfterSeconds');
  if (expire !== undefined) {
    const seconds: Value = checkExpire(isNumeric(expire) ? numberValue(toNumber(expire)) : expire, spec.get('key') as Doc);
    const old = index.spec.get('expireAfterSeconds');
    if (old !== undefined) reply.set('expireAfterSeconds_old', old);
    spec.set('expireAfterSeconds', seconds);
    reply.set('expireAfterSeconds_new', seconds);
  }
  return { spec, reply };
}

/** collMod changes what can be changed without touching the data: whether an index is hidden, and when it expires. */
async function collMod(ctx: CommandContext): Promise<Doc> {
  const name = collectionName(ctx);
  const change = docField(ctx, 'index');
  return ctx.engine.change(({ catalog }) => {
    const collection = requireCollection(ctx, name);
    if (!change) return doc({ ok: OK });
    const index = indexOf(collection, change);
    const { spec, reply } = changed(index, change);
    // The same object: a build that is under way knows it.
    Object.assign(index, buildIndex(index.id, spec, index.ready, index.multikey));
    catalog.save(collection);
    return reply.set('ok', OK);
  });
}

export const collModCommands: Record<string, Command> = {
  collMod: { run: collMod, fields: ['index'] },
};
