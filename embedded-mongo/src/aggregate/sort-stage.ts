import type { Doc, Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { parseSort, sortKey } from '../document/sort.js';
import { sorted } from '../document/sorted.js';
import { allowance, weigh } from './memory.js';
import { paced, type Stage, type StageCompiler } from './stream.js';
import { PAUSE, type Pause } from '../stretch.js';

interface Keyed {
  document: Doc;
  key: Buffer;
  weight: number;
}

/** Keys are made while documents come in, between pauses; with a limit only so many are kept. */
export function sortStage(argument: Value, most: number): Stage {
  const fields = parseSort(argument);
  if (!fields) throw new MongoError(15976, '$sort stage must have at least one sort key');
  const order = function* (kept: Keyed[]): Generator<Pause, Keyed[]> {
    const all = yield* sorted(kept, (a, b) => a.key.compare(b.key));
    return most > 0 ? all.slice(0, most) : all;
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
        kept = yield* order(kept);
        spend(weightOf(kept) - before);
      }
    }
    yield* paced(yield* order(kept), ({ document }) => document);
  };
}

export const sort: StageCompiler = (argument) => sortStage(argument, 0);
