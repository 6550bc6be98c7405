import type { TicketOutcome } from './outcome.js';

export const SCORES = ['1', '2', '3', '4', '5'] as const;
type Score = (typeof SCORES)[number];

/** What customers thought. */
export interface Satisfaction {
  readonly count: number;
  /** `null` without any ratings; two decimals. */
  readonly mean: number | null;
  readonly distribution: Readonly<Record<Score, number>>;
}

/** Follows the ratings among the outcomes of a period. */
export interface SatisfactionCount {
  add(outcome: TicketOutcome): void;
  total(): Satisfaction;
  /** Of the tickets that this person resolved. */
  of(technicianId: string): Satisfaction;
}

const satisfactionOf = (scores: readonly number[]): Satisfaction => ({
  count: scores.length,
  mean: scores.length === 0 ? null : Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 100) / 100,
  distribution: Object.fromEntries(SCORES.map((each) => [each, scores.filter((score) => score === Number(each)).length])) as Record<
    Score,
    number
  >,
});

export const createSatisfactionCount = (): SatisfactionCount => {
  const scores: { readonly score: number; readonly technicianId: string | undefined }[] = [];
  return {
    add: ({ type, score, technicianId }) => {
      if (type === 'RATED' && score !== undefined) scores.push({ score, technicianId });
    },
    total: () => satisfactionOf(scores.map(({ score }) => score)),
    of: (technicianId) => satisfactionOf(scores.filter((each) => each.technicianId === technicianId).map(({ score }) => score)),
  };
};
