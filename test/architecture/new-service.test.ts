import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { plantTree, root, runNode, tsconfig, UNCHECKED, type PlantedTree } from './planted-tree.js';

/** What is built anew of a package when a service is added: shared's table of who listens to what. The rest is compiled as it is. */
const CHANGES: Readonly<Record<string, string>> = { 'embedded-mongo': 'nothing.d.ts', shared: 'src/contracts/topology.ts' };

/** What a new service needs of Riparo, sources and compiled, in a tree of its own. */
const plantRiparo = async (): Promise<PlantedTree> => {
  const tree = await plantTree({
    'tsconfig.json': JSON.stringify({ files: [], references: [{ path: 'embedded-mongo' }, { path: 'shared' }] }),
  });
  const own = (source: string): boolean => !/\/(node_modules|test)$/.test(source);
  for (const [folder, file] of Object.entries(CHANGES)) {
    await cp(join(root, folder), join(tree.path, folder), { recursive: true, filter: own });
    await symlink(join(root, folder, 'node_modules'), join(tree.path, folder, 'node_modules'));
    const config = JSON.parse(tsconfig(1, UNCHECKED)) as Readonly<Record<string, unknown>>;
    await tree.write(`${folder}/tsconfig.json`, JSON.stringify({ ...config, include: [file] }));
  }
  await tree.write('embedded-mongo/nothing.d.ts', 'export {};\n');
  await symlink(join(tree.path, 'shared'), join(tree.path, 'node_modules/@riparo/shared'));
  await symlink(join(tree.path, 'embedded-mongo'), join(tree.path, 'node_modules/embedded-mongo'));
  return tree;
};

describe('npm run new:service', function () {
  // A whole TypeScript build and a test run of their own.
  this.timeout(360_000);

  let tree: PlantedTree;
  before(async () => {
    tree = await plantRiparo();
  });
  after(() => tree.remove());

  const newService = (...args: readonly string[]) => runNode('scripts/new-service.mjs', ['--no-install', ...args], { cwd: tree.path });

  it('when given a name, then it makes a service that passes its tests and every check', async () => {
    const { code, output } = await newService('loan-desk', 'Devices lent to customers.');
    expect(output).to.contain(`'loan-desk': types([SessionsRevoked]),`).and.contain('command: [node, services/loan-desk/dist/src/main.js]');
    expect(code).to.equal(0);

    const topology = join(tree.path, 'shared/src/contracts/topology.ts');
    const text = await readFile(topology, 'utf8');
    await writeFile(topology, text.replace(/(export const TOPOLOGY = \{\n)/, `$1  'loan-desk': types([SessionsRevoked]),\n`));
    const tested = await runNode('scripts/test.mjs', ['loan-desk'], {
      cwd: tree.path,
      env: { PATH: process.env.PATH },
      timeoutMs: 150_000,
    });
    expect(tested.output).to.match(/^5 passed, 0 failed$/m);
    expect(tested.code).to.equal(0);

    const style = await runNode('node_modules/eslint/bin/eslint.js', ['services'], { cwd: tree.path });
    expect(style.output.trim()).to.equal('');
    const dependencies = await runNode('scripts/check-dependencies.mjs', [], { cwd: tree.path });
    expect(dependencies.output)
      .to.match(/^[1-9]\d* files/m)
      .and.not.contain('loan-desk');
  });

  it('when the name is taken or cannot be one, then nothing is made', async () => {
    const taken = await newService('loan-desk');
    expect(taken.output).to.contain('already there');
    expect(taken.code).to.equal(1);
    for (const name of ['Loan', '../x', 'a b', '']) expect((await newService(name)).code, name).to.equal(1);
  });
});
