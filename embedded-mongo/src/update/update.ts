import { compareStrings, equalValues } from '../bson/compare.js';
import { FieldSet } from '../bson/raw.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { badValue, failedToParse, MongoError } from '../errors.js';
import { arrayIndex } from '../document/path.js';
import type { Scope as Variables } from '../expression/expression.js';
import { compilePipelineUpdate } from '../aggregate/pipeline-update.js';
import { plainPush } from './array-changes.js';
import { operatorChange, type OperatorChange } from './changes.js';
import { type ArrayFilters, isPlaceholder, parseArrayFilters, resolvePlaceholders } from './placeholders.js';
import { changeAt, valueAt } from '../document/change-at.js';
import { atOnce, type Job, PAUSE, stretch } from '../stretch.js';

export interface UpdateContext {
  position: number | undefined;
  /** The update makes a new document of an upsert. */
  inserting: boolean;
  /** Paths of arrays that the caller extends by itself. */
  appended?: ReadonlySet<string>;
}

/** What an update reads and changes, known before it meets a document. */
export interface Scope {
  /** Top-level fields it changes. */
  touched: ReadonlySet<string>;
  /** Those and _id. */
  fields: FieldSet;
  /** Top-level arrays that it only adds to the end of, and what it adds. */
  appends: ReadonlyMap<string, readonly Value[]>;
}

export interface Update {
  kind: 'operators' | 'replacement' | 'pipeline';
  /** Returns a new document or the changed one; the caller hands over a copy of its own. */
  apply(document: Doc, ctx: UpdateContext): Job<Doc>;
  /** Undefined if any field may change, or if the update needs to know what the filter matched. */
  scope?: Scope;
}

interface Modification {
  path: string;
  parts: string[];
  appends?: readonly Value[] | undefined;
  run(document: Doc, ctx: UpdateContext): Job<void>;
}

function checkPath(path: string): string[] {
  const parts = path.split('.');
  if (path === '') throw new MongoError(56, 'An empty update path is not valid.');
  if (parts.includes('')) throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (parts[0]?.startsWith('$')) {
    throw /^\$(\[.*\])?$/.test(parts[0])
      ? badValue(`Cannot have positional (i.e. '$') element in the first position in path '${path}'`)
      : new MongoError(
          52,
          `The dollar ($) prefixed field '${parts[0]}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
        );
  }
  const dollar = parts.find((part) => part.startsWith('$') && !isPlaceholder(part));
  if (parts[0] === '_id' && dollar !== undefined)
    throw new MongoError(52, `The dollar ($) prefixed field '${dollar}' in '${path}' is not valid for storage.`);
  if (parts.filter((part) => part === '$').length > 1) throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  return parts;
}

function modification(operator: string, path: string, argument: Value, filters: ArrayFilters): Modification {
  const parts = checkPath(path);
  const compiled: OperatorChange = operatorChange(operator, path, argument);
  return {
    path,
    parts,
    appends: operator === '$push' && parts.length === 1 ? plainPush(argument) : undefined,
    *run(document, ctx) {
      if (ctx.appended?.has(path)) return;
      if (compiled.onInsertOnly && !ctx.inserting) return;
      const change = compiled.change(document.get('_id'));
      for (const target of resolvePlaceholders(document, path, parts, { arrayFilters: filters, position: ctx.position })) {
        if (target === PAUSE) yield PAUSE;
        else yield* stretch.repeating(() => changeAt(document, target, change, compiled));
      }
    },
  };
}

function renameModifications(from: string, to: Value): Modification[] {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}`);
  const source = checkPath(from);
  const target = checkPath(to);
  if ([...source, ...target].some(isPlaceholder))
    throw badValue(`The source and destination fields for $rename may not be dynamic: ${from}`);
  if (from === to || to.startsWith(`${from}.`) || from.startsWith(`${to}.`))
    throw badValue(`The source and target field for $rename must differ and must not be on the same path: ${from}: "${to}"`);
  const rename = (document: Doc): void => {
    const value = valueAt(document, source);
    if (value === undefined) return;
    if (throughArray(document, source) || throughArray(document, target))
      throw badValue(`The source and destination field of $rename cannot be array elements: '${from}', '${to}'`);
    changeAt(document, source, () => undefined, { create: false });
    changeAt(document, target, () => value, { create: true });
  };
  // The first part only takes its place in the search for conflicting paths: the field is added where it goes to.
  return [
    { path: from, parts: source, run: () => atOnce(() => undefined) },
    { path: to, parts: target, run: (document) => atOnce(() => rename(document)) },
  ];
}

function throughArray(document: Doc, parts: readonly string[]): boolean {
  return parts.slice(0, -1).some((_, i) => Array.isArray(valueAt(document, parts.slice(0, i + 1))));
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    if (x === y) continue;
    const [m, n] = [arrayIndex(x), arrayIndex(y)];
    return m !== undefined && n !== undefined ? m - n : compareStrings(x, y);
  }
  return a.length - b.length;
}

