import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { manifest, plantTree, root, runNode, tsconfig, UNCHECKED, type Outcome, type PlantedTree } from './planted-tree.js';

const clean: Readonly<Record<string, string>> = {
  '.prettierignore': '*.json\ndist\nnode_modules\n',
  'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'shared' }] }),
  'shared/package.json': manifest('@riparo/shared'),
  'shared/tsconfig.json': tsconfig(1, { ...UNCHECKED, types: [], lib: ['ES5'] }),
  'shared/src/add.ts': 'export const add = (a: number, b: number): number => a + b;\n',
};

/** For runs that hold the types to something. */
const checked = { 'shared/tsconfig.json': tsconfig(1) };

const testFile = (body: string): string =>
  `import { expect } from 'chai';\nimport { add } from '../src/add.js';\n\ndescribe('add', () => {\n${body}});\n`;
const passing = `  it('when added, then the sum', () => {\n    expect(add(1, 2)).to.equal(3);\n  });\n`;
const failing = `  it('when added, then nonsense', () => {\n    expect(add(1, 2)).to.equal(4);\n  });\n`;
const pending = `  it('when nobody wrote it');\n`;

/** The real search with nowhere to search in. */
const nowhere = `export * from './real-rabbit.mjs';\nimport { hasRabbit as search } from './real-rabbit.mjs';\nexport const hasRabbit = () => search('', []);\n`;

const lastLine = ({ output }: Outcome): string | undefined => output.trimEnd().split('\n').at(-1);

