import { expect } from 'chai';
import { runNode } from './planted-tree.js';

const LINE = JSON.stringify({ level: 40, time: '2026-03-02T10:00:00.000Z', pid: 7, name: 'gateway', msg: 'not ready', failing: ['auth'] });

/** What `npm run start:services` prints of a line of a service. */
const printed = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const script = `import { lineFormat } from './scripts/lib/line-format.mjs';
    process.stdout.write((await lineFormat(process.env))(${JSON.stringify(LINE)}));`;
  return (await runNode('--input-type=module', ['-e', script], { env: { PATH: process.env.PATH, TZ: 'UTC', ...env } })).output;
};

describe('lines of services', () => {
  it('when people read them, then time, level, service and message come first', async () => {
    expect(await printed({})).to.equal('[10:00:00] WARN (gateway): not ready {"failing":["auth"]}\n');
  });

  it('when LOG_FORMAT is json, then they are as they were', async () => {
    expect(await printed({ LOG_FORMAT: 'json' })).to.equal(`${LINE}\n`);
  });
});
