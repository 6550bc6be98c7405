import { decodeInSteps } from '../bson/decode.js';
import { encodeInSteps } from '../bson/encode.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/values.js';
import { badValue, MongoError, notSupported } from '../errors.js';
import { evaluator, unrecognized } from '../expression/compile.js';
import type { Scope } from '../expression/expression.js';
import { compileFilter, type Filter } from './filter.js';
import type { MatchDetails } from '../document/path.js';
import { type Job, stretch } from '../stretch.js';
import { type Branch, bytesProjector, isPlain, projectFields, type Transform } from './project.js';

export interface Projection {
  apply(document: Doc, details: MatchDetails): Doc;
  /** The same on an encoded document, where that needs no more than copying what is kept. */
  applyToBytes: ((bytes: Buffer) => Buffer) | undefined;
  /** Whether the filter has to note which array element matched. */
  positional: boolean;
}

function branchAt(root: Branch, path: string): Branch {
  let branch = root;
  const parts = path.split('.');
  for (const part of parts) {
    if (part === '') throw new MongoError(40353, "FieldPath must not end with a '.' or contain empty parts.");
    if (branch.rule !== undefined && branch !== root) throw new MongoError(31249, `Path collision at ${path} remaining portion ${part}`);
    let next = branch.children.get(part);
    if (!next) branch.children.set(part, (next = { children: new Map() }));
    branch = next;
  }
  if (branch.children.size > 0 || branch.rule !== undefined) throw new MongoError(31250, `Path collision at ${path}`);
  return branch;
}

function sliceOf(operand: Value): Transform {
  const whole = (value: Value | undefined): number => {
    if (!isNumeric(value)) throw new MongoError(28667, '$slice needs numbers');
    return Math.trunc(toNumber(value));
  };
  const cut = (array: Value[]): Value[] => {
    if (!Array.isArray(operand)) {
      const n = whole(operand);
      return n < 0 ? array.slice(n) : array.slice(0, n);
    }
    const skip = whole(operand[0]);
    const count = whole(operand[1]);
    if (count <= 0) throw new MongoError(28724, 'Third argument to $slice must be positive');
    const start = skip < 0 ? Math.max(0, array.length + skip) : skip;
    return array.slice(start, start + count);
  };
  return (value) => (Array.isArray(value) ? cut(value) : value);
}

function elemMatchOf(operand: Value): Transform {
  if (!isDoc(operand)) throw badValue('elemMatch: Invalid argument, object required');
  const filter = compileFilter(new Map([['v', new Map([['$elemMatch', operand]])]]));
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const details: MatchDetails = {};
    if (!filter.matches(new Map([['v', value]]), details)) return undefined;
    const element = value[details.position ?? 0];
    return element === undefined ? undefined : [element];
  };
}

type Dialect = 'find' | 'aggregate';

interface Parsed {
  root: Branch;
  including: boolean;
  id: boolean | undefined;
  positionalPath: string | undefined;
}

function flag(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return isNumeric(value) ? toNumber(value) !== 0 : undefined;
}

function parse(spec: Doc, variables: Scope | undefined, dialect: Dialect): Parsed {
  const result: Parsed = { root: { children: new Map() }, including: false, id: undefined, positionalPath: undefined };
  let mode: boolean | undefined;
  const decide = (including: boolean, path: string): void => {
    if (mode !== undefined && mode !== including) {
      throw new MongoError(
        including ? 31253 : 31254,
        `Cannot do ${including ? 'inclusion' : 'exclusion'} on field ${path} in ${including ? 'exclusion' : 'inclusion'} projection`,
      );
    }
    mode = including;
  };
  let idComputed = false;
  for (const [path, value] of flatten(spec)) {
    const on = flag(value);
    if (path === '_id' && on !== undefined) result.id = on;
    else if (dialect === 'find' && path.endsWith('.$') && on) {
      decide(true, path);
      if (result.positionalPath) throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
      result.positionalPath = path.slice(0, -2);
      branchAt(result.root, result.positionalPath).rule = 'include';
    } else if (on !== undefined) {
      decide(on, path);
      branchAt(result.root, path).rule = on ? 'include' : 'exclude';
    } else {
      const { rule, needsInclusion } = computed(value, variables, dialect);
      if (needsInclusion) decide(true, path);
      branchAt(result.root, path).rule = rule;
      if (path === '_id') idComputed = true;
    }
  }
  // {_id: 1} alone is an inclusion; {_id: 0} alone, a bare $slice alone, are exclusions.
  result.including = mode ?? result.id === true;
  if (idComputed) result.id = false;
  return result;
}

