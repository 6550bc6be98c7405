/** An upper bound that grows with a text's length n: factor × n^degree. */
export interface Growth {
  factor: number;
  degree: number;
}

/** What a part of a pattern may cost an engine that backtracks. */
export interface Cost {
  /** Steps of one attempt. */
  steps: Growth;
  /** In how many ways it can match from one place: so often what follows is tried. */
  ways: Growth;
}

const ONE: Growth = { factor: 1, degree: 0 };
const UNKNOWN: Growth = { factor: Infinity, degree: 0 };

/** One character, or a place between two. */
export const SINGLE: Cost = { steps: ONE, ways: ONE };

const times = (a: Growth, b: Growth): Growth => ({ factor: a.factor * b.factor, degree: a.degree + b.degree });
const plus = (a: Growth, b: Growth): Growth => ({ factor: a.factor + b.factor, degree: Math.max(a.degree, b.degree) });

export function followed(by: Cost, { steps, ways }: Cost): Cost {
  return { steps: plus(steps, times(ways, by.steps)), ways: times(ways, by.ways) };
}

export function either(a: Cost, b: Cost): Cost {
  return { steps: plus(a.steps, b.steps), ways: plus(a.ways, b.ways) };
}

export function repeatedCost({ steps, ways }: Cost, min: number, max: number): Cost {
  if (max <= 1) return { steps, ways: min === 1 ? ways : plus(ways, ONE) };
  // What can itself match in several ways is tried in all combinations of them.
  if (ways.degree > 0 || ways.factor > 1) return { steps: UNKNOWN, ways: UNKNOWN };
  if (min === max) return { steps: { ...steps, factor: steps.factor * max }, ways };
  const perCharacter: Growth = { factor: 1, degree: 1 };
  return { steps: times(steps, perCharacter), ways: perCharacter };
}

export function stepsOn({ factor, degree }: Growth, length: number): number {
  let steps = factor;
  for (let i = 0; i < degree; i++) steps *= length + 1;
  return steps;
}
