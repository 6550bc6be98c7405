import { formatValue } from '../bson/format.js';
import { type Doc, isDoc, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compileFilter } from '../query/filter.js';
import { compileProjection } from '../query/projection.js';
import { bucketAuto } from './bucket-auto.js';
import { compile } from '../expression/compile.js';
import { scopeOf } from '../expression/expression.js';
import { group, sortByCount } from './group.js';
import { sample } from './sample.js';
import { sort } from './sort-stage.js';
import { expanding, forEach, needDoc, positiveLong, mapping, paced, type StageCompiler } from './stream.js';
import { changeAt } from '../document/change-at.js';
import { PAUSE } from '../stretch.js';

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
    yield* forEach(input, () => total++);
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
  return expanding(function* (item) {
    const value = plainPath(item, parts);
    if (Array.isArray(value) && value.length > 0) {
      yield* paced(value.keys(), (i) => numbered(setPath(item, parts, value[i]) as Doc, BigInt(i)));
    } else if (Array.isArray(value)) {
      if (keep) yield numbered(setPath(item, parts, undefined) as Doc, null);
    } else if (keep || (value !== undefined && value !== null)) yield numbered(new Map(item), null);
  });
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
  $bucketAuto: bucketAuto,
};
