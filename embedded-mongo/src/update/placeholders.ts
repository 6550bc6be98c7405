import { formatValue } from '../bson/format.js';
import { type Doc, isDoc, type Value } from '../bson/values.js';
import { badValue, failedToParse } from '../errors.js';
import { compileFilter, type Filter } from '../query/filter.js';
import { valueAt } from '../document/change-at.js';
import { PAUSE, type Pause, stretch } from '../stretch.js';

export type ArrayFilters = ReadonlyMap<string, Filter>;

/** arrayFilters by their identifier (manual: reference/operator/update/positional-filtered). */
export function parseArrayFilters(filters: Value | undefined): ArrayFilters {
  const result = new Map<string, Filter>();
  if (filters === undefined) return result;
  if (!Array.isArray(filters)) throw failedToParse('arrayFilters must be an array');
  for (const filter of filters) {
    if (!isDoc(filter)) throw failedToParse('each array filter must be an object');
    const names = new Set([...filter].flatMap(([key, value]) => identifiers(key, value)));
    const [name] = names;
    if (name === undefined) throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1)
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found ${[...names].map((n) => `'${n}'`).join(' and ')}`,
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (result.has(name)) throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    result.set(name, compileFilter(filter));
  }
  return result;
}

function identifiers(key: string, value: Value): string[] {
  if (!key.startsWith('$')) return [key.split('.')[0] ?? ''];
  const list = Array.isArray(value) ? value : [];
  return list.flatMap((item) => (isDoc(item) ? [...item].flatMap(([inner, operand]) => identifiers(inner, operand)) : []));
}

interface PlaceholderContext {
  arrayFilters: ArrayFilters;
  /** The array element the query matched; undefined if it went through no array. */
  position: number | undefined;
}

/** Finding an element and changing it. */
const STEPS_OF_ELEMENT = 10;

function elementTest(part: string, path: string, ctx: PlaceholderContext): (element: Value) => boolean {
  if (part === '$[]') return () => true;
  const name = part.slice(2, -1);
  const filter = ctx.arrayFilters.get(name);
  if (!filter) throw badValue(`No array filter found for identifier '${name}' in path '${path}'`);
  return (element) => filter.matches(new Map([[name, element]]));
}

/** `$`, `$[]` or `$[name]`; any other part is the name of a field, also one that begins with a dollar. */
export function isPlaceholder(part: string): boolean {
  return part === '$' || /^\$\[[^\]]*\]$/.test(part);
}

/** The concrete paths that a path with $, $[] or $[name] stands for in one document, with pauses between those of a long array. */
export function* resolvePlaceholders(
  root: Doc,
  path: string,
  parts: readonly string[],
  ctx: PlaceholderContext,
): Generator<readonly string[] | Pause> {
  const at = parts.findIndex(isPlaceholder);
  if (at < 0) {
    yield parts;
    return;
  }
  const head = parts.slice(0, at);
  const part = parts[at] ?? '';
  const tail = parts.slice(at + 1);
  if (part === '$') {
    if (ctx.position === undefined) throw badValue('The positional operator did not find the match needed from the query.');
    yield* resolvePlaceholders(root, path, [...head, String(ctx.position), ...tail], ctx);
    return;
  }
  const array = valueAt(root, head);
  if (array === undefined) throw badValue(`The path '${head.join('.')}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(array)) throw badValue(`Cannot apply array updates to non-array element ${head.at(-1) ?? ''}: ${formatValue(array)}`);
  const isMeant = elementTest(part, path, ctx);
  for (const [i, element] of array.entries()) {
    if (isMeant(element)) yield* resolvePlaceholders(root, path, [...head, String(i), ...tail], ctx);
    if (stretch.isDue(STEPS_OF_ELEMENT)) yield PAUSE;
  }
}
