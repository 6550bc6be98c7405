/** Counts by a fixed set of words, so that what did not occur shows as 0. */
export interface Tally<K extends string> {
  add(key: K): void;
  readonly counts: Readonly<Record<K, number>>;
}

export const createTally = <K extends string>(keys: readonly K[]): Tally<K> => {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  return { counts, add: (key) => void (counts[key] = ((counts[key] as number | undefined) ?? 0) + 1) };
};
