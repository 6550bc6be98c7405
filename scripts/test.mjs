/**
 * `npm test`: installs and builds what is missing, checks format, style, dependencies, compatibility and generated
 * documents, and runs every test of every package. `npm test -- shared tickets` runs the tests of those packages only.
 *
 * TEST_JOBS (default 3, on one core 2) is how many steps run at once: a check, or the tests of a unit (lib/units.mjs).
 * One more than there are cores for, since journeys wait for processes to start. With CI=true a missing RabbitMQ and a
 * skipped test are failures. What failed is printed once more at the end; the last line is `N passed, N failed`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPool } from './lib/pool.mjs';
import { hasRabbit, rabbitAdvice } from './lib/rabbit.mjs';
import { run } from './lib/run.mjs';
import { memoryFolder, unitsOf } from './lib/units.mjs';
import { packages, root } from './lib/workspace.mjs';

const LIMIT_MS = 20 * 60_000;
const isCi = process.env.CI === 'true';
const jobs = Number(process.env.TEST_JOBS ?? Math.min(2, availableParallelism()) + 1);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What this run writes, gone with it: also after Ctrl-C. */
const memory = memoryFolder();
const scratch = mkdtempSync(join(memory ?? tmpdir(), 'riparo-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
const env = memory === undefined ? {} : { TMPDIR: scratch };

/** Runs one step with Node, prints its whole output under one heading; resolves to its exit code. */
const section = async (title, ...args) => {
  const start = performance.now();
  const { code, output } = await run(process.execPath, args, { capture: true, timeoutMs: LIMIT_MS, env });
  console.log(`\n=== ${title} (${seconds(start)})${code === 0 ? '' : ' FAILED'}\n${output.trimEnd()}`);
  return code;
};

/** What failed besides tests, each counted as one failure in the closing line. */
const faults = [];
const check = async (title, ...args) => {
  const passes = (await section(title, ...args)) === 0;
  if (!passes) faults.push(title);
  return passes;
};

const bin = (name) => join(root, 'node_modules', name);

/** Room for what they allocate: with the usual 16 MB much of their time goes into clearing it. */
const ROOMY = '--max-semi-space-size=64';
/** They read sources only. The first takes longer than the build, beside which it runs. */
const earlyChecks = () => [
  () => check('style', ROOMY, 'scripts/check-style.mjs'),
  () => check('format', ROOMY, bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
];
const lateChecks = () => [
  () => check('dependencies', 'scripts/check-dependencies.mjs'),
  () => check('rules of the house', 'scripts/check-house.mjs'),
  () => check('compatibility', 'scripts/check-compatibility.mjs'),
  ...(existsSync(join(root, 'docs')) ? [() => check('generated documents', 'scripts/generate-docs.mjs', '--check')] : []),
];

const NOTHING = { passes: 0, failures: 0, pending: 0, failed: [] };
const add = (one, other) =>
  Object.fromEntries(Object.keys(NOTHING).map((key) => [key, key === 'failed' ? [...one[key], ...other[key]] : one[key] + other[key]]));
const sum = (counts) => counts.reduce(add, NOTHING);

/** Runs one unit's tests; resolves to their counts. A run that fails without counting a failure counts as one. */
const testUnit = async ({ name, tests }) => {
  const file = join(scratch, `${name}.json`);
  const reporter = ['--reporter', join(root, 'scripts/lib/mocha-reporter.mjs'), '--reporter-option', `counts=${file}`];
  const code = await section(`tests: ${name}`, bin('mocha/bin/mocha.js'), ...reporter, ...tests);
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : NOTHING;
  if (code === 0 || counts.failures > 0) return counts;
  return { ...counts, failures: 1, failed: [{ title: `tests: ${name}`, error: `ended with code ${code}` }] };
};

/**
 * Builds, checks and tests, `jobs` steps at a time: what needs no build goes beside it, then the units, the longest
 * first, and the short checks last, so that every core has work to the end. Resolves to the counts of the tests.
 */
const runSteps = async (chosen, isWhole) => {
  const counts = [];
  let built;
  const build = () => (built = check('build', 'scripts/build.mjs', ...(isWhole ? [] : chosen.map(({ folder }) => folder))));
  const afterBuild = (step) => async () => (await built) && step();
  const units = unitsOf(chosen).sort((one, other) => other.seconds - one.seconds);
  const tests = units.map((unit) => async () => counts.push(await testUnit(unit)));
  await runPool(jobs, [build, ...(isWhole ? earlyChecks() : []), ...[...tests, ...(isWhole ? lateChecks() : [])].map(afterBuild)]);
  return sum(counts);
};

const close = ({ passes, failures, pending, failed: tests }) => {
  if (!hasRabbit()) console.log(`\n${rabbitAdvice}`);
  if (!hasRabbit() && isCi) faults.push('RabbitMQ is missing');
  if (isCi && pending > 0) faults.push('tests were skipped');
  if (passes + failures === 0) faults.push('no test ran');
  for (const { title, error } of tests) console.log(`\nFailed: ${title}\n${error}`);
  if (faults.length > 0) console.log(`\nFailed besides tests: ${faults.join(', ')}`);
  const failed = failures + faults.length;
  console.log(`\n${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
};

const filter = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = packages().filter(({ folder, name }) => filter.length === 0 || filter.includes(name) || filter.includes(folder));

if (chosen.length === 0) faults.push(`no package is called ${filter.join(' or ')}`);
else await check('install', 'scripts/install.mjs');
close(faults.length === 0 ? await runSteps(chosen, filter.length === 0) : NOTHING);
