import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from '@riparo/shared/testing/eventually';
import { isRunning } from './planted-services.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Serving {
  /** The process that started the server. */
  readonly starter: number;
  isServing(): Promise<boolean>;
}

describe('a script that npm has started', () => {
  let parent: string;
  const starters: number[] = [];
  beforeEach(async () => void (parent = await mkdtemp(join(tmpdir(), 'riparo-npm-'))));
  afterEach(async () => {
    // Each led a process group: whatever it has started is in it.
    for (const pid of starters.splice(0)) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch (error) {
        // All of it may have ended.
        expect(error).to.include({ code: 'ESRCH' });
      }
    }
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
  });

  const serve = async (name: string, ...command: readonly [string, ...string[]]): Promise<Serving> => {
    const [program, ...args] = command;
    const { PATH, HOME } = process.env;
    const child = spawn(program, [...args, '--port', '0', '--data', join(parent, name)], {
      cwd: ROOT,
      env: { PATH, HOME },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const starter = child.pid!;
    starters.push(starter);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const port = await eventually(() => /mongodb:\/\/127\.0\.0\.1:(\d+)/.exec(output)?.[1], { withinMs: 40_000 });
    const isServing = async (): Promise<boolean> => {
      const socket = connect(Number(port), '127.0.0.1');
      const answered = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      return answered;
    };
    return { starter, isServing };
  };

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`when npm ends by ${signal}, then the script ends too, and one that was started directly serves on`, async function () {
      this.timeout(120_000);
      const direct = await serve('direct', 'bash', '-c', 'node scripts/embedded-mongo.mjs "$@" & exec sleep 600', 'bash');
      const byNpm = await serve('by-npm', 'npm', 'run', 'embedded-mongo', '--');
      process.kill(direct.starter, signal);
      process.kill(byNpm.starter, signal);
      await eventually(async () => !(await byNpm.isServing()));
      await eventually(() => !isRunning(direct.starter));
      expect(await direct.isServing()).to.equal(true);
    });
  }
});
