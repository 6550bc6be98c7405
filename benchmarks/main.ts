import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRabbitNode } from '@riparo/shared/testing/rabbit-node';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import { separateProcesses } from '@riparo/system-tests/systems/separate-processes';
import type { System, SystemOptions } from '@riparo/system-tests/systems/system';
import { measure, type Figures } from './load.js';
import { populate } from './population.js';
import { memoryOf, processTree } from './process-stats.js';
import { scenarios } from './scenarios.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const SETTLE_MS = 5_000;

interface Run {
  readonly mode: string;
  readonly readyMs: number;
  readonly idle: { readonly residentMb: number; readonly anonymousMb: number };
  readonly figures: readonly Figures[];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything that was started from here, the broker included; the load generator itself does not count. */
const measuredProcesses = (): readonly number[] => processTree(process.pid).slice(1);

/** Starts, stops, starts again (that start is measured: everything is installed and built), loads, stops. */
const runMode = async (begin: (options: SystemOptions) => Promise<System>): Promise<Run> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-bench-'));
  // Without a mail server mails become files: the work of a mail is part of what is measured, somebody else's server is not.
  const system = await begin({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
  try {
    await system.stop();
    const startedAt = performance.now();
    await system.start();
    const readyMs = Math.round(performance.now() - startedAt);
    await pause(SETTLE_MS);
    const idle = memoryOf(measuredProcesses());
    const people = await populate(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
    const figures: Figures[] = [];
    for (const scenario of scenarios({ url: system.url, pids: measuredProcesses }, people)) figures.push(await measure(scenario));
    return { mode: system.mode, readyMs, idle, figures };
  } finally {
    await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
};

const print = ({ mode, readyMs, idle, figures }: Run): void => {
  const lines = [
    `## ${mode}`,
    '',
    `ready after ${readyMs} ms; idle: ${idle.residentMb} MB resident, ${idle.anonymousMb} MB of it anonymous`,
    '',
    '| what | per second | p50 ms | p99 ms | failed | CPU s per 1,000 |',
    '|---|---|---|---|---|---|',
    ...figures.map((row) => `| ${row.title} | ${row.perSecond} | ${row.p50} | ${row.p99} | ${row.failed} | ${row.cpuPer1000} |`),
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
};

print(await runMode(oneProcess));
const broker = await startRabbitNode();
try {
  print(await runMode((options) => separateProcesses({ ...options, amqpUrl: broker.url })));
} finally {
  await broker.stop();
}
