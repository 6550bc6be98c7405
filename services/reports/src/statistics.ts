/** Times in minutes, rounded to one decimal. `p90`: nine of ten took no longer. */
export interface TimeStatistics {
  readonly count: number;
  readonly meanMinutes: number | null;
  readonly medianMinutes: number | null;
  readonly p90Minutes: number | null;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The median of an even number is the middle between the two in the middle. */
const median = (sorted: readonly number[]): number => {
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
};

/** Nearest rank: the smallest value that at least this share of all does not exceed. */
const percentile = (sorted: readonly number[], share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

export const timeStatistics = (minutes: readonly number[]): TimeStatistics => {
  const count = minutes.length;
  if (count === 0) return { count, meanMinutes: null, medianMinutes: null, p90Minutes: null };
  const sorted = minutes.toSorted((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  return { count, meanMinutes: rounded(mean), medianMinutes: rounded(median(sorted)), p90Minutes: rounded(percentile(sorted, 0.9)) };
};
