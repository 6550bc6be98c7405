import { compareValues } from '../bson/compare.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { valuesAt } from '../document/path.js';
import { compile } from '../expression/compile.js';
import { scopeOf } from '../expression/expression.js';
import { allowance } from './memory.js';
import { applyStages, parseStages, type PipelineContext } from './pipeline-context.js';
import { setPath } from './stages.js';
import { expanding, gather, itself, paced, type Stage } from './stream.js';

type JoinStage = (ctx: PipelineContext, argument: Value) => Stage;

function text(stage: string, spec: Doc, name: string): string {
  const value = spec.get(name);
  if (typeof value !== 'string') throw new MongoError(9, `${stage} argument '${name}' must be a string`);
  return value;
}

/** The condition that joins one document: an array on either side matches by its elements. */
function joinFilter(local: Value | undefined, foreignField: string): Doc {
  const values = local === undefined ? [null] : Array.isArray(local) ? local : [local];
  const condition: Value =
    values.length === 1 && !Array.isArray(local) ? new Map([['$eq', values[0] ?? null]]) : new Map([['$in', values]]);
  return new Map([[foreignField, condition]]);
}

function localValue(document: Doc, parts: readonly string[]): Value | undefined {
  const direct = valuesAt(document, parts, false);
  if (direct.length === 1) return direct[0];
  return direct.length === 0 ? undefined : direct.flat();
}

const lookup: JoinStage = (ctx, argument) => {
  if (!isDoc(argument)) throw new MongoError(9, 'the $lookup specification must be an Object');
  const as = text('$lookup', argument, 'as').split('.');
  const from = text('$lookup', argument, 'from');
  const keyed = argument.has('localField') || argument.has('foreignField');
  const localParts = keyed ? text('$lookup', argument, 'localField').split('.') : [];
  const foreignField = keyed ? text('$lookup', argument, 'foreignField') : '';
  if (!keyed && !argument.has('pipeline'))
    throw new MongoError(9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  const stages = argument.has('pipeline') ? parseStages(argument.get('pipeline')) : [];
  const variables = argument.get('let');
  const lets = isDoc(variables) ? [...variables].map(([name, value]) => ({ name, compute: compile(value) })) : [];
  return expanding(function* (item) {
    const scope = scopeOf(item, ctx.variables);
    const inner = new Map(ctx.variables);
    for (const { name, compute } of lets) inner.set(name, compute(scope));
    const join = keyed ? [{ name: '$match', argument: joinFilter(localValue(item, localParts), foreignField) }] : [];
    const found = yield* gather(ctx.run({ ...ctx, variables: inner }, from, [...join, ...stages]), allowance('$lookup', 4568));
    yield setPath(item, as, found) as Doc;
  });
};

const facet: JoinStage = (ctx, argument) => {
  if (!isDoc(argument) || argument.size === 0) throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const branches = [...argument].map(([name, pipeline]) => {
    const stages = parseStages(pipeline);
    for (const stage of stages) {
      if (['$facet', '$out', '$merge', '$collStats', '$indexStats', '$geoNear'].includes(stage.name))
        throw new MongoError(40600, `${stage.name} is not allowed to be used within a $facet stage`);
    }
    return { name, stages: ctx.compileStages(ctx, stages) };
  });
  return function* (input) {
    const spend = allowance('$facet');
    const documents = yield* gather(input, spend);
    const result: Doc = new Map();
    for (const { name, stages } of branches) result.set(name, yield* gather(applyStages(paced(documents, itself), stages), spend));
    yield result;
  };
};

const unionWith: JoinStage = (ctx, argument) => {
  const spec: Doc = isDoc(argument) ? argument : new Map([['coll', argument]]);
  const name = text('$unionWith', spec, 'coll');
  const stages = spec.has('pipeline') ? parseStages(spec.get('pipeline')) : [];
  return function* (input) {
    yield* input;
    yield* ctx.run(ctx, name, stages);
  };
};

const bucket: JoinStage = (ctx, argument) => {
  if (!isDoc(argument)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  const boundaries = argument.get('boundaries');
  if (!Array.isArray(boundaries) || boundaries.length < 2)
    throw new MongoError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  if (boundaries.some((value, i) => i > 0 && compareValues(boundaries[i - 1], value) >= 0))
    throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  const by = argument.get('groupBy') ?? null;
  const branches = boundaries.slice(0, -1).map(
    (low, i): Doc =>
      new Map<string, Value>([
        [
          'case',
          new Map([['$and', [new Map([['$gte', [by, literal(low)]]]), new Map([['$lt', [by, literal(boundaries[i + 1] ?? null)]]])]]]),
        ],
        ['then', literal(low)],
      ]),
  );
  const choose: Doc = new Map<string, Value>([['branches', branches]]);
  const fallback = argument.get('default');
  if (fallback !== undefined) choose.set('default', fallback);
  const output = argument.get('output') ?? new Map([['count', new Map([['$sum', 1]])]]);
  const group: Doc = new Map<string, Value>([['_id', new Map([['$switch', choose]])], ...(isDoc(output) ? output : [])]);
  const stages = ctx.compileStages(ctx, [
    { name: '$group', argument: group },
    { name: '$sort', argument: new Map([['_id', 1]]) },
  ]);
  return (input) => applyStages(input, stages);
};

function literal(value: Value): Value {
  return new Map([['$literal', value]]);
}

/** The stages that read from elsewhere or contain pipelines of their own. */
export const joinStages: Readonly<Record<string, JoinStage>> = {
  $lookup: lookup,
  $facet: facet,
  $unionWith: unionWith,
  $bucket: bucket,
};
