import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { root, sourceFiles } from './workspace.mjs';

/**
 * The rules of the tree are plain tests, the desks use one process each, the tenants one installation in the test's own
 * process; the journeys start and kill whole installations.
 */
const SYSTEM_TESTS = ['architecture', 'desks', 'tenants'];
const kindOf = (path) => SYSTEM_TESTS.find((kind) => path.startsWith(`test/dist/${kind}/`)) ?? 'journeys';

/**
 * Suites that take minutes are dealt out to as many processes, so that no core is left with one of them at the end.
 * Journeys to one less than steps run at once: when all of them start systems, requests wait for longer than services do.
 */
const PARTS = { tickets: 3, journeys: 2 };

/** Seconds of a core that a suite takes for each of its files, where that is not the usual two. */
const SECONDS_A_FILE = { 'all-in-one': 10, architecture: 11, desks: 8, journeys: 35, tenants: 30, tickets: 2.5 };
const USUAL = 2;

/** The compiled tests of a package, from its sources: what an older build left behind is not run. */
const compiledTests = (folder) =>
  sourceFiles(join(root, folder), (path) => path.endsWith('.test.ts')).map((path) => join(folder, 'dist', path.replace(/\.ts$/, '.js')));

const suitesOf = ({ folder, name }) => {
  const tests = compiledTests(folder);
  if (folder !== 'test') return [{ name, tests }];
  return [...SYSTEM_TESTS, 'journeys'].map((kind) => ({ name: kind, tests: tests.filter((path) => kindOf(path) === kind) }));
};

const partsOf = ({ name, tests }) => {
  const count = Math.min(PARTS[name] ?? 1, Math.max(1, tests.length));
  return Array.from({ length: count }, (_, part) => ({
    name: count === 1 ? name : `${name} ${part + 1} of ${count}`,
    tests: tests.filter((_, index) => index % count === part),
    seconds: (tests.length / count) * (SECONDS_A_FILE[name] ?? USUAL),
  }));
};

/** What one mocha process runs each: `{ name, tests, seconds }`, the last a guess that only their order depends on. */
export const unitsOf = (packages) =>
  packages
    .flatMap(suitesOf)
    .flatMap(partsOf)
    .filter(({ tests }) => tests.length > 0);

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Where tests put their databases and brokers: into memory where there is plenty, since they write much and keep nothing.
 * What a process has written outlives its kill there as on a disk. `undefined` leaves it to the system and to TMPDIR.
 */
export const memoryFolder = () => {
  if (process.env.TMPDIR || !existsSync(MEMORY)) return undefined;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH_BYTES ? MEMORY : undefined;
};
