import type { SortField } from '../document/sort.js';
import type { Index } from '../storage/catalog.js';
import { isPoint, type Predicate } from './intervals.js';

/** Shapes of queries remembered for one collection; a program asks far fewer. */
const MAX_SHAPES = 500;

/**
 * Which index was chosen for queries of one shape: conditions and sort without the values compared with. The bounds
 * are computed for every query, so a choice can be slower than another for some values but never wrong.
 */
export class PlanChoices {
  private readonly byShape = new Map<string, Index>();

  get(shape: string): Index | undefined {
    return this.byShape.get(shape);
  }

  set(shape: string, index: Index): void {
    if (this.byShape.size >= MAX_SHAPES) this.byShape.clear();
    this.byShape.set(shape, index);
  }

  /** To be called whenever an index comes, goes, or turns multikey. */
  clear(): void {
    this.byShape.clear();
  }
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
