import type { TimeStatistics } from '../statistics.js';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { bucketOf, eachBucket, valueOf } from './buckets.js';
import type { Contributing } from './contribution.js';

/** A cell that is a bucket: `@42@resolution|Tina`. */
const BUCKET = /^@(\d+)@(.*)$/s;

export const bucketCell = (name: string): { readonly bucket: number; readonly times: string } | undefined => {
  const [, bucket, times] = BUCKET.exec(name) ?? [];
  return bucket === undefined || times === undefined ? undefined : { bucket: Number(bucket), times };
};

/** One value among those of a name. */
export const addValue = ({ add }: Contributing, key: string, times: string, value: number): void =>
  add(key, `@${bucketOf(value)}@${times}`);

/** The cell with the exact sum, in milliseconds, which the mean is made from. */
export const sumCell = (times: string): string => `${times} ms`;

/** A duration in milliseconds, among those of a name. */
export const addDuration = (contributing: Contributing, key: string, times: string, ms: number): void => {
  addValue(contributing, key, times, ms / MINUTE_MS);
  contributing.add(key, sumCell(times), ms);
};

/** Values that were counted by bucket. */
export interface CountedValues {
  addEncoded(bytes: Uint8Array): void;
  add(bucket: number, count: number): void;
  addAll(other: CountedValues): void;
  each(tell: (bucket: number, count: number) => void): void;
  count(): number;
  /** `null` of none; of an even number the middle between the two in the middle. */
  median(): number | null;
  /** The smallest value that this share of all does not exceed. */
  percentile(share: number): number | null;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

export const createCountedValues = (): CountedValues => {
  // Many short lists of buckets are added up here: an array is faster than a map.
  let counts = new Float64Array(1_024);
  const add = (bucket: number, count: number): void => {
    if (bucket >= counts.length) {
      const longer = new Float64Array(Math.max(bucket + 1, counts.length * 2));
      longer.set(counts);
      counts = longer;
    }
    counts[bucket] = (counts[bucket] ?? 0) + count;
  };
  const each = (tell: (bucket: number, count: number) => void): void =>
    counts.forEach((count, bucket) => {
      if (count !== 0) tell(bucket, count);
    });
  const count = (): number => counts.reduce((sum, some) => sum + some, 0);
  /** The value of a rank, from 0. */
  const nth = (rank: number): number => {
    let passed = 0;
    return valueOf(counts.findIndex((some) => (passed += some) > rank));
  };
  return {
    add,
    each,
    count,
    addEncoded: (bytes) => eachBucket(bytes, add),
    addAll: (other) => other.each(add),
    median: () => {
      const total = count();
      return total === 0 ? null : rounded((nth(Math.floor((total - 1) / 2)) + nth(Math.floor(total / 2))) / 2);
    },
    percentile: (share) => {
      const total = count();
      return total === 0 ? null : rounded(nth(Math.max(0, Math.ceil(share * total) - 1)));
    },
  };
};

/** `sum` in milliseconds. */
export const statisticsOf = (values: CountedValues, sum: number): TimeStatistics => {
  const count = values.count();
  if (count === 0) return { count, meanMinutes: null, medianMinutes: null, p90Minutes: null };
  const meanMinutes = rounded(sum / count / MINUTE_MS);
  return { count, meanMinutes, medianMinutes: values.median(), p90Minutes: values.percentile(0.9) };
};
