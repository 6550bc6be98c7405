import { keyText } from '../bson/key.js';
import { formatValue } from '../bson/format.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { compileProjection } from '../query/projection.js';
import { parseSort, sortKey } from '../query/sort.js';
import { PAUSE, type Pause } from '../storage/writer.js';
import { accumulator, type Accumulator } from './accumulators.js';
import { compile, scopeOf, type Scope } from './expression.js';
import { allowance, type Spend, weigh } from './memory.js';
import { changeAt } from '../update/target.js';

export type DocStream = Generator<Doc | Pause, void>;
export type Stage = (input: DocStream) => DocStream;
export type StageCompiler = (argument: Value, variables: Scope) => Stage;

/** A stage that turns each document into one other, or into none. */
export function mapping(transform: (document: Doc) => Doc | undefined): Stage {
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else {
        const result = transform(item);
        if (result) yield result;
      }
    }
  };
}

/** Gives documents that are all there with pauses between, so that what follows does not keep the thread. */
export function* paced<T>(items: Iterable<T>, make: (item: T) => Doc): DocStream {
  let given = 0;
  for (const item of items) {
    yield make(item);
    if ((++given & 0xff) === 0) yield PAUSE;
  }
}

const itself = (document: Doc): Doc => document;

/** Gathers a stream's documents as far as they are allowed, passing its pauses on. */
export function* gather(stream: DocStream, spend: Spend): Generator<Pause, Doc[]> {
  const documents: Doc[] = [];
  for (const item of stream) {
    if (item === PAUSE) yield PAUSE;
    else {
      spend(weigh(item));
      documents.push(item);
    }
  }
  return documents;
}

/** A stage that needs all documents before it can give the first. */
export function collecting(name: string, finish: (documents: Doc[]) => Iterable<Doc>): Stage {
  return function* (input) {
    yield* paced(finish(yield* gather(input, allowance(name))), itself);
  };
}

function needDoc(stage: string, argument: Value): Doc {
  if (!isDoc(argument)) throw new MongoError(40272, `${stage} specification stage must be an object`);
  return argument;
}

const match: StageCompiler = (argument, variables) => {
  if (!isDoc(argument)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const filter = compileFilter(argument, { variables });
  return mapping((document) => (filter.matches(document) ? document : undefined));
};

const project: StageCompiler = (argument, variables) => {
  if (!isDoc(argument)) throw new MongoError(15969, '$project specification must be an object');
  if (argument.size === 0)
    throw new MongoError(51272, 'Invalid $project :: caused by :: projection specification must have at least one field');
  const projection = compileProjection(argument, variables, 'aggregate');
  return mapping((document) => projection?.apply(document, {}) ?? document);
};

/** Sets nested paths; unlike an update it reaches into every element of an array on the way. */
export function setPath(target: Value, parts: readonly string[], value: Value | undefined): Value {
  const [part = '', ...rest] = parts;
  if (Array.isArray(target)) return target.map((item) => setPath(item, parts, value));
  const result: Doc = isDoc(target) ? new Map(target) : new Map<string, Value>();
  const next = rest.length === 0 ? value : setPath(result.get(part) ?? null, rest, value);
  if (next === undefined) result.delete(part);
  else result.set(part, next);
  return result;
}

const addFields: StageCompiler = (argument, variables) => {
  const fields = [...flattenFields(needDoc('$addFields', argument))].map(([path, value]) => ({
    parts: path.split('.'),
    compute: compile(value),
  }));
  return mapping((document) => {
    const scope = scopeOf(document, variables);
    return fields.reduce<Value>((result, field) => setPath(result, field.parts, field.compute(scope)), document) as Doc;
  });
};

function* flattenFields(spec: Doc, prefix = ''): Generator<[string, Value]> {
  for (const [name, value] of spec) {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (name.startsWith('$'))
      throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    const [first] = isDoc(value) ? value.keys() : [];
    if (isDoc(value) && value.size > 0 && !first?.startsWith('$')) yield* flattenFields(value, path);
    else yield [path, value];
  }
}

const unset: StageCompiler = (argument) => {
  const paths = Array.isArray(argument) ? argument : [argument];
  const names = paths.filter((path) => typeof path === 'string');
  if (names.length !== paths.length) throw new MongoError(31002, '$unset specification must be a string or an array');
  const projection = compileProjection(new Map(names.map((path) => [path, false])), undefined, 'aggregate');
  return mapping((document) => projection?.apply(document, {}));
};

/** About what a group and each of its accumulators take besides the values they hold. */
const STATE_BYTES = 96;

const group: StageCompiler = (argument, variables) => {
  const spec = needDoc('$group', argument);
  if (!spec.has('_id')) throw new MongoError(15955, 'a group specification must include an _id');
  const id = compile(spec.get('_id') ?? null);
  const fields = [...spec]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => {
      if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
      return { name, start: accumulator(name, value) };
    });
  return function* (input) {
    const groups = new Map<string, { id: Value; states: Accumulator[] }>();
    const spend = allowance('$group');
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = scopeOf(item, variables);
      const value = id(scope) ?? null;
      const key = keyText(value);
      let entry = groups.get(key);
      if (!entry) {
        spend(weigh(value) + key.length + STATE_BYTES * (1 + fields.length));
        groups.set(key, (entry = { id: value, states: fields.map((field) => field.start(spend)) }));
      }
      for (const state of entry.states) state.add(scope);
    }
    const resultOf = ({ id: groupId, states }: { id: Value; states: Accumulator[] }): Doc => {
      const result: Doc = new Map([['_id', groupId]]);
      fields.forEach((field, i) => result.set(field.name, states[i]?.result() ?? null));
      return result;
    };
    yield* paced(groups.values(), resultOf);
  };
};

