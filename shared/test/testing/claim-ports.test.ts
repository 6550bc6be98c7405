import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { areFree, claimPorts } from '../../src/testing/claim-ports.js';

const LONGEST = 49;
const module = new URL('../../src/testing/claim-ports.js', import.meta.url).href;

/** What another process claims meanwhile that looks at the same places in the same order. */
const claimElsewhere = async (): Promise<number> => {
  const script = `
    Object.defineProperty(process, 'pid', { value: ${process.pid} });
    const { claimPorts } = await import('${module}');
    console.log(await claimPorts(1));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return Number(stdout);
};

describe('claimed ports', () => {
  it('when ranges are claimed, also by another process, then none overlaps another and all are free', async () => {
    const bases = [await claimPorts(LONGEST), await claimPorts(1), await claimPorts(LONGEST), await claimElsewhere()];
    for (const base of bases) expect(await areFree(base, 1)).to.equal(true);
    const sorted = [...bases].sort((one, other) => one - other);
    sorted.slice(1).forEach((base, index) => expect(base - sorted[index]!, bases.join()).to.be.greaterThan(LONGEST));
  });

  it('when somebody listens in a range, then another range is claimed', async () => {
    const base = await claimPorts(1);
    const next = base + LONGEST + 1;
    const other = createServer().listen(next + 3, '127.0.0.1');
    await once(other, 'listening');
    try {
      expect(await areFree(next, 4)).to.equal(false);
      expect(await claimPorts(4)).to.not.equal(next);
    } finally {
      other.close();
    }
  });

  it('when more are wanted in a row than there is room for, then it refuses', async () => {
    const refused = await claimPorts(LONGEST + 1).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(RangeError);
  });
});
