import { partsOf, type Sums } from '../counting/figures.js';

export const SCORES = ['1', '2', '3', '4', '5'] as const;
type Score = (typeof SCORES)[number];

/** What customers thought. */
export interface Satisfaction {
  readonly count: number;
  /** `null` without any ratings; two decimals. */
  readonly mean: number | null;
  readonly distribution: Readonly<Record<Score, number>>;
}

/** The ratings of a period. */
export interface Ratings {
  total(): Satisfaction;
  /** Of the tickets that this person resolved. */
  of(technicianId: string): Satisfaction;
}

const satisfactionOf = (counts: ReadonlyMap<string, number>): Satisfaction => {
  const distribution = Object.fromEntries(SCORES.map((score) => [score, counts.get(score) ?? 0])) as Record<Score, number>;
  const count = SCORES.reduce((sum, score) => sum + distribution[score], 0);
  const points = SCORES.reduce((sum, score) => sum + Number(score) * distribution[score], 0);
  return { count, mean: count === 0 ? null : Math.round((points / count) * 100) / 100, distribution };
};

export const ratingsOf = ({ counts }: Sums): Ratings => {
  const [all, byTechnician] = [new Map<string, number>(), new Map<string, Map<string, number>>()];
  for (const [name, count] of counts) {
    const [figure, technician = '', score = ''] = partsOf(name);
    if (figure !== 'rated') continue;
    all.set(score, (all.get(score) ?? 0) + count);
    const theirs = byTechnician.get(technician) ?? new Map<string, number>();
    byTechnician.set(technician, theirs.set(score, count));
  }
  return { total: () => satisfactionOf(all), of: (technicianId) => satisfactionOf(byTechnician.get(technicianId) ?? new Map()) };
};
