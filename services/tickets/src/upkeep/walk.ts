interface Dated {
  readonly createdAt: Date;
}

/** The next items of a list from a time on, oldest first. */
export type Batch<T> = (from: Date, limit: number) => Promise<readonly T[]>;

/**
 * Handles the next items, oldest first, in the order of an index; returns the position after them. The next call
 * handles the items of the last moment again. Items are skipped only when more of them than `batchSize` have the same
 * millisecond.
 */
export const walk = async <T extends Dated>(
  list: Batch<T>,
  position: string,
  batchSize: number,
  handle: (each: T) => Promise<void>,
): Promise<string | undefined> => {
  const from = new Date(position === '' ? 0 : position);
  const batch = await list(from, batchSize);
  for (const each of batch) await handle(each);
  const last = batch.at(-1);
  if (last === undefined || batch.length < batchSize) return undefined;
  const next = last.createdAt > from ? last.createdAt : new Date(from.getTime() + 1);
  return next.toISOString();
};