/** {a: {b: 1}} means {"a.b": 1}. */
function* flatten(spec: Doc, prefix = ''): Generator<[string, Value]> {
  for (const [name, value] of spec) {
    if (name.startsWith('$') && prefix === '')
      throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const [first] = isDoc(value) ? value.keys() : [];
    if (isDoc(value) && value.size === 0)
      throw new MongoError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`);
    if (isDoc(value) && !first?.startsWith('$')) yield* flatten(value, path);
    else yield [path, value];
  }
}

function computed(value: Value, variables: Scope | undefined, dialect: Dialect): { rule: Transform; needsInclusion: boolean } {
  if (dialect === 'find' && isDoc(value) && value.size === 1) {
    const slice = value.get('$slice');
    const isFindSlice = slice !== undefined && (!Array.isArray(slice) || (slice.length === 2 && slice.every((part) => isNumeric(part))));
    if (slice !== undefined && isFindSlice) return { rule: sliceOf(slice), needsInclusion: false };
    const elemMatch = value.get('$elemMatch');
    if (elemMatch !== undefined) return { rule: elemMatchOf(elemMatch), needsInclusion: true };
    if (value.has('$meta')) throw notSupported('$meta projections');
  }
  const compute = compiled(value, variables);
  return { rule: (_, root) => compute(root), needsInclusion: true };
}

/** An operator that does not exist has a code of its own where a projection begins with it. */
function compiled(value: Value, variables: Scope | undefined): (document: Doc) => Value | undefined {
  try {
    return evaluator(value, variables);
  } catch (error) {
    const [first = ''] = isDoc(value) ? value.keys() : [];
    if (error instanceof MongoError && error.code === 168 && error.message === unrecognized(first))
      throw new MongoError(31325, `Unknown expression ${first}`);
    throw error;
  }
}

function keepPosition(document: Doc, path: string, details: MatchDetails): void {
  if (details.position === undefined) {
    throw new MongoError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  }
  let parent: Value | undefined = document;
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  for (const part of parts) parent = isDoc(parent) ? parent.get(part) : undefined;
  const array = isDoc(parent) ? parent.get(last) : undefined;
  const element = Array.isArray(array) ? array[details.position] : undefined;
  if (isDoc(parent) && element !== undefined) parent.set(last, [element]);
}

/** find's projection; undefined if it leaves documents as they are. */
export function compileProjection(spec: Doc | undefined, variables?: Scope, dialect: Dialect = 'find'): Projection | undefined {
  if (!spec || spec.size === 0) return undefined;
  const { root, including, id, positionalPath } = parse(spec, variables, dialect);
  // _id comes along unless it is left out by name.
  if (!root.children.has('_id') && (id === false) !== including) {
    root.children.set('_id', { children: new Map(), rule: including ? 'include' : 'exclude' });
  }
  const positional = positionalPath !== undefined;
  return {
    positional,
    applyToBytes: !positional && isPlain(root) ? bytesProjector(root, including) : undefined,
    apply: (document, details) => {
      const projected = projectFields(document, root, including, document);
      if (positionalPath !== undefined) keepPosition(projected, positionalPath, details);
      return projected;
    },
  };
}

/** Projects stored bytes, re-running the filter where the projection needs to know what matched. */
export function* project(projection: Projection, filter: Filter, bytes: Buffer): Job<Buffer> {
  if (projection.applyToBytes) return projection.applyToBytes(bytes);
  const document = yield* decodeInSteps(bytes);
  const details: MatchDetails = {};
  if (projection.positional) yield* filter.matchesInSteps(document, details);
  return yield* encodeInSteps(yield* stretch.repeating(() => projection.apply(document, details)));
}