interface Keyed {
  document: Doc;
  key: Buffer;
  weight: number;
}

/** Keys are made while documents come in, between pauses; with a limit only so many are kept. */
export function sortStage(argument: Value, most: number): Stage {
  const fields = parseSort(argument);
  if (!fields) throw new MongoError(15976, '$sort stage must have at least one sort key');
  const order = (kept: Keyed[]): Keyed[] => {
    kept.sort((a, b) => a.key.compare(b.key));
    return most > 0 ? kept.slice(0, most) : kept;
  };
  const weightOf = (kept: readonly Keyed[]): number => kept.reduce((sum, { weight }) => sum + weight, 0);
  return function* (input) {
    const spend = allowance('$sort');
    let kept: Keyed[] = [];
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const key = sortKey(item, fields);
      const weight = weigh(item) + key.length;
      spend(weight);
      kept.push({ document: item, key, weight });
      if (most > 0 && kept.length >= most * 2 + 512) {
        const before = weightOf(kept);
        kept = order(kept);
        spend(weightOf(kept) - before);
      }
    }
    yield* paced(order(kept), ({ document }) => document);
  };
}

const sort: StageCompiler = (argument) => sortStage(argument, 0);

export function positiveLong(stage: string, argument: Value, least: number): number {
  const n = isNumeric(argument) ? toNumber(argument) : NaN;
  if (!Number.isInteger(n) || n < least) {
    throw new MongoError(
      stage === '$limit' && n === 0 ? 15958 : 5107200,
      `invalid argument to ${stage} stage: Expected a ${least === 0 ? 'non-negative' : 'positive'} number in: ${stage}: ${typeName(argument)}`,
    );
  }
  return n;
}

const limit: StageCompiler = (argument) => {
  const most = positiveLong('$limit', argument, 1);
  return function* (input) {
    let given = 0;
    for (const item of input) {
      yield item;
      if (item !== PAUSE && ++given === most) return;
    }
  };
};

const skip: StageCompiler = (argument) => {
  const count = positiveLong('$skip', argument, 0);
  return function* (input) {
    let passed = 0;
    for (const item of input) if (item === PAUSE || passed++ >= count) yield item;
  };
};

const count: StageCompiler = (argument) => {
  if (typeof argument !== 'string' || argument === '') throw new MongoError(40156, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  return function* (input) {
    let total = 0;
    for (const item of input) {
      if (item === PAUSE) yield PAUSE;
      else total++;
    }
    // No input gives no document rather than a count of zero (manual: reference/operator/aggregation/count).
    if (total > 0) yield new Map([[argument, total]]);
  };
};

const unwind: StageCompiler = (argument) => {
  const spec: Doc = isDoc(argument) ? argument : new Map<string, Value>([['path', argument]]);
  const path = spec.get('path');
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${formatValue(path)}`);
  const parts = path.slice(1).split('.');
  const keep = spec.get('preserveNullAndEmptyArrays') === true;
  const indexField = spec.get('includeArrayIndex');
  const numbered = (document: Doc, index: bigint | null): Doc => {
    if (typeof indexField === 'string') changeAt(document, indexField.split('.'), () => index, { create: true });
    return document;
  };
  return function* (input) {
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const value = plainPath(item, parts);
      if (Array.isArray(value) && value.length > 0) {
        yield* paced(value.keys(), (i) => numbered(setPath(item, parts, value[i]) as Doc, BigInt(i)));
      } else if (Array.isArray(value)) {
        if (keep) yield numbered(setPath(item, parts, undefined) as Doc, null);
      } else if (value === undefined || value === null) {
        if (keep) yield numbered(new Map(item), null);
      } else yield numbered(new Map(item), null);
    }
  };
};

function plainPath(document: Doc, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = document;
  for (const part of parts) value = isDoc(value) ? value.get(part) : undefined;
  return value;
}

const replaceRoot: StageCompiler = (argument, variables) => {
  const spec = needDoc('$replaceRoot', argument);
  return replaceWith(spec.get('newRoot') ?? null, variables);
};

const replaceWith: StageCompiler = (argument, variables) => {
  const compute = compile(argument);
  return mapping((document) => {
    const root = compute(scopeOf(document, variables));
    if (!isDoc(root))
      throw new MongoError(40228, `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(root)}`);
    return root;
  });
};

const sortByCount: StageCompiler = (argument, variables) => {
  const grouped = group(
    new Map<string, Value>([
      ['_id', argument],
      ['count', new Map([['$sum', 1]])],
    ]),
    variables,
  );
  const sorted = sort(new Map([['count', -1]]), variables);
  return (input) => sorted(grouped(input));
};

/** Any n documents, each as likely as the others: what is met later takes the place of what was kept. */
const sample: StageCompiler = (argument) => {
  const size = positiveLong('$sample', needDoc('$sample', argument).get('size') ?? null, 1);
  return function* (input) {
    const kept: Doc[] = [];
    const spend = allowance('$sample');
    let met = 0;
    for (const item of input) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      met++;
      const place = kept.length < size ? kept.length : Math.floor(Math.random() * met);
      if (place >= size) continue;
      spend(weigh(item) - (kept[place] ? weigh(kept[place]) : 0));
      kept[place] = item;
    }
    yield* paced(shuffled(kept), itself);
  };
};

function shuffled(documents: Doc[]): Doc[] {
  for (let i = documents.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [documents[i], documents[j]] = [documents[j] as Doc, documents[i] as Doc];
  }
  return documents;
}

/** The stages that need nothing but their input. */
export const plainStages: Readonly<Record<string, StageCompiler>> = {
  $match: match,
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $group: group,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $unwind: unwind,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $sortByCount: sortByCount,
  $sample: sample,
};