function checkConflicts(modifications: readonly Modification[]): void {
  const seen = new Set<string>();
  const inner = new Map<string, string>();
  for (const { path, parts } of modifications) {
    const prefixes = parts.map((_, i) => parts.slice(0, i + 1).join('.'));
    const clash = prefixes.find((prefix) => seen.has(prefix)) ?? (inner.has(path) ? path : undefined);
    if (clash !== undefined) throw new MongoError(40, `Updating the path '${path}' would create a conflict at '${clash}'`);
    seen.add(path);
    for (const prefix of prefixes.slice(0, -1)) inner.set(prefix, path);
  }
}

function parseModifications(update: Doc, filters: ArrayFilters): Modification[] {
  const modifications: Modification[] = [];
  for (const [operator, fields] of update) {
    if (!operator.startsWith('$'))
      throw failedToParse(`Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`);
    if (!isDoc(fields)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${Array.isArray(fields) ? 'array' : typeof fields} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
      );
    }
    for (const [path, argument] of fields) {
      if (operator === '$rename') modifications.push(...renameModifications(path, argument));
      else modifications.push(modification(operator, path, argument, filters));
    }
  }
  return modifications;
}

function checkFiltersUsed(modifications: readonly Modification[], filters: ArrayFilters): void {
  const used = new Set(modifications.flatMap(({ parts }) => parts.filter((part) => part.startsWith('$['))));
  for (const name of filters.keys()) {
    if (!used.has(`$[${name}]`)) throw failedToParse(`The array filter for identifier '${name}' was not used in the update`);
  }
  for (const part of used) {
    if (part !== '$[]' && !filters.has(part.slice(2, -1))) throw badValue(`No array filter found for identifier '${part.slice(2, -1)}'`);
  }
}

function keepsId(before: Value | undefined, after: Value | undefined): void {
  if (before === undefined || (after !== undefined && equalValues(before, after))) return;
  throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function scopeOf(modifications: readonly Modification[]): Scope | undefined {
  if (modifications.some(({ parts }) => parts.includes('$'))) return undefined;
  const touched = new Set(modifications.map(({ parts }) => parts[0] ?? ''));
  const appends = new Map(modifications.flatMap(({ path, appends: items }) => (items ? [[path, items]] : [])));
  return { touched, fields: new FieldSet(new Set([...touched, '_id'])), appends };
}

function operatorUpdate(update: Doc, filters: ArrayFilters): Update {
  const modifications = parseModifications(update, filters);
  checkConflicts(modifications);
  checkFiltersUsed(modifications, filters);
  // MongoDB adds new fields in the order of their names.
  modifications.sort((a, b) => comparePaths(a.parts, b.parts));
  return {
    kind: 'operators',
    scope: scopeOf(modifications),
    *apply(document, ctx) {
      const id = document.get('_id');
      for (const change of modifications) yield* change.run(document, ctx);
      keepsId(id, document.get('_id'));
      return document;
    },
  };
}

function replacement(update: Doc): Update {
  for (const key of update.keys()) {
    if (key.startsWith('$'))
      throw new MongoError(
        52,
        `The dollar ($) prefixed field '${key}' in '${key}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  }
  return {
    kind: 'replacement',
    // eslint-disable-next-line require-yield -- what it copies is a list of fields
    *apply(document) {
      const id = document.get('_id');
      const given = update.get('_id');
      if (id !== undefined && given !== undefined && !equalValues(id, given)) {
        throw new MongoError(66, `After applying the update, the (immutable) field '_id' was found to have been altered`);
      }
      const result: Doc = new Map();
      const kept = id ?? given;
      if (kept !== undefined) result.set('_id', kept);
      for (const [name, value] of update) if (name !== '_id') result.set(name, value);
      return result;
    },
  };
}

export function compileUpdate(update: Value | undefined, arrayFilters: Value | undefined, variables?: Variables): Update {
  if (Array.isArray(update)) {
    if (arrayFilters !== undefined) throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
    const apply = compilePipelineUpdate(update, variables);
    return {
      kind: 'pipeline',
      *apply(document) {
        const id = document.get('_id');
        const result = yield* apply(document);
        if (id !== undefined && !result.has('_id')) return new Map([['_id', id], ...result]);
        keepsId(id, result.get('_id'));
        return result;
      },
    };
  }
  if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
  const [first] = update.keys();
  if (first?.startsWith('$')) return operatorUpdate(update, parseArrayFilters(arrayFilters));
  if (arrayFilters !== undefined) throw failedToParse('arrayFilters may not be specified for replacement-style updates');
  return replacement(update);
}
