import { type Doc, isDoc, type Value } from '../bson/values.js';
import { countByIndex } from '../plan/count.js';
import { type Examined, findRecords, type FindRequest } from '../plan/execute.js';
import type { ReadContext } from '../storage/slice.js';
import type { Collection } from '../storage/catalog.js';
import type { ParsedStage } from './pipeline-context.js';
import { type DocStream } from './stream.js';
import { type Job, PAUSE } from '../stretch.js';

/** How many documents a request finds, from the index alone where that says it. */
export function* countRecords(
  read: ReadContext,
  collection: Collection,
  request: FindRequest,
  examined: Examined = { keys: 0, documents: 0 },
): Job<number> {
  const { skip = 0, limit = 0 } = request;
  const quick = yield* countByIndex(read, collection, request, examined);
  if (quick !== undefined) {
    const rest = Math.max(0, quick - skip);
    return limit > 0 ? Math.min(limit, rest) : rest;
  }
  let n = 0;
  // The order does not matter to a number.
  for (const found of findRecords(read, collection, { ...request, sort: undefined }, examined)) {
    if (found === PAUSE) yield PAUSE;
    else n++;
  }
  return n;
}

type Shape = (n: number) => Doc;

function groupShape(argument: Value): Shape | undefined {
  if (!isDoc(argument) || argument.size !== 2) return undefined;
  const id = argument.get('_id');
  if (id === undefined || (id !== null && typeof id !== 'number')) return undefined;
  const [, [name, sum] = ['', null]] = [...argument];
  const isCount = isDoc(sum) && sum.size === 1 && sum.get('$sum') === 1;
  return isCount
    ? (n) =>
        new Map<string, Value>([
          ['_id', id],
          [name, n],
        ])
    : undefined;
}

/** What a pipeline's rest makes of a count, if it only counts: drivers write countDocuments() in this way. */
function countShape(rest: readonly ParsedStage[]): Shape | undefined {
  const [stage] = rest;
  if (!stage || rest.length > 1) return undefined;
  if (stage.name === '$group') return groupShape(stage.argument);
  const name = stage.argument;
  if (stage.name !== '$count' || typeof name !== 'string' || name === '' || name.startsWith('$')) return undefined;
  return (n) => new Map([[name, n]]);
}

export function countingPipeline(
  read: ReadContext,
  collection: Collection,
  request: FindRequest,
  rest: readonly ParsedStage[],
  examined?: Examined,
): DocStream | undefined {
  const shape = countShape(rest);
  return shape && counted(read, collection, request, shape, examined);
}

function* counted(read: ReadContext, collection: Collection, request: FindRequest, shape: Shape, examined?: Examined): DocStream {
  const n = yield* countRecords(read, collection, request, examined);
  if (n > 0) yield shape(n);
}
