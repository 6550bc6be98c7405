interface Weighted {
  readonly value: number;
  /** How often it occurred. */
  readonly count: number;
}

/** The middle of values given smallest first; of an even number the middle between the two in the middle. `null` of none. */
export const weightedMedian = (ascending: readonly Weighted[]): number | null => {
  const total = ascending.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const nth = (rank: number): number => {
    let passed = 0;
    return ascending.find(({ count }) => (passed += count) > rank)?.value ?? 0;
  };
  return Math.round(((nth(Math.floor((total - 1) / 2)) + nth(Math.floor(total / 2))) / 2) * 10) / 10;
};
