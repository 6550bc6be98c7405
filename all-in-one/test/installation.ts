import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@riparo/shared/testing/eventually';

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));

export const ADMIN_EMAIL = 'admin@example.test';

/** A one-process installation as a process of its own, on a data directory of its own. */
export interface Installation {
  readonly dataDir: string;
  /** Starts it, also again on the same data; resolves with its port. */
  start(env?: Readonly<Record<string, string>>): Promise<number>;
  /** Starts what is expected to end by itself. */
  failedStart(env?: Readonly<Record<string, string>>): Promise<{ readonly code: number | null }>;
  stop(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
  /** What the process of the last start has printed. */
  output(): string;
}

export const createInstallation = async (): Promise<Installation> => {
  const parent = await mkdtemp(join(tmpdir(), 'riparo-installation-'));
  const dataDir = join(parent, 'data');
  let child: ChildProcess | undefined;
  let printed = '';
  const stop = async (): Promise<void> => {
    if (child?.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  const launch = (further: Readonly<Record<string, string>>): void => {
    const { PATH, HOME, TMPDIR } = process.env;
    const system = { PATH, HOME, TMPDIR };
    const own = {
      DATA_DIR: dataDir,
      PORT: '0',
      ADMIN_EMAIL,
      BCRYPT_COST: '4',
      NOTIFY_CRON: '* * * * * *',
      NOTIFY_HOLD_SECONDS: '0',
      LOG_LEVEL: 'warn',
    };
    const started = spawn(process.execPath, [main], {
      env: { ...system, ...own, ...further },
      cwd: parent,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    printed = '';
    const keep = (chunk: Buffer): void => void (printed += chunk.toString());
    started.stdout.on('data', keep);
    started.stderr.on('data', keep).pipe(process.stderr, { end: false });
  };
  return {
    dataDir,
    failedStart: async (further = {}) => {
      launch(further);
      const [code] = (await once(child as ChildProcess, 'close')) as [number | null];
      return { code };
    },
    start: async (further = {}) => {
      launch(further);
      return Number(await eventually(() => /Riparo is ready on http:\/\/localhost:(\d+)/.exec(printed)?.[1]));
    },
    stop,
    remove: async () => {
      await stop();
      await rm(parent, { recursive: true });
    },
    output: () => printed,
  };
};
