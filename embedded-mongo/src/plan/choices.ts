import type { SortField } from '../document/sort.js';
import type { FieldSet } from '../bson/raw.js';
import type { Collection, Index } from '../storage/catalog.js';
import { isPoint, type Predicate } from './intervals.js';

/** Shapes of queries remembered for one collection; a program asks far fewer. */
const MAX_SHAPES = 500;

/**
 * Which index was chosen for queries of one shape: conditions and sort without the values compared with. The bounds
 * are computed for every query, so a choice can be slower than another for some values but never wrong. The catalogue
 * gives a collection a new set of indexed fields whenever its indexes change, and with the old set go its choices.
 */
const choices = new WeakMap<FieldSet, Map<string, Index>>();

export function chosenIndex({ indexedFields }: Collection, shape: string): Index | undefined {
  return choices.get(indexedFields)?.get(shape);
}

export function rememberIndex({ indexedFields }: Collection, shape: string, index: Index): void {
  const known = choices.get(indexedFields);
  if (known && known.size < MAX_SHAPES) known.set(shape, index);
  else choices.set(indexedFields, new Map([[shape, index]]));
}

function predicateShape({ path, op, intervals, exact, matchesMissing }: Predicate): string {
  const kind = (exact ? 1 : 0) + (matchesMissing ? 2 : 0) + (intervals.every(isPoint) ? 4 : 0);
  // How many ranges there are only matters roughly: 0, 1, 2–3, 4–7, …
  return `${path}\0${op}${kind}${32 - Math.clz32(intervals.length)}`;
}

/** The key of a query: which of the collection's indexes it may use, its conditions, its sort. */
export function shapeOf(usable: readonly boolean[], predicates: readonly Predicate[], sort: readonly SortField[] | undefined): string {
  let shape = '';
  for (const is of usable) shape += is ? '1' : '0';
  for (const predicate of predicates) shape += `\0${predicateShape(predicate)}`;
  for (const { path, descending } of sort ?? []) shape += `\0${descending ? '-' : '+'}${path}`;
  return shape;
}
