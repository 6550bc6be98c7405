import { performance } from 'node:perf_hooks';
import { type Doc, doc, isDoc, OK, textOr, type Value } from '../bson/values.js';
import { formatValue } from '../bson/format.js';
import { MongoError } from '../errors.js';
import { countingPipeline, countRecords } from '../aggregate/counting.js';
import { compileStages, encoded, takeLeading } from '../aggregate/pipeline.js';
import { applyStages, parseStages } from '../aggregate/pipeline-context.js';
import { isPoint, type Interval } from '../plan/intervals.js';
import { type IndexPlan, planInSteps, type Plan } from '../plan/planner.js';
import { merges } from '../plan/scan.js';
import { type Examined, findRecords, type FindRequest } from '../plan/execute.js';
import { compileFilter } from '../query/filter.js';
import { parseSort } from '../document/sort.js';
import { decodeInSteps } from '../bson/decode.js';
import type { Collection } from '../storage/catalog.js';
import { VERSION } from './admin.js';
import { type Command, type CommandContext, documentsOf, flag, hintOf, letVariables, readContext } from './command.js';
import { parseFind } from './find.js';
import { pipelineContext } from './pipeline-context.js';
import { type Job, PAUSE, stretch } from '../stretch.js';

interface Explained {
  collection: string;
  request: FindRequest;
  /** Stages the command adds on top of its query: PROJECTION, COUNT, UPDATE, DELETE… */
  top: string | undefined;
  counting: boolean;
  /** The rest of an aggregation, to run the query's results through. */
  pipeline: Value[];
}

function shownBounds(intervals: readonly Interval[]): Value {
  return intervals.map((interval) => {
    if (isPoint(interval)) return `[${interval.low.toString('hex')}, ${interval.high.toString('hex')}]`;
    return `${interval.lowIncluded ? '[' : '('}${interval.low.toString('hex')}, ${interval.high.toString('hex')}${interval.highIncluded ? ']' : ')'}`;
  });
}

function indexScan(plan: IndexPlan): Doc {
  const { index } = plan;
  const multikey = index.multikey.includes(true);
  const paths = index.fields.map((field, i): [string, Value] => [field.path, index.multikey[i] ? [field.path] : []]);
  const bounds = index.fields.map((field): [string, Value] => [field.path, shownBounds(plan.bounds.get(field.path) ?? [])]);
  return doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key'),
    indexName: index.name,
    isMultiKey: multikey,
    multiKeyPaths: new Map(paths),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    indexVersion: 2,
    direction: plan.reverse ? 'backward' : 'forward',
    indexBounds: new Map(bounds),
  });
}

function indexStages(plan: IndexPlan): Doc {
  if (plan.index.name === '_id_' && plan.ranges.length === 1 && plan.exact) return doc({ stage: 'IDHACK' });
  const scan = indexScan(plan);
  return doc({ stage: 'FETCH', inputStage: merges(plan) ? doc({ stage: 'SORT_MERGE', inputStage: scan }) : scan });
}

