import { PAUSE, type Pause, stretch } from '../stretch.js';

/** So many are sorted at once: about a millisecond. */
const RUN = 1024;
/** Steps of comparing two keys while runs are merged. */
const STEPS_OF_ONE = 4;
const STEPS_OF_RUN = RUN * 20;

type Order<T> = (a: T, b: T) => number;

/** The items in order, with pauses on the way: sorting 100,000 at once would take a quarter of a second. Equal ones stay as they are. */
export function* sorted<T>(items: readonly T[], order: Order<T>): Generator<Pause, T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += RUN) {
    runs.push(items.slice(start, start + RUN).sort(order));
    if (stretch.isDue(STEPS_OF_RUN)) yield PAUSE;
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], order));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge<T>(a: readonly T[], b: readonly T[], order: Order<T>): Generator<Pause, T[]> {
  const result: T[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const isLeft = j >= b.length || (i < a.length && order(a[i] as T, b[j] as T) <= 0);
    result.push((isLeft ? a[i++] : b[j++]) as T);
    if (stretch.isDue(STEPS_OF_ONE)) yield PAUSE;
  }
  return result;
}
