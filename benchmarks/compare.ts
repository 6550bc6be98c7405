import { measure, type Figures, type LoadOptions } from './load.js';
import { waitUntilIdle } from './wait-until-idle.js';

export interface Side {
  readonly pids: readonly number[];
  readonly rows: readonly LoadOptions[];
}

export interface Comparison {
  readonly few: Side;
  readonly many: Side;
  readonly title: string;
  readonly print: (line: string) => void;
}

const ROUNDS = 3;
/** Counted and not timed: CPU time for the same work can be compared on a machine that is busy with other things too. */
const REQUESTS = { warmUp: 500, measured: 2_000 };

const percent = (part: number, whole: number): string => `${Math.round((part / whole) * 100)} %`;

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const joined = (figures: readonly Figures[]): Figures => ({
  title: figures[0]?.title ?? '',
  perSecond: Math.round(mean(figures.map(({ perSecond }) => perSecond))),
  p50: Math.round(mean(figures.map(({ p50 }) => p50))),
  p99: Math.round(mean(figures.map(({ p99 }) => p99))),
  failed: figures.reduce((sum, { failed }) => sum + failed, 0),
  cpuPer1000: Number(mean(figures.map(({ cpuPer1000 }) => cpuPer1000)).toFixed(2)),
});

/** One row on both sides in turns, so many times, waiting before each turn for what the one before has left to do. */
export const inTurns = async (sides: readonly [Side, Side], index: number, rounds: number): Promise<readonly [Figures[], Figures[]]> => {
  const found: [Figures[], Figures[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [side, { rows, pids }] of sides.entries()) {
      const figures = await measure({ ...(rows[index] as LoadOptions), requests: REQUESTS });
      (found[side] as Figures[]).push(figures);
      await waitUntilIdle(pids);
    }
  }
  return found;
};

/** Prints a table with a line for each row as it is measured. */
export const compare = async (comparison: Comparison): Promise<void> => {
  const { few, many, title, print } = comparison;
  print(`| what | per second, few | ${title} | | CPU s per 1,000, few | many | few against many | p99 ms, few | many | failed |`);
  print('|---|---|---|---|---|---|---|---|---|---|');
  for (const index of few.rows.keys()) {
    const found = await inTurns([few, many], index, ROUNDS);
    const [one, other] = [joined(found[0]), joined(found[1])];
    const rate = percent(other.perSecond, one.perSecond);
    // As many more requests as one CPU second serves: what the rate would say if the machine had nothing else to do.
    const work = percent(one.cpuPer1000, other.cpuPer1000);
    const cells = [one.title, one.perSecond, other.perSecond, rate, one.cpuPer1000, other.cpuPer1000, work, one.p99, other.p99];
    print(`| ${[...cells, one.failed + other.failed].join(' | ')} |`);
  }
};
