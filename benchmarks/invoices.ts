/**
 * `node benchmarks/dist/invoices.js [repairs]` (default 200): issuing documents for ended repairs and printing them, over HTTP
 * through the gateway of one process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { registerStaff } from '@riparo/system-tests/journey/journey';
import { createPerson, PASSWORD, type Person } from '@riparo/system-tests/journey/person';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import { processTree } from './process-stats.js';
import { waitUntilIdle } from './wait-until-idle.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const CLIENTS = 10;
const PRINTS = 25;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const medianOf = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

const timed = async (what: () => Promise<unknown>): Promise<number> => {
  const since = performance.now();
  await what();
  return performance.now() - since;
};

/** Runs each with ten clients, one after the other for each client; answers how long each took. */
const byClients = async <T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<readonly number[]> => {
  const left = [...all];
  const times: number[] = [];
  const client = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const next = one;
      times.push(await timed(() => act(next)));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return times;
};

const hire = async (url: string, admin: Person): Promise<Person> => {
  const email = 'tech@example.com';
  await registerStaff(url, email, 'Bea Bench');
  const [pending] = await admin.get<readonly { readonly id: string }[]>('/registrations?status=PENDING');
  await admin.post(`/registrations/${pending?.id ?? ''}/approve`, {});
  const technician = createPerson(url, email, PASSWORD);
  await technician.logIn();
  return technician;
};

const customer = {
  type: 'BUSINESS',
  name: 'Officina Rocca',
  billingAddress: { line1: 'Via Emilia 12', city: 'Modena', state: 'MO', postalCode: '41121', country: 'IT' },
  contactPhone: '+39 059 123456',
  contactEmail: 'officina@example.com',
  vatNumber: '00743110157',
};
const LINES = [1, 2, 3].map((n) => ({ kind: 'LABOUR', description: `Work ${n} on the device`, unitPrice: 2_000 * n, vatRate: 22 }));

/** Ends the work on a repair of a device of its own. */
const endedRepair = async (admin: Person, technician: Person, n: number): Promise<string> => {
  const device = { category: 'LAPTOP', brand: 'Lenovo', model: 'ThinkPad T14', serialNumber: `SN-${n}` };
  const { id } = await admin.post<{ readonly id: string }>('/repairs', { customer, device, problemDescription: 'Does not start.' });
  await technician.post(`/repairs/${id}/take`, {});
  await technician.post(`/repairs/${id}/complete`, { description: 'Repaired.', lines: LINES });
  return id;
};

const total = Number(process.argv[2] ?? 200);
const dataDir = await mkdtemp(join(tmpdir(), 'riparo-invoices-'));
const before = new Set(processTree(process.pid));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
try {
  const pids = processTree(process.pid).filter((pid) => !before.has(pid));
  const admin = createPerson(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  await admin.logIn();
  const technician = await hire(system.url, admin);
  const repairs: string[] = [];
  for (let n = 0; n < total; n++) repairs.push(await endedRepair(admin, technician, n));
  await waitUntilIdle(pids);
  const since = performance.now();
  const times = await byClients(repairs, (repairId) => admin.post('/invoices', { repairId }));
  const perSecond = total / ((performance.now() - since) / 1_000);
  say(
    `POST /invoices, ${CLIENTS} clients, ${total} repairs of one customer: ${perSecond.toFixed(0)}/s, median ${medianOf(times).toFixed(0)} ms`,
  );
  const invoices = await admin.get<readonly { readonly id: string }[]>(`/invoices?pageSize=${PRINTS}`);
  const prints: number[] = [];
  const reads: number[] = [];
  for (const { id } of invoices)
    for (const into of [prints, reads]) into.push(await timed(() => admin.send('GET', `/invoices/${id}/invoice.pdf`)));
  say(`GET /invoices/:id/invoice.pdf, one client: first ${medianOf(prints).toFixed(0)} ms, kept ${medianOf(reads).toFixed(1)} ms`);
  const lists = [];
  for (let round = 0; round < PRINTS; round++) lists.push(await timed(() => admin.get('/invoices')));
  say(`GET /invoices: ${medianOf(lists).toFixed(1)} ms`);
  say(`load average ${loadavg()[0]?.toFixed(2) ?? ''}`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
