/**
 * `npm test`: installs and builds what is missing, checks format, style, dependencies and generated documents, and
 * runs every test of every package. `npm test -- shared tickets` runs the tests of those packages only.
 *
 * TEST_JOBS (default 2, at most one per core) is how many suites run at once; the system journeys come last and alone.
 * With CI=true a missing RabbitMQ and a skipped test are failures. The last line is `N passed, N failed`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPool } from './lib/pool.mjs';
import { hasRabbit, rabbitAdvice } from './lib/rabbit.mjs';
import { run } from './lib/run.mjs';
import { packages, root, sourceFiles } from './lib/workspace.mjs';

const LIMIT_MS = 20 * 60_000;
const isCi = process.env.CI === 'true';
const jobs = Number(process.env.TEST_JOBS ?? Math.min(2, availableParallelism()));
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Runs one step with Node, prints its whole output under one heading; resolves to its exit code. */
const section = async (title, ...args) => {
  const start = performance.now();
  const { code, output } = await run(process.execPath, args, { capture: true, timeoutMs: LIMIT_MS });
  console.log(`\n=== ${title} (${seconds(start)})${code === 0 ? '' : ' FAILED'}\n${output.trimEnd()}`);
  return code;
};

/** What failed besides tests, each counted as one failure in the closing line. */
const faults = [];
const check = async (title, ...args) => {
  if ((await section(title, ...args)) !== 0) faults.push(title);
};

const bin = (name) => join(root, 'node_modules', name);
const checks = () => [
  () => check('format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
  () => check('style', 'scripts/check-style.mjs'),
  () => check('dependencies', 'scripts/check-dependencies.mjs'),
  ...(existsSync(join(root, 'docs')) ? [() => check('generated documents', 'scripts/generate-docs.mjs', '--check')] : []),
];

/** The compiled tests of a package, from its sources: what an older build left behind is not run. */
const compiledTests = ({ folder }) =>
  sourceFiles(join(root, folder), (path) => path.endsWith('.test.ts')).map((path) => join(folder, 'dist', path.replace(/\.ts$/, '.js')));

const sum = (counts) =>
  counts.reduce(
    (total, one) => ({ passes: total.passes + one.passes, failures: total.failures + one.failures, pending: total.pending + one.pending }),
    { passes: 0, failures: 0, pending: 0 },
  );

/** Runs one package's tests; resolves to their counts. A run that fails without counting a failure counts as one. */
const testPackage = async (scratch, { name, tests }) => {
  const file = join(scratch, name);
  const reporter = ['--reporter', join(root, 'scripts/lib/mocha-reporter.mjs'), '--reporter-option', `counts=${file}`];
  const code = await section(`tests: ${name}`, bin('mocha/bin/mocha.js'), ...reporter, ...tests);
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : sum([]);
  return code === 0 ? counts : { ...counts, failures: Math.max(1, counts.failures) };
};

/** The rules of the tree are plain tests; the journeys beside them kill and restart whole installations. */
const ARCHITECTURE = 'test/dist/architecture/';

/** What one mocha process runs: a package, but for `test`, which is two: its rules, and the journeys, which run alone. */
const suitesOf = (one) => {
  if (one.folder !== 'test') return [one];
  const isRule = (path) => path.startsWith(ARCHITECTURE);
  return [
    { ...one, name: 'architecture', tests: one.tests.filter(isRule) },
    { ...one, name: 'journeys', tests: one.tests.filter((path) => !isRule(path)), alone: true },
  ];
};

/** Two suites at a time, those with the most files first, so that no long one is left over; the journeys last and alone. */
const testPackages = async (chosen) => {
  const scratch = mkdtempSync(join(tmpdir(), 'riparo-test-'));
  const suites = chosen
    .flatMap((one) => suitesOf({ ...one, tests: compiledTests(one) }))
    .filter(({ tests }) => tests.length > 0)
    .sort((one, other) => other.tests.length - one.tests.length);
  const tasksOf = (some) => some.map((one) => () => testPackage(scratch, one));
  const counts = [
    ...(await runPool(jobs, tasksOf(suites.filter(({ alone }) => !alone)))),
    ...(await runPool(1, tasksOf(suites.filter(({ alone }) => alone)))),
  ];
  rmSync(scratch, { recursive: true });
  return sum(counts);
};

const close = ({ passes, failures, pending }) => {
  if (!hasRabbit()) console.log(`\n${rabbitAdvice}`);
  if (!hasRabbit() && isCi) faults.push('RabbitMQ is missing');
  if (isCi && pending > 0) faults.push('tests were skipped');
  if (passes + failures === 0) faults.push('no test ran');
  if (faults.length > 0) console.log(`\nFailed besides tests: ${faults.join(', ')}`);
  const failed = failures + faults.length;
  console.log(`\n${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
};

const filter = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const chosen = packages().filter(({ folder, name }) => filter.length === 0 || filter.includes(name) || filter.includes(folder));

if (chosen.length === 0) faults.push(`no package is called ${filter.join(' or ')}`);
else await check('install and build', 'scripts/build.mjs', ...(filter.length === 0 ? [] : chosen.map(({ folder }) => folder)));
if (faults.length === 0 && filter.length === 0) await runPool(jobs, checks());
close(faults.includes('install and build') ? sum([]) : await testPackages(chosen));
