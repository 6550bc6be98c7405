/**
 * Values in buckets of three significant digits: tenths below 100, whole numbers below 1,000, tens below 10,000 and so on.
 * Buckets are numbered from 0 without gaps, in order of their values.
 */
const EXACT = 1_000;
const STEPS = 900;

/** The bucket of a value, which is not below 0. */
export const bucketOf = (value: number): number => {
  let scaled = Math.round(value * 10);
  let offset = 0;
  while (scaled >= EXACT) {
    scaled = Math.round(scaled / 10);
    offset += STEPS;
  }
  return offset + scaled;
};

/** The value that stands for a bucket. */
export const valueOf = (bucket: number): number => {
  if (bucket < EXACT) return bucket / 10;
  const decade = Math.floor((bucket - EXACT) / STEPS) + 1;
  return ((bucket - decade * STEPS) * 10 ** decade) / 10;
};

/** How many values there are in each bucket. */
export type Buckets = ReadonlyMap<number, number>;

/** A number in as few bytes as it needs, seven bits in each. */
const write = (bytes: number[], number: number): void => {
  let rest = number;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
};

/** By bucket: how far it is from the one before, and how many values it has. */
export const encodeBuckets = (buckets: Buckets): Uint8Array => {
  const bytes: number[] = [];
  let before = 0;
  for (const [bucket, count] of [...buckets].sort(([one], [other]) => one - other)) {
    if (count <= 0) continue;
    write(bytes, bucket - before);
    write(bytes, count);
    before = bucket;
  }
  return Uint8Array.from(bytes);
};

/** Tells each bucket, in order. */
export const eachBucket = (bytes: Uint8Array, tell: (bucket: number, count: number) => void): void => {
  let at = 0;
  const read = (): number => {
    let [number, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++] ?? 0;
      number += (byte % 128) * factor;
      if (byte < 128) return number;
      factor *= 128;
    }
  };
  let bucket = 0;
  while (at < bytes.length) {
    bucket += read();
    tell(bucket, read());
  }
};
