/**
 * `node benchmarks/dist/cash-book.js [payments]` (default 50000): the cash book of a year, read over HTTP through the gateway of one
 * process.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { createPerson } from '@riparo/system-tests/journey/person';
import { oneProcess } from '@riparo/system-tests/systems/one-process';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const YEAR = 2025;
const DAY_MS = 86_400_000;
const BATCH = 5_000;
const ROUNDS = 15;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const medianOf = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

/** As reports keeps it: every tenth is a refund. */
const movement = (n: number, total: number): Record<string, unknown> => ({
  _id: randomUUID(),
  tenantId: 'default',
  version: 1,
  at: new Date(Date.UTC(YEAR, 0, 1) + Math.floor((n / total) * 365 * DAY_MS)),
  method: PAYMENT_METHODS[n % PAYMENT_METHODS.length],
  amount: { amount: n % 10 === 9 ? -500 : 5_000 + (n % 97) * 100, currency: 'EUR' },
});

const fill = async (url: string, total: number): Promise<void> => {
  const connection = await connectMongo({ url, database: 'riparo_reports', maxPoolSize: 1 });
  const movements = connection.db?.collection('cash_movements');
  for (let first = 0; first < total; first += BATCH)
    await movements?.insertMany(Array.from({ length: Math.min(BATCH, total - first) }, (_, index) => movement(first + index, total)));
  await connection.close();
};

const total = Number(process.argv[2] ?? 50_000);
const dataDir = await mkdtemp(join(tmpdir(), 'riparo-cash-book-'));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
try {
  await system.stop();
  const database = await system.openDatabase();
  await fill(database.url, total);
  await database.close();
  await system.start();
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await admin.logIn();
  const isReady = (): Promise<boolean> =>
    admin.get('/reports/payments').then(
      () => true,
      () => false,
    );
  // What was filled in is added up first.
  while (!(await isReady())) await pause(500);
  for (const [name, from, to] of [
    ['a year', `${YEAR}-01-01`, `${YEAR + 1}-01-01`],
    ['a month', `${YEAR}-06-01`, `${YEAR}-07-01`],
  ] as const) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const since = performance.now();
      await admin.get(`/reports/payments?from=${from}&to=${to}`);
      times.push(performance.now() - since);
    }
    say(`GET /reports/payments, ${name} of ${total} movements: median ${medianOf(times).toFixed(0)} ms`);
  }
  say(`load average ${loadavg()[0]?.toFixed(2) ?? ''}`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
