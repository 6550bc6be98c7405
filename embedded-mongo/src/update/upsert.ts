import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { type Filter } from '../query/filter.js';
import { type Node } from '../query/node.js';
import { changeAt } from '../document/change-at.js';

/** The equalities a query's conjunction prescribes (manual: reference/method/db.collection.update, upsert). */
function equalities(node: Node, into: Map<string, Value>): void {
  if (node.kind === 'leaf' && node.path !== '') {
    const only = node.op === '$in' && Array.isArray(node.operand) && node.operand.length === 1 ? node.operand[0] : undefined;
    const value = node.op === '$eq' ? node.operand : only;
    if (value === undefined) return;
    if (node.path.startsWith('_id.'))
      throw new MongoError(111, `field at '_id' must be exactly specified, field at sub-path '${node.path}' found`);
    for (const path of into.keys()) {
      if (path === node.path || path.startsWith(`${node.path}.`) || node.path.startsWith(`${path}.`)) {
        throw new MongoError(54, `cannot infer query fields to set, path '${node.path}' is matched twice`);
      }
    }
    into.set(node.path, value);
  } else if (node.kind === 'and') {
    for (const child of node.nodes) equalities(child, into);
  } else if (node.kind === 'or' && node.nodes.length === 1 && node.nodes[0]) equalities(node.nodes[0], into);
}

/** What an upsert begins with before its update is applied. */
export function upsertSeed(filter: Filter, replacing: boolean): Doc {
  const found = new Map<string, Value>();
  equalities(filter.node, found);
  const seed: Doc = new Map();
  for (const [path, value] of found) {
    if (replacing && path !== '_id') continue;
    changeAt(seed, path.split('.'), () => copy(value), { create: true });
  }
  return seed;
}

function copy(value: Value): Value {
  return isDoc(value) ? new Map(value) : Array.isArray(value) ? [...value] : value;
}
