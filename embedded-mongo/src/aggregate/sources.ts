import { hostname } from 'node:os';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isDoc, isNumeric, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { storageStats } from '../storage/storage-stats.js';
import { compileFilter } from '../query/filter.js';
import { keyText } from '../bson/key.js';
import { valuesAt } from '../document/path.js';
import { compile } from '../expression/compile.js';
import { scopeOf } from '../expression/expression.js';
import { allowance } from './memory.js';
import type { PipelineContext } from './pipeline-context.js';
import { setPath } from './stages.js';
import { type DocStream, expanding, gather, paced, type Stage } from './stream.js';

/** $documents, $collStats and $indexStats stand first and read no documents. */
export function sourceStage(ctx: PipelineContext, collectionName: string, name: string, argument: Value): DocStream | undefined {
  switch (name) {
    case '$documents':
      return documents(compile(argument)(scopeOf(new Map(), ctx.variables)));
    case '$indexStats':
      return indexStats(ctx, collectionName);
    case '$currentOp':
      if (ctx.db !== 'admin') throw new MongoError(73, '$currentOp must be run against the admin database with {aggregate: 1}');
      return documents(ctx.operations());
    case '$collStats':
      return collStats(ctx, collectionName, argument);
    default:
      return undefined;
  }
}

function* documents(list: Value | undefined): DocStream {
  if (!Array.isArray(list)) throw new MongoError(5858203, 'Expected array in $documents');
  yield* paced(list, (item) => {
    if (!isDoc(item)) throw new MongoError(5858203, 'Expected documents in $documents');
    return item;
  });
}

function* indexStats(ctx: PipelineContext, collectionName: string): DocStream {
  for (const index of ctx.catalog.find(ctx.db, collectionName)?.indexes ?? []) {
    yield doc({
      name: index.name,
      key: index.spec.get('key'),
      host: hostname(),
      accesses: doc({ ops: 0n, since: new Date(0) }),
      spec: index.spec,
      building: index.ready ? undefined : true,
    });
  }
}

/** Only what is asked for (manual: reference/operator/aggregation/collStats). */
function* collStats(ctx: PipelineContext, collectionName: string, argument: Value): DocStream {
  if (!isDoc(argument)) throw new MongoError(5447000, '$collStats must take a nested object');
  for (const name of argument.keys()) if (name !== 'storageStats' && name !== 'count') throw notSupported(`${name} of $collStats`);
  const collection = ctx.catalog.find(ctx.db, collectionName);
  if (!collection) throw new MongoError(26, `Collection [${ctx.db}.${collectionName}] not found.`);
  const storage = argument.get('storageStats');
  const scale = isDoc(storage) ? storage.get('scale') : undefined;
  yield doc({
    ns: `${ctx.db}.${collectionName}`,
    host: hostname(),
    localTime: new Date(),
    storageStats: storage === undefined ? undefined : storageStats(collection, isNumeric(scale) ? Math.max(1, toNumber(scale)) : 1),
    count: argument.has('count') ? BigInt(collection.count) : undefined,
  });
}

interface GraphSpec {
  from: string;
  connectTo: string;
  connectFrom: string[];
  as: string[];
  depthField: string | undefined;
  maxDepth: number;
  restrict: Value | undefined;
}

function parseGraph(argument: Value): { spec: GraphSpec; start: ReturnType<typeof compile> } {
  if (!isDoc(argument)) throw new MongoError(40327, 'the $graphLookup specification must be an object');
  const text = (name: string): string => {
    const value = argument.get(name);
    if (typeof value !== 'string') throw new MongoError(40103, `expected string as argument for ${name} in $graphLookup`);
    return value;
  };
  const depth = argument.get('maxDepth');
  const depthField = argument.get('depthField');
  return {
    start: compile(argument.get('startWith') ?? null),
    spec: {
      from: text('from'),
      connectTo: text('connectToField'),
      connectFrom: text('connectFromField').split('.'),
      as: text('as').split('.'),
      depthField: typeof depthField === 'string' ? depthField : undefined,
      maxDepth: depth === undefined ? Infinity : Number(depth),
      restrict: argument.get('restrictSearchWithMatch'),
    },
  };
}

/** Follows references breadth first, each document once (manual: reference/operator/aggregation/graphLookup). */
export function graphLookup(ctx: PipelineContext, argument: Value): Stage {
  const { spec, start } = parseGraph(argument);
  if (spec.restrict !== undefined) compileFilter(spec.restrict);
  return expanding(function* (item) {
    const first = start(scopeOf(item, ctx.variables));
    let frontier = Array.isArray(first) ? first : [first ?? null];
    const found = new Map<string, Doc>();
    const spend = allowance('$graphLookup', 40099);
    for (let depth = 0; depth <= spec.maxDepth && frontier.length > 0; depth++) {
      const join: Doc = new Map([[spec.connectTo, new Map([['$in', frontier]])]]);
      const filter: Doc = spec.restrict === undefined ? join : new Map([['$and', [join, spec.restrict]]]);
      const level = yield* gather(ctx.run(ctx, spec.from, [{ name: '$match', argument: filter }]), spend);
      frontier = [];
      for (const document of level) {
        const key = keyText(document.get('_id'));
        if (found.has(key)) continue;
        if (spec.depthField !== undefined) document.set(spec.depthField, BigInt(depth));
        found.set(key, document);
        for (const value of valuesAt(document, spec.connectFrom)) frontier.push(value);
      }
    }
    yield setPath(item, spec.as, [...found.values()]) as Doc;
  });
}