/** The plan in MongoDB's words (manual: reference/explain-results). */
function planStages(plan: Plan, collection: Collection | undefined, what: Explained): Doc {
  const { request } = what;
  if (!collection) return doc({ stage: 'EOF' });
  const counted = what.counting && plan.kind === 'index' && plan.exact && !plan.index.multikey.includes(true);
  let stage: Doc;
  if (what.counting && plan.kind === 'collection' && plan.exact) return doc({ stage: 'RECORD_STORE_FAST_COUNT' });
  if (plan.kind === 'collection') stage = doc({ stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' });
  else if (plan.kind === 'union')
    stage = doc({ stage: 'FETCH', inputStage: doc({ stage: 'OR', inputStages: plan.branches.map(indexScan) }) });
  else if (counted) stage = indexScan(plan).set('stage', 'COUNT_SCAN');
  else stage = indexStages(plan);
  if (request.sort && !plan.sorted) {
    const sortPattern: Doc = new Map(request.sort.map((field): [string, Value] => [field.path, field.descending ? -1 : 1]));
    stage = doc({ stage: 'SORT', sortPattern, inputStage: stage });
  }
  if (request.skip) stage = doc({ stage: 'SKIP', skipAmount: request.skip, inputStage: stage });
  if (request.limit) stage = doc({ stage: 'LIMIT', limitAmount: request.limit, inputStage: stage });
  return what.top === undefined ? stage : doc({ stage: what.top, inputStage: stage });
}

function explained(ctx: CommandContext): Explained {
  const inner = ctx.command;
  const collection = textOr(inner.get(ctx.name), '');
  const variables = letVariables(inner.get('let'));
  const base = { collection, top: undefined, counting: false, pipeline: [] };
  const one = (filter: Value | undefined, limit: number): FindRequest => ({
    filter: compileFilter(filter, { variables }),
    hint: hintOf(inner.get('hint')),
    limit,
  });
  switch (ctx.name) {
    case 'find': {
      const { request, projection } = parseFind(ctx);
      return { ...base, request, top: projection ? 'PROJECTION_DEFAULT' : undefined };
    }
    case 'count':
      return { ...base, request: one(inner.get('query'), 0), top: 'COUNT', counting: true };
    case 'distinct':
      return { ...base, request: one(inner.get('query'), 0) };
    case 'findAndModify':
    case 'findandmodify':
      return {
        ...base,
        request: { ...one(inner.get('query'), 1), sort: parseSort(inner.get('sort')) },
        top: flag(inner.get('remove')) ? 'DELETE' : 'UPDATE',
      };
    case 'aggregate': {
      const { request, rest } = takeLeading(parseStages(inner.get('pipeline')), variables, hintOf(inner.get('hint')));
      return { ...base, request, pipeline: rest.map((stage) => new Map([[stage.name, stage.argument]])) };
    }
    case 'update':
    case 'delete': {
      const [item] = documentsOf(ctx, ctx.name === 'update' ? 'updates' : 'deletes');
      const single = ctx.name === 'update' ? !flag(item?.get('multi')) : flag(item?.get('limit'));
      return {
        ...base,
        request: { ...one(item?.get('q'), single ? 1 : 0), hint: hintOf(item?.get('hint')) },
        top: ctx.name === 'update' ? 'UPDATE' : 'DELETE',
      };
    }
    default:
      throw new MongoError(59, `Explain failed due to unknown command: ${ctx.name}`);
  }
}

function* execute(ctx: CommandContext, collection: Collection, what: Explained, examined: Examined): Job<number> {
  const read = readContext(ctx);
  if (what.counting) return yield* countRecords(read, collection, what.request, examined);
  const context = pipelineContext(ctx, letVariables(ctx.command.get('let')));
  const parsed = parseStages(what.pipeline);
  const stages = compileStages(context, parsed);
  const source = (function* () {
    for (const found of findRecords(read, collection, what.request, examined))
      yield found === PAUSE ? PAUSE : yield* decodeInSteps(found.bytes);
  })();
  const counting = countingPipeline(read, collection, what.request, parsed, examined);
  let n = 0;
  for (const item of encoded(counting ?? applyStages(source, stages))) {
    if (item === PAUSE) yield PAUSE;
    else n++;
  }
  return n;
}

function* planOf(collection: Collection | undefined, request: FindRequest): Job<Plan> {
  return collection ? yield* planInSteps(collection, request) : { kind: 'collection', reverse: false, sorted: true, exact: false };
}

async function explainInner(ctx: CommandContext, verbosity: string): Promise<Doc> {
  const what = await ctx.engine.read(stretch.repeating(() => explained(ctx)));
  const collection = ctx.engine.catalog.find(ctx.db, what.collection);
  const plan = await ctx.engine.read(planOf(collection, what.request));
  const winningPlan = planStages(plan, collection, what);
  const queryPlanner = doc({
    namespace: `${ctx.db}.${what.collection}`,
    parsedQuery: formatValue(ctx.command.get('filter') ?? ctx.command.get('query') ?? null),
    indexFilterSet: false,
    winningPlan,
    rejectedPlans: [],
  });
  const reply = doc({ explainVersion: '1', queryPlanner });
  if (verbosity !== 'queryPlanner') {
    const examined: Examined = { keys: 0, documents: 0 };
    const start = performance.now();
    const nReturned = collection ? await ctx.engine.read(execute(ctx, collection, what, examined)) : 0;
    const executionTimeMillis = Math.round(performance.now() - start);
    const totals = doc({ totalKeysExamined: examined.keys, totalDocsExamined: examined.documents });
    const executionStages = new Map([
      ...winningPlan,
      ['nReturned', nReturned],
      ['keysExamined', examined.keys],
      ['docsExamined', examined.documents],
    ] as [string, Value][]);
    reply.set(
      'executionStats',
      doc({ executionSuccess: true, nReturned, executionTimeMillis, ...Object.fromEntries(totals), executionStages }),
    );
  }
  reply.set('command', ctx.command);
  return reply.set('serverInfo', doc({ host: 'embedded-mongo', version: VERSION })).set('ok', OK);
}

export function explainCommand(ctx: CommandContext, inner: Doc, verbosity: string): Promise<Doc> {
  const [name] = inner.keys();
  return explainInner({ ...ctx, name: name ?? '', command: inner }, verbosity);
}

async function explain(ctx: CommandContext): Promise<Doc> {
  const inner = ctx.command.get('explain');
  if (!isDoc(inner)) throw new MongoError(14, "BSON field 'explain.explain' is the wrong type, expected type 'object'");
  const verbosity = ctx.command.get('verbosity') ?? 'allPlansExecution';
  if (verbosity !== 'queryPlanner' && verbosity !== 'executionStats' && verbosity !== 'allPlansExecution') {
    throw new MongoError(9, "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}");
  }
  return explainCommand(ctx, inner, verbosity);
}

export const explainCommands: Record<string, Command> = {
  explain: { run: explain, fields: ['verbosity'] },
};
