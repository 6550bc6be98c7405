/**
 * `node benchmarks/dist/reports.js [tickets] [open] [repairs] [payments]` (default 100000, 11000, 20000, 50000): the reports
 * of a year and of today, read over HTTP through the gateway of one process. CPU is that of the whole process and its
 * threads; beside each reader somebody asks `/health/live` all the time, and the longest of those answers is the longest
 * that anybody had to wait.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createPerson } from '@riparo/system-tests/journey/person';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import { loadDocuments } from './load-documents.js';
import { cpuSeconds, processTree } from './process-stats.js';
import { movementsOf, outcomesOf, repairsOf, ticketsOf, YEAR } from './reports-past.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const ROUNDS = 15;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const medianOf = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
const numbers = process.argv.slice(2).map(Number);
const [tickets = 100_000, open = 11_000, repairs = 20_000, payments = 50_000] = numbers;

const dataDir = await mkdtemp(join(tmpdir(), 'riparo-reports-'));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });

/** This process's children are the installation. */
const cpu = (): number => cpuSeconds(processTree(process.pid).filter((pid) => pid !== process.pid));

const load = async (): Promise<void> => {
  const db = 'riparo_reports';
  const into = (collection: string, documents: Iterable<Uint8Array>) =>
    loadDocuments(join(dataDir, 'mongo'), { db, collection }, documents);
  await into('tickets', ticketsOf(tickets, open));
  await into('outcomes', outcomesOf(tickets, open));
  await into('repairs', repairsOf(repairs));
  await into('cash_movements', movementsOf(payments));
};

const PERIODS = { year: `from=${YEAR}-01-01&to=${YEAR + 1}-01-01`, month: `from=${YEAR}-06-01&to=${YEAR}-07-01` } as const;
const PATHS = [
  '/reports/dashboard',
  '/reports/open-amounts',
  ...Object.values(PERIODS).flatMap((period) =>
    ['tickets', 'technicians', 'repairs/summary', 'payments', 'repeat-repairs'].map((report) => `/reports/${report}?${period}`),
  ),
];

/** Asks how the process is until told to stop; answers the longest wait in ms. */
const longestWait = async (isOver: () => boolean): Promise<number> => {
  let longest = 0;
  while (!isOver()) {
    const since = performance.now();
    await (await fetch(`${system.url}/health/live`)).text();
    longest = Math.max(longest, performance.now() - since);
    await pause(2);
  }
  return longest;
};

try {
  await system.stop();
  await load();
  await system.start();
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await admin.logIn();
  const [since, cpuBefore] = [performance.now(), cpu()];
  for (const path of PATHS)
    while (
      !(await admin.get(path).then(
        () => true,
        () => false,
      ))
    )
      await pause(1_000);
  say(`added up after ${((performance.now() - since) / 1_000).toFixed(0)} s, ${(cpu() - cpuBefore).toFixed(1)} s of CPU`);
  for (const path of PATHS) {
    const times: number[] = [];
    let isOver = false;
    const waiting = longestWait(() => isOver);
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await admin.get(path);
      times.push(performance.now() - start);
    }
    isOver = true;
    const longest = await waiting;
    const alone = cpu();
    for (let round = 0; round < ROUNDS; round++) await admin.get(path);
    const each = ((cpu() - alone) / ROUNDS) * 1_000;
    say(`GET ${path}: median ${medianOf(times).toFixed(0)} ms, CPU ${each.toFixed(1)} ms, longest wait beside ${longest.toFixed(0)} ms`);
  }
  say(`load average ${loadavg()[0]?.toFixed(2) ?? ''}`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
