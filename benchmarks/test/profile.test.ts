import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { inspect, type CpuProfile } from '../devtools.js';
import { sharesOf } from '../profile.js';

const node = (id: number, functionName: string, url = '') => ({ id, callFrame: { functionName, url, lineNumber: 0 } });

/** Works in its main thread and in a worker, as the one process does. */
const SCRIPT = `
import { Worker } from "node:worker_threads";
const work = () => { for (let end = performance.now() + 5; performance.now() < end;); setTimeout(work, 1); };
new Worker(\`const work = () => { for (let end = performance.now() + 5; performance.now() < end;); setTimeout(work, 1); }; work();\`, { eval: true });
work();
`;

describe('profiles of a benchmark', () => {
  it('when samples are added up, then each stands for the time until the next, and waiting is left out', () => {
    const profile: CpuProfile = {
      nodes: [node(1, '(root)'), node(2, 'find', 'file:///a.js'), node(3, '(idle)'), node(4, 'save', 'file:///a.js')],
      samples: [2, 4, 3, 2],
      timeDeltas: [0, 1_000, 4_000, 9_000],
    };
    const shares = sharesOf(profile, ({ callFrame }) => callFrame.functionName);
    expect(shares).to.deep.equal([
      { name: 'save', ms: 4 },
      { name: 'find', ms: 1 },
    ]);
  });

  it('when a process listens for a debugger, then its main thread and its workers are profiled', async () => {
    const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', '--input-type=module', '-e', SCRIPT], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    try {
      let address: string | undefined;
      for await (const line of createInterface({ input: child.stderr })) {
        address = /ws:\/\/\S+/.exec(line)?.[0];
        if (address !== undefined) break;
      }
      const { threads, close } = await inspect(String(address));
      await eventually(() => threads.length === 2);
      for (const { send } of threads) {
        await send('Profiler.enable');
        await send('Profiler.start');
      }
      const profiles = await Promise.all(
        threads.map(async ({ send }) => ((await send('Profiler.stop')) as { profile: CpuProfile }).profile),
      );
      close();
      expect(threads[0]!.name).to.equal('main');
      expect(profiles.length).to.equal(2);
      for (const { nodes, samples, timeDeltas } of profiles) {
        expect(nodes.length).to.be.greaterThan(0);
        expect(timeDeltas).to.have.length(samples.length);
      }
    } finally {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  });
});
