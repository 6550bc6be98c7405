import { decodeInSteps } from '../bson/decode.js';
import { encodeInSteps } from '../bson/encode.js';
import { checkSize } from '../bson/limits.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { type Examined, type FindRequest, findRecords } from '../plan/execute.js';
import { parseSort } from '../document/sort.js';
import type { Collection } from '../storage/catalog.js';
import { countingPipeline } from './counting.js';
import type { Scope } from '../expression/expression.js';
import { joinStages } from './joins.js';
import { applyStages, type ParsedStage, type PipelineContext } from './pipeline-context.js';
import { graphLookup, sourceStage } from './sources.js';
import { sortStage } from './sort-stage.js';
import { plainStages } from './stages.js';
import { positiveLong, type DocStream, type Stage } from './stream.js';
import { PAUSE, type Pause } from '../stretch.js';

function compileStage(ctx: PipelineContext, stage: ParsedStage): Stage {
  const plain = plainStages[stage.name];
  if (plain) return plain(stage.argument, ctx.variables);
  const join = joinStages[stage.name];
  if (join) return join(ctx, stage.argument);
  if (stage.name === '$graphLookup') return graphLookup(ctx, stage.argument);
  if (stage.name === '$changeStream') throw new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
  if (stage.name.includes('earch') && known.has(stage.name))
    throw new MongoError(31082, `Using ${stage.name} requires additional configuration.`);
  if (known.has(stage.name)) throw notSupported(`the ${stage.name} stage`);
  if (firstOnly.has(stage.name)) throw new MongoError(40602, `${stage.name} is only valid as the first stage in a pipeline.`);
  if (stage.name === '$out' || stage.name === '$merge')
    throw new MongoError(40601, `${stage.name} can only be the final stage in the pipeline`);
  throw new MongoError(40324, `Unrecognized pipeline stage name: '${stage.name}'`);
}

/** A $limit right behind a $sort tells the sort how many documents it has to keep. */
export function compileStages(ctx: PipelineContext, stages: readonly ParsedStage[]): Stage[] {
  return stages.map((stage, i) => {
    const next = stages[i + 1];
    const most = stage.name === '$sort' && next?.name === '$limit' ? positiveLong('$limit', next.argument, 1) : 0;
    return most > 0 ? sortStage(stage.argument, most) : compileStage(ctx, stage);
  });
}

const firstOnly = new Set(['$documents', '$collStats', '$indexStats', '$currentOp']);
const known = new Set(
  (
    '$geoNear $search $searchMeta $vectorSearch $listSearchIndexes $listSessions $listSampledQueries ' +
    '$listLocalSessions $planCacheStats $shardedDataDistribution $redact $setWindowFields $densify $fill'
  ).split(' '),
);

interface Leading {
  request: FindRequest;
  rest: ParsedStage[];
}

/** The $match, $sort, $skip and $limit at the front run as a query, so that indexes serve them. */
export function takeLeading(stages: readonly ParsedStage[], variables: Scope, hint?: Doc | string): Leading {
  const rest = [...stages];
  const filters: Value[] = [];
  while (rest[0]?.name === '$match') filters.push(rest.shift()?.argument ?? null);
  for (const filter of filters) if (!isDoc(filter)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const combined: Value = filters.length > 1 ? new Map([['$and', filters]]) : (filters[0] ?? new Map());
  const request: FindRequest = { filter: compileFilter(combined, { variables }), hint };
  if (rest[0]?.name === '$sort') request.sort = parseSort(rest.shift()?.argument);
  if (rest[0]?.name === '$skip') request.skip = positiveLong('$skip', rest.shift()?.argument ?? null, 0);
  if (rest[0]?.name === '$limit') request.limit = positiveLong('$limit', rest.shift()?.argument ?? null, 1);
  return { request, rest };
}

function* documentsOf(ctx: PipelineContext, collection: Collection, request: FindRequest, examined?: Examined): DocStream {
  for (const found of findRecords(ctx.read, collection, request, examined)) {
    yield found === PAUSE ? PAUSE : yield* decodeInSteps(found.bytes);
  }
}

function* nothing(): DocStream {
  // A collection that does not exist is an empty one.
}

/** A whole pipeline over a collection of the context's database. */
export function runPipeline(ctx: PipelineContext, collectionName: string, stages: readonly ParsedStage[], hint?: Doc | string): DocStream {
  const [head, ...tail] = stages;
  const own = head && sourceStage(ctx, collectionName, head.name, head.argument);
  if (own) return applyStages(own, compileStages(ctx, tail));
  const { request, rest } = takeLeading(stages, ctx.variables, hint);
  const compiled = compileStages(ctx, rest);
  const collection = ctx.catalog.find(ctx.db, collectionName);
  const counting = collection && countingPipeline(ctx.read, collection, request, rest);
  if (counting) return counting;
  const source = collection ? documentsOf(ctx, collection, request) : nothing();
  return applyStages(source, compiled);
}

/** What a pipeline answers, encoded and not longer than a document may be. */
export function* encoded(stream: DocStream): Generator<Buffer | Pause, void> {
  for (const item of stream) yield item === PAUSE ? PAUSE : checkSize(yield* encodeInSteps(item));
}
