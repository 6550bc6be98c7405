import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { plantTree, runNode, type Outcome } from './planted-tree.js';

const script = 'scripts/check-house.mjs';

const checkPlanted = async (files: Readonly<Record<string, string>>, subjects: readonly string[] = []): Promise<Outcome> => {
  const tree = await plantTree(files);
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=A Person', '-c', 'user.email=person@example.test', ...args], { cwd: tree.path });
  };
  try {
    if (subjects.length > 0) git('init', '--quiet');
    for (const subject of subjects) git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', subject);
    return await runNode(script, [], { cwd: tree.path });
  } finally {
    await tree.remove();
  }
};

describe('rules of the house', () => {
  it('when the tree is Riparo itself, then nothing is found', async () => {
    const { code, output } = await runNode(script);
    expect(output).to.match(/[1-9]\d decisions, 0 faults/);
    expect(code).to.equal(0);
  });

  it('when a subject has no part, begins with a capital or is too long, then each is named', async () => {
    const long = `tickets: ${'move '.repeat(13)}it`;
    const { code, output } = await checkPlanted({}, ['tickets: close by hand', 'Generated references', 'tickets: Close by hand', long]);
    expect(output).to.contain('"Generated references": a subject reads').and.contain('"tickets: Close by hand": a subject reads');
    expect(output).to.contain(': 76 characters, at most 72').and.contain('3 faults');
    expect(code).to.equal(1);
  });

  it("when a service's README has 61 lines, then it is named, and one of 60 is not", async () => {
    const lines = (count: number): string => 'a line\n'.repeat(count);
    const { output } = await checkPlanted({ 'services/auth/README.md': lines(61), 'services/assets/README.md': lines(60) });
    expect(output).to.contain('services/auth/README.md: 61 lines, at most 60').and.contain('1 faults');
  });

  it('when the number of a decision is left out, then the one behind it is named', async () => {
    const { output } = await checkPlanted({ 'docs/adr/0001-a.md': '', 'docs/adr/0003-c.md': '' });
    expect(output).to.contain('docs/adr/0003-c.md: the next number is 0002');
  });
});
