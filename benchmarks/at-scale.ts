/**
 * `node benchmarks/dist/at-scale.js [tickets]` (default 1,000,000): the same questions to an installation with a
 * thousand tickets and to one with many, in turns and each alone, so that the machine's own changes of speed meet both.
 * Both begin as copies of one data directory: people, their tickets and the backlog of mails (none) are the same.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import type { System } from '@riparo/system-tests/systems/system';
import { compare, type Side } from './compare.js';
import { addPast } from './past.js';
import { populate, type Population } from './population.js';
import { processTree } from './process-stats.js';
import { rowsOf } from './rows.js';
import { waitUntilIdle } from './wait-until-idle.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const FEW = 800;

const log = (text: string): void => void process.stderr.write(`${text}\n`);

/** How busy the machine is with other things too: ratios mean less the busier it is. */
const logLoad = (): void =>
  log(
    `load average ${loadavg()
      .map((load) => load.toFixed(2))
      .join(' ')}`,
  );

const begin = async (dataDir: string): Promise<{ readonly system: System; readonly pids: readonly number[] }> => {
  const before = new Set(processTree(process.pid));
  const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
  return { system, pids: processTree(process.pid).filter((pid) => !before.has(pid)) };
};

const prepare = async (
  root: string,
  total: number,
): Promise<{ readonly people: Population; readonly few: string; readonly many: string }> => {
  const [few, many] = [join(root, 'few'), join(root, 'many')];
  const { system, pids } = await begin(few);
  const people = await populate(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await waitUntilIdle(pids);
  await system.stop();
  await cp(few, many, { recursive: true });
  await addPast(few, FEW, log);
  await addPast(many, total, log);
  return { people, few, many };
};

const total = Number(process.argv[2] ?? 1_000_000);
const root = await mkdtemp(join(tmpdir(), 'riparo-scale-'));
const started: System[] = [];
try {
  const { people, ...dirs } = await prepare(root, total);
  const side = async (dataDir: string): Promise<Side> => {
    const { system, pids } = await begin(dataDir);
    started.push(system);
    await waitUntilIdle(pids);
    return { pids, rows: await rowsOf({ url: system.url, pids: () => pids }, people) };
  };
  const [few, many] = [await side(dirs.few), await side(dirs.many)];
  logLoad();
  await compare({ few, many, title: `with ${total} more`, print: (line) => void process.stdout.write(`${line}\n`) });
  logLoad();
} finally {
  for (const system of started) await system.stop();
  await rm(root, { recursive: true, force: true });
}
