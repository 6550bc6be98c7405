interface Dated {
  readonly createdAt: Date;
}

/** The next of a list, oldest first. */
export type Batch<T> = (from: Date, limit: number) => Promise<readonly T[]>;

/**
 * Handles the next of many, oldest first, in the order of an index; answers the position behind them. Some of the boundary
 * are handled twice. Only a single millisecond with more of them than a batch could be cut short.
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
