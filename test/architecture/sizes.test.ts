import { expect } from 'chai';
import { measureSizes, type Measured } from './measure-sizes.js';
import { plantTree, root } from './planted-tree.js';

const lines = (count: number): string => Array.from({ length: count }, (_, index) => `export const line${index} = ${index};\n`).join('');
const longFunction = (count: number): string => `export const long = (): void => {\n${'  void 0;\n'.repeat(count)}};\n`;
const nested = (depth: number): string =>
  `export const deep = (): void => {\n${'if (Math.PI > 3) {\n'.repeat(depth)}${'}\n'.repeat(depth)}};\n`;

const measure = async (files: Readonly<Record<string, string>>): Promise<Measured> => {
  const tree = await plantTree(files);
  try {
    return await measureSizes(tree.path);
  } finally {
    await tree.remove();
  }
};

describe('sizes of the house style', () => {
  it('when the tree is Riparo itself, then nothing is over a limit', async () => {
    const { files, hints, faults } = await measureSizes(root);
    if (hints.length > 0)
      console.log(`      larger than aimed at, look whether to split by verb:\n${hints.map((hint) => `        ${hint}`).join('\n')}`);
    expect(files).to.be.greaterThan(20);
    expect(faults).to.deep.equal([]);
  });

  it('when a file has more lines than its kind may have, then it is named', async () => {
    const { faults } = await measure({
      'services/auth/src/user/long.ts': lines(301),
      'services/auth/test/long.test.ts': lines(451),
      'services/auth/src/service.ts': lines(91),
      'services/auth/src/user/right.ts': lines(300),
      'services/auth/test/right.test.ts': lines(450),
    });
    expect(faults.map((fault) => fault.split(':')[0])).to.have.members([
      'services/auth/src/user/long.ts',
      'services/auth/test/long.test.ts',
      'services/auth/src/service.ts',
    ]);
  });

  it('when a file is over the aim only, then it is a hint', async () => {
    const { hints, faults } = await measure({ 'shared/src/longish.ts': lines(201), 'shared/src/short.ts': lines(200) });
    expect(faults).to.deep.equal([]);
    expect(hints).to.have.length(1);
    expect(hints[0]).to.match(/^shared\/src\/longish\.ts:\d+: File has too many lines/);
  });

  it('when a function is long or deeply nested, then it is named', async () => {
    const { faults } = await measure({
      'shared/src/long.ts': longFunction(60),
      'shared/src/deep.ts': nested(5),
      'shared/src/fine.ts': nested(4),
    });
    expect(faults.map((fault) => fault.split(':')[0])).to.have.members(['shared/src/long.ts', 'shared/src/deep.ts']);
  });

  it('when a function is long because of the functions it holds, then those are measured', async () => {
    const factory = `export const make = () => [\n${'  () => {\n    void 0;\n  },\n'.repeat(30)}];\n`;
    const { hints } = await measure({ 'shared/src/factory.ts': factory });
    expect(hints).to.have.length(1);
    expect(hints[0]).to.contain('32 lines of its own');
  });

  it('when a comment tries to switch the measure off, then it is measured all the same', async () => {
    const { faults } = await measure({ 'shared/src/long.ts': `/* eslint-disable */\n${lines(301)}` });
    expect(faults).to.have.length(1);
  });

  it('when there is no file to measure, then it fails', async () => {
    let failure: unknown;
    await measure({}).catch((error: unknown) => (failure = error));
    expect(failure).to.be.instanceOf(Error).with.property('message').that.contains('no TypeScript file');
  });
});
