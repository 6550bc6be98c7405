/**
 * `node benchmarks/dist/parts.js [parts]` (default 100,000): pages of the parts catalogue and movements of stock, over HTTP
 * through the gateway of one process. The catalogue comes in through the import, as a supplier's list does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPerson, type Person } from '@riparo/system-tests/journey/person';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import { cpuSeconds, processTree } from './process-stats.js';
import { waitUntilIdle } from './wait-until-idle.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const ROWS_AT_ONCE = 1_000;
const ROUNDS = 25;
const MOVEMENTS = 500;
const CLIENTS = 10;

const BRANDS = ['Apple', 'Samsung', 'Dell', 'HP', 'Lenovo', 'Asus', 'Acer', 'Xiaomi', 'Sony', 'LG'];
const KINDS = ['Display', 'Battery', 'Keyboard', 'Fan', 'Hinge', 'Charger', 'Speaker', 'Camera', 'Board', 'Cover'];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const rowOf = (n: number): string => {
  const brand = BRANDS[n % BRANDS.length] ?? '';
  const kind = KINDS[Math.floor(n / BRANDS.length) % KINDS.length] ?? '';
  return `SKU-${String(n).padStart(6, '0')},${kind} for ${brand} Model ${n % 2_000},${brand},89.00,41.50,22`;
};

const fill = async (admin: Person, total: number): Promise<void> => {
  for (let from = 0; from < total; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, total - from) }, (_, index) => rowOf(from + index));
    await admin.post('/parts/import?dryRun=false', { csv: ['sku,name,brand,salePrice,cost,vatRate', ...rows].join('\n') });
  }
};

/** In ms, with one client. */
const medianOf = async (ask: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const since = performance.now();
    await ask();
    times.push(performance.now() - since);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0;
};

const QUESTIONS = [
  '/parts',
  '/parts?search=sku-054321',
  '/parts?search=display',
  '/parts?search=battery%20apple%201230',
  '/parts?active=true&search=fan&sort=sku',
  '/parts?lowStock=true',
];

/** Movements a second, and what each costs all processes together in ms of a core. */
const moveStock = async (admin: Person, pids: readonly number[]): Promise<{ readonly rate: number; readonly cpuMs: number }> => {
  const [part] = await admin.get<readonly { readonly id: string }[]>('/parts?pageSize=1');
  const path = `/parts/${part?.id ?? ''}/movements`;
  const [since, used] = [performance.now(), cpuSeconds(pids)];
  const client = async (): Promise<void> => {
    for (let index = 0; index < MOVEMENTS / CLIENTS; index++) await admin.post(path, { kind: 'RECEIPT', quantity: 1 });
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - since) / 1_000;
  return { rate: MOVEMENTS / seconds, cpuMs: ((cpuSeconds(pids) - used) * 1_000) / MOVEMENTS };
};

const total = Number(process.argv[2] ?? 100_000);
const dataDir = await mkdtemp(join(tmpdir(), 'riparo-parts-'));
const before = new Set(processTree(process.pid));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
try {
  const pids = processTree(process.pid).filter((pid) => !before.has(pid));
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await admin.logIn();
  const since = performance.now();
  await fill(admin, total);
  say(`${total} parts imported in ${((performance.now() - since) / 1_000).toFixed(0)} s`);
  await waitUntilIdle(pids);
  for (const question of QUESTIONS) say(`GET ${question}: ${(await medianOf(() => admin.get(question))).toFixed(1)} ms`);
  const { rate, cpuMs } = await moveStock(admin, pids);
  say(`POST /parts/:id/movements, ${CLIENTS} clients on one part: ${rate.toFixed(0)}/s, ${cpuMs.toFixed(1)} ms of a core each`);
  say(`load average ${loadavg()[0]?.toFixed(2) ?? ''}`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
