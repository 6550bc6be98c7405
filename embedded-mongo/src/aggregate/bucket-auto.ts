import { compareValues } from '../bson/compare.js';
import { formatValue } from '../bson/format.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/values.js';
import { MongoError, notSupported } from '../errors.js';
import { accumulator, type Accumulator } from './accumulators.js';
import { compile } from '../expression/compile.js';
import { scopeOf } from '../expression/expression.js';
import { allowance, type Spend } from './memory.js';
import { sortStage } from './sort-stage.js';
import type { DocStream, StageCompiler } from './stream.js';
import { PAUSE } from '../stretch.js';

interface Bucket {
  readonly min: Value;
  max: Value;
  size: number;
  readonly states: readonly Accumulator[];
}

const OPTIONS = ['groupBy', 'buckets', 'output', 'granularity'];
const COUNT = new Map([['$sum', 1]]);

function specOf(argument: Value): { groupBy: Value; most: number; output: Doc } {
  if (!isDoc(argument)) throw new MongoError(40240, 'The argument to $bucketAuto must be an object');
  const unknown = [...argument.keys()].find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw new MongoError(40245, `Unrecognized option to $bucketAuto: ${unknown}.`);
  if (argument.has('granularity')) throw notSupported('granularity of $bucketAuto');
  const [groupBy, buckets, output] = ['groupBy', 'buckets', 'output'].map((name) => argument.get(name));
  if (groupBy === undefined || buckets === undefined)
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  if (!isDoc(groupBy) && !(typeof groupBy === 'string' && groupBy.startsWith('$')))
    throw new MongoError(
      40239,
      `The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression object, but found: ${formatValue(groupBy)}.`,
    );
  if (!isNumeric(buckets)) throw new MongoError(40241, "The $bucketAuto 'buckets' field must be a numeric value.");
  const most = toNumber(buckets);
  if (!Number.isInteger(most) || most > 0x7fffffff)
    throw new MongoError(40242, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer.");
  if (most < 1) throw new MongoError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${most}.`);
  if (output !== undefined && !isDoc(output)) throw new MongoError(40244, "The $bucketAuto 'output' field must be an object.");
  return { groupBy, most, output: output ?? new Map<string, Value>([['count', COUNT]]) };
}

/**
 * Cuts the documents, ordered by a value, into buckets of about the same size (manual:
 * reference/operator/aggregation/bucketAuto). 10 documents into 4 buckets: 3, 3, 3 and 1, for a bucket takes round(10 / 4).
 * Equal values are never parted, and the last bucket takes what is left. `max` is the next bucket's `min`, or the largest
 * value in the last one.
 */
export const bucketAuto: StageCompiler = (argument, variables) => {
  const { groupBy, most, output } = specOf(argument);
  const by = compile(groupBy);
  const fields = [...output].map(([name, spec]) => ({ name, start: accumulator(name, spec) }));
  // In a list of its own, a value that is an array is ordered as a whole and not by its elements.
  const ordered = sortStage(new Map([['value', 1]]), 0);

  const open = (min: Value, spend: Spend): Bucket => ({ min, max: min, size: 0, states: fields.map(({ start }) => start(spend)) });
  const close = ({ min, states }: Bucket, max: Value): Doc => {
    const bounds = new Map([
      ['min', min],
      ['max', max],
    ]);
    return new Map<string, Value>([['_id', bounds], ...fields.map(({ name }, i): [string, Value] => [name, states[i]?.result() ?? null])]);
  };

  return function* (input) {
    const spend = allowance('$bucketAuto');
    let documents = 0;
    const valued = function* (): DocStream {
      for (const item of input) {
        if (item !== PAUSE) documents++;
        const value = item === PAUSE ? null : (by(scopeOf(item, variables)) ?? null);
        yield item === PAUSE
          ? PAUSE
          : new Map<string, Value>([
              ['value', [value]],
              ['document', item],
            ]);
      }
    };
    let [bucket, opened]: [Bucket | undefined, number] = [undefined, 0];
    for (const item of ordered(valued())) {
      if (item === PAUSE) {
        yield PAUSE;
        continue;
      }
      const [value = null] = item.get('value') as Value[];
      const full = Math.max(1, Math.round(documents / most));
      if (bucket !== undefined && bucket.size >= full && opened < most && compareValues(value, bucket.max) !== 0) {
        yield close(bucket, value);
        bucket = undefined;
      }
      if (bucket === undefined) [bucket, opened] = [open(value, spend), opened + 1];
      const scope = scopeOf(item.get('document') ?? null, variables);
      for (const state of bucket.states) state.add(scope);
      [bucket.max, bucket.size] = [value, bucket.size + 1];
    }
    if (bucket !== undefined) yield close(bucket, bucket.max);
  };
};
