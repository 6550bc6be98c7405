/** `npm run bench -- --compare REF [--only TEXT]`: the build of another commit and this one, in turns. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inTurns, mean, type Side } from './compare.js';
import type { Figures } from './load.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const ROUNDS = 6;

/** Checks a commit out into a folder, installs what it asks for and builds it. */
export const buildOf = (ref: string, folder: string): void => {
  const run = (cwd: string, command: string, ...args: readonly string[]): void => {
    execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  run(ROOT, 'git', 'worktree', 'add', '--quiet', '--detach', folder, ref);
  run(folder, 'npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error');
  run(folder, 'npm', 'run', 'build');
};

export const removeBuild = (folder: string): void => {
  execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: ROOT });
};

const range = (values: readonly number[]): string => `${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)}`;

const cpuOf = (figures: readonly Figures[]): readonly number[] => figures.map(({ cpuPer1000 }) => cpuPer1000);

/** Prints a table: what each round's ratio of CPU time was, and how far the rounds lie apart. */
export const compareBuilds = async (before: Side, now: Side, print: (line: string) => void): Promise<void> => {
  print(`| what | CPU s per 1,000, before | now | now / before, mean | of ${ROUNDS} rounds | failed |`);
  print('|---|---|---|---|---|---|');
  for (const [index, { title }] of now.rows.entries()) {
    const [one, other] = await inTurns([before, now], index, ROUNDS);
    const ratios = cpuOf(other).map((cpu, round) => cpu / (one[round] as Figures).cpuPer1000);
    const failed = [...one, ...other].reduce((sum, figures) => sum + figures.failed, 0);
    const cells = [title, mean(cpuOf(one)).toFixed(2), mean(cpuOf(other)).toFixed(2), mean(ratios).toFixed(3), range(ratios), failed];
    print(`| ${cells.join(' | ')} |`);
  }
};
