import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRabbitNode } from '@riparo/shared/testing/rabbit-node';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import { separateProcesses } from '@riparo/system-tests/systems/separate-processes';
import type { System, SystemOptions } from '@riparo/system-tests/systems/system';
import { buildOf, compareBuilds, removeBuild } from './builds.js';
import type { Side } from './compare.js';
import { measure, type Figures, type LoadOptions } from './load.js';
import { populate } from './population.js';
import { memoryOf, processTree } from './process-stats.js';
import { profile } from './profile.js';
import { scenarios } from './scenarios.js';
import { waitUntilIdle } from './wait-until-idle.js';

const { values: options } = parseArgs({
  options: {
    /** Scenarios whose title holds this text. */
    only: { type: 'string', default: '' },
    /** Where the time goes, instead of how long it takes. */
    profile: { type: 'boolean', default: false },
    /** Beside the build of this commit. */
    compare: { type: 'string' },
  },
});

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const SETTLE_MS = 5_000;
const PROFILES = 'bench-profiles';

interface Run {
  readonly mode: string;
  readonly readyMs: number;
  readonly idle: { readonly residentMb: number; readonly anonymousMb: number };
  readonly figures: readonly Figures[];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Everything that was started from here, the broker included; the load generator itself does not count. */
const measuredProcesses = (): readonly number[] => processTree(process.pid).slice(1);

const inFolder = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'riparo-bench-'));
  return work(folder).finally(() => rm(folder, { recursive: true, force: true }));
};

// Without a mail server mails become files: the work of a mail is part of what is measured, somebody else's server is not.
const optionsOf = (dataDir: string): SystemOptions => ({
  ...ADMIN,
  dataDir,
  smtpPort: 9,
  env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' },
});

const rowsOf = async (url: string, pids: () => readonly number[]): Promise<readonly LoadOptions[]> => {
  const people = await populate(url, ADMIN.adminEmail, ADMIN.adminPassword);
  return scenarios({ url, pids }, people).filter(({ title }) => title.includes(options.only));
};

/** Starts, stops, starts again (that start is measured: everything is installed and built), loads, stops. */
const runMode = (begin: (options: SystemOptions) => Promise<System>): Promise<Run> =>
  inFolder(async (dataDir) => {
    const system = await begin(optionsOf(dataDir));
    try {
      await system.stop();
      const startedAt = performance.now();
      await system.start();
      const readyMs = Math.round(performance.now() - startedAt);
      await pause(SETTLE_MS);
      const idle = memoryOf(measuredProcesses());
      const figures: Figures[] = [];
      for (const row of await rowsOf(system.url, measuredProcesses)) figures.push(await measure(row));
      return { mode: system.mode, readyMs, idle, figures };
    } finally {
      await system.stop();
    }
  });

const printRun = ({ mode, readyMs, idle, figures }: Run): void => {
  print(`## ${mode}\n`);
  print(`ready after ${readyMs} ms; idle: ${idle.residentMb} MB resident, ${idle.anonymousMb} MB of it anonymous\n`);
  print('| what | per second | p50 ms | p99 ms | failed | CPU s per 1,000 |\n|---|---|---|---|---|---|');
  for (const row of figures) print(`| ${row.title} | ${row.perSecond} | ${row.p50} | ${row.p99} | ${row.failed} | ${row.cpuPer1000} |`);
  print('');
};

const runBothModes = async (): Promise<void> => {
  printRun(await runMode(oneProcess));
  const broker = await startRabbitNode();
  try {
    printRun(await runMode((each) => separateProcesses({ ...each, amqpUrl: broker.url })));
  } finally {
    await broker.stop();
  }
};

const runProfile = (): Promise<void> =>
  inFolder(async (dataDir) => {
    const plain = optionsOf(dataDir);
    const system = await oneProcess({ ...plain, env: { ...plain.env, NODE_OPTIONS: '--inspect=127.0.0.1:0' } });
    try {
      const address = /ws:\/\/\S+/.exec(system.output())?.[0];
      if (address === undefined) throw new Error(`no debugger listens:\n${system.output()}`);
      await profile(await rowsOf(system.url, measuredProcesses), { address, folder: PROFILES, print });
      print(`Profiles for a viewer are in ${PROFILES}/.`);
    } finally {
      await system.stop();
    }
  });

const runComparison = (ref: string): Promise<void> =>
  inFolder(async (folder) => {
    const root = join(folder, 'before');
    const running: System[] = [];
    const side = async (name: string, tree?: string): Promise<Side> => {
      const known = new Set(measuredProcesses());
      const system = await oneProcess({ ...optionsOf(join(folder, name)), ...(tree === undefined ? {} : { root: tree }) });
      running.push(system);
      const pids = measuredProcesses().filter((pid) => !known.has(pid));
      const rows = await rowsOf(system.url, () => pids);
      await waitUntilIdle(pids);
      return { pids, rows };
    };
    try {
      buildOf(ref, root);
      await compareBuilds(await side('data-before', root), await side('data-now'), print);
    } finally {
      for (const system of running) await system.stop();
      removeBuild(root);
    }
  });

if (options.compare !== undefined) await runComparison(options.compare);
else if (options.profile) await runProfile();
else await runBothModes();