describe('npm test', () => {
  let tree: PlantedTree | undefined;
  afterEach(async () => {
    await tree?.remove();
    tree = undefined;
  });

  const test = async (
    files: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = [],
  ): Promise<Outcome> => {
    tree = await plantTree({ ...clean, ...files }, { '@riparo/shared': 'shared' });
    return runNode('scripts/test.mjs', args, { cwd: tree.path, env: { PATH: process.env.PATH, ...env } });
  };

  it('when everything passes, then the last line counts it and the exit code is 0', async () => {
    const outcome = await test({ ...checked, 'shared/test/add.test.ts': testFile(passing) }, { CI: 'true' });
    expect(lastLine(outcome)).to.equal('1 passed, 0 failed');
    expect(outcome.code).to.equal(0);
    for (const section of ['install', 'build', 'format', 'style', 'dependencies', 'tests: shared'])
      expect(outcome.output).to.contain(`=== ${section} (`);
  });

  it('when a test fails, then it is counted and the exit code is 1', async () => {
    const outcome = await test({ 'shared/test/add.test.ts': testFile(passing + failing) }, {}, ['shared']);
    expect(lastLine(outcome)).to.equal('1 passed, 1 failed');
    expect(outcome.code).to.equal(1);
  });

  it('when a check fails though all tests pass, then that is a failure', async () => {
    // That every check is among the steps is seen above; here only the one that fails has to run.
    const outcome = await test({
      'shared/test/add.test.ts': testFile(passing),
      'shared/src/ugly.ts': 'export const a   = 1\n',
      'scripts/check-style.mjs': '',
      'scripts/check-dependencies.mjs': '',
    });
    expect(outcome.output).to.contain('Failed besides tests: format');
    expect(lastLine(outcome)).to.equal('1 passed, 1 failed');
    expect(outcome.code).to.equal(1);
  });

  it('when there is no test, then that is a failure', async () => {
    const outcome = await test({}, {}, ['shared']);
    expect(outcome.output).to.contain('no test ran');
    expect(lastLine(outcome)).to.match(/^0 passed, [1-9]\d* failed$/);
    expect(outcome.code).to.equal(1);
  });

  it('when a test does not compile, then nothing runs and that is a failure', async () => {
    const outcome = await test({ ...checked, 'shared/test/add.test.ts': testFile(`  it('x', () => add('1', 2));\n`) }, {}, ['shared']);
    expect(outcome.output).to.contain('TS2345').and.not.contain('=== tests');
    expect(outcome.code).to.equal(1);
  });

  it('when a test file crashes, then that is a failure', async () => {
    const files = { 'shared/test/add.test.ts': testFile(passing), 'shared/test/crash.test.ts': `throw new Error('gone');\n` };
    const outcome = await test(files, {}, ['shared']);
    expect(lastLine(outcome)).to.equal('0 passed, 1 failed');
    expect(outcome.code).to.equal(1);
  });

  it('when a test is left out, then it is told, and under CI it is a failure', async () => {
    const files = { 'shared/test/add.test.ts': testFile(passing + pending) };
    const outcome = await test(files, {}, ['shared']);
    expect(lastLine(outcome)).to.equal('1 passed, 0 failed, 1 skipped');
    expect(outcome.code).to.equal(0);
    await tree?.remove();
    const underCi = await test(files, { CI: 'true' }, ['shared']);
    expect(underCi.output).to.contain('tests were skipped');
    expect(underCi.code).to.equal(1);
  });

  it('when RabbitMQ is missing, then it says how to get it, and under CI that is a failure', async () => {
    const files = {
      'shared/test/add.test.ts': testFile(passing),
      'scripts/lib/rabbit.mjs': nowhere,
      'scripts/lib/real-rabbit.mjs': await readFile(join(root, 'scripts/lib/rabbit.mjs'), 'utf8'),
    };
    const outcome = await test(files, {}, ['shared']);
    expect(outcome.output).to.contain('apt-get install rabbitmq-server');
    expect(outcome.code).to.equal(0);
    await tree?.remove();
    const underCi = await test(files, { CI: 'true' }, ['shared']);
    expect(underCi.output).to.contain('RabbitMQ is missing');
    expect(underCi.code).to.equal(1);
  });

  it('when a suite is dealt out to several processes, then every file of it runs once and all are counted', async () => {
    const counting = (name: string): readonly [string, string] => [
      `services/tickets/test/${name}.test.ts`,
      `it('${name}', () => undefined);\n`,
    ];
    const outcome = await test(
      {
        ...Object.fromEntries(['one', 'two', 'three', 'four'].map(counting)),
        'services/tickets/package.json': manifest('@riparo/tickets'),
        'services/tickets/tsconfig.json': tsconfig(2, UNCHECKED),
      },
      { TEST_JOBS: '2' },
      ['tickets'],
    );
    expect(lastLine(outcome)).to.equal('4 passed, 0 failed');
    expect(outcome.output.match(/=== tests: tickets \d of \d/g)).to.have.length.greaterThan(1);
  });

  it('when it ends, then what its tests left in memory is gone', async () => {
    const leaving = `
      import { mkdtempSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      it('leaves something', () => console.log('left', mkdtempSync(tmpdir() + '/left-')));\n`;
    const outcome = await test({ 'shared/test/leave.test.ts': leaving }, {}, ['shared']);
    expect(lastLine(outcome)).to.equal('1 passed, 0 failed');
    const left = /left (\S+)/.exec(outcome.output)?.[1] ?? '';
    // Where there is no memory for it, it lies where the system wants it and clears it away.
    expect(existsSync(left)).to.equal(!left.startsWith('/dev/shm/'));
    await rm(left, { recursive: true, force: true });
  });

  it('when no package has that name, then it says so', async () => {
    const outcome = await test({ 'shared/test/add.test.ts': testFile(passing) }, {}, ['sharde']);
    expect(outcome.output).to.contain('no package is called sharde');
    expect(outcome.code).to.equal(1);
  });

  it('when a test was removed since the last build, then it is not run', async () => {
    const outcome = await test(
      { 'shared/test/add.test.ts': testFile(passing), 'shared/dist/test/old.test.js': `it('old', () => { throw new Error('x'); });\n` },
      {},
      ['shared'],
    );
    expect(lastLine(outcome)).to.equal('1 passed, 0 failed');
  });
});
