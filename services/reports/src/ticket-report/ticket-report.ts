import type { Sums } from '../counting/figures.js';
import type { SlaCount } from '../outcome/results.js';

/** Counts of a figure by each of its words, so that what did not occur shows as 0. */
export const tallyOf = <K extends string>({ counts }: Sums, figure: string, words: readonly K[]): Readonly<Record<K, number>> =>
  Object.fromEntries(words.map((word) => [word, counts.get(`${figure}|${word}`) ?? 0])) as Record<K, number>;

/** First replies in time and late. */
export const responsePromiseOf = ({ counts }: Sums): SlaCount => ({
  kept: counts.get('response kept') ?? 0,
  breached: counts.get('response breached') ?? 0,
});
