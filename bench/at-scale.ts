/**
 * `node bench/dist/at-scale.js [tickets]` (default 1,000,000): the same questions to an installation with a thousand
 * tickets and to one with many. The tickets are made through the API and then copied straight into the database, for
 * other customers and closed, as the past of a centre is.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneProcess } from '@riparo/system-tests/systems/one-process';
import type { System } from '@riparo/system-tests/systems/system';
import mongoose from 'mongoose';
import { measure, type Figures } from './load.js';
import { populate, type Population } from './population.js';
import { processTree } from './process-stats.js';
import { scenarios } from './scenarios.js';

const ADMIN = { adminEmail: 'admin@example.com', adminPassword: 'correct-horse-battery-staple' };
const PORTION = 2_000;
const CUSTOMERS = 5_000;
const DAY_MS = 86_400_000;
const WORDS = ['printer', 'screen', 'battery', 'keyboard', 'network', 'password', 'backup', 'noise', 'slow', 'update', 'mail', 'disk'];

interface TicketDocument extends mongoose.mongo.Document {
  readonly _id: string;
  readonly numberSeq: number;
}

const log = (text: string): void => void process.stderr.write(`${text}\n`);

/** One of the past: another customer's, closed, with words of its own. */
const copyOf = (template: TicketDocument, sequence: number, customers: readonly string[]): TicketDocument => {
  const at = new Date(Date.now() - 365 * DAY_MS + sequence * 30);
  const words = [`tkt-${sequence}`, WORDS[sequence % WORDS.length] ?? '', `model${sequence % 977}`];
  const closed = { status: 'CLOSED', stage: 'CLOSED', active: false, holder: 'NONE', outbox: [], words };
  const {
    assignedToUserId: _assignee,
    queuedAs: _queue,
    slaTimerAt: _sla,
    silenceDueAt: _silence,
    autoCloseAt: _close,
    ...rest
  } = template;
  return {
    ...rest,
    ...closed,
    _id: randomUUID(),
    numberSeries: 'past',
    numberSeq: sequence,
    ticketNumber: `TKT-PAST-${sequence}`,
    customerId: customers[sequence % customers.length],
    createdAt: at,
    updatedAt: at,
    closedAt: at,
  };
};

const addPast = async (system: System, count: number): Promise<void> => {
  const database = await system.openDatabase();
  const client = await new mongoose.mongo.MongoClient(database.url).connect();
  const tickets = client.db('riparo_tickets').collection<TicketDocument>('tickets');
  const template = await tickets.findOne({});
  if (template === null) throw new Error('there is no ticket to copy');
  const customers = Array.from({ length: CUSTOMERS }, () => randomUUID());
  for (let done = 0; done < count; done += PORTION) {
    const portion = Array.from({ length: Math.min(PORTION, count - done) }, (_, index) => copyOf(template, done + index + 1, customers));
    await tickets.insertMany(portion, { ordered: false });
    if (done % 100_000 === 0) log(`${done} of ${count} tickets copied`);
  }
  await client.close();
  await database.close();
};

const ask = async (system: System, people: Population, title: string): Promise<readonly Figures[]> => {
  const target = { url: system.url, pids: () => processTree(process.pid).slice(1) };
  const common = { ...target, token: people.customerToken, connections: 16, seconds: 8 };
  const search = { ...common, title: 'my tickets, search for a word', paths: ['/tickets?search=noise&pageSize=25'] };
  const figures: Figures[] = [];
  // Reading first: what is created would change the lists.
  const [create, list, read, reply] = scenarios(target, people);
  for (const scenario of [list, search, read, create, reply]) if (scenario !== undefined) figures.push(await measure(scenario));
  log(`${title}: ${figures.map((row) => `${row.title} ${row.perSecond}/s`).join('; ')}`);
  return figures;
};

const total = Number(process.argv[2] ?? 1_000_000);
const dataDir = await mkdtemp(join(tmpdir(), 'riparo-scale-'));
const system = await oneProcess({ ...ADMIN, dataDir, smtpPort: 9, env: { SMTP_HOST: '', RATE_LIMIT_PER_MINUTE: '0' } });
try {
  const people = await populate(system.url, ADMIN.adminEmail, ADMIN.adminPassword);
  const withPast = async (count: number, title: string): Promise<readonly Figures[]> => {
    await system.stop();
    await addPast(system, count);
    await system.start();
    return ask(system, people, title);
  };
  const few = await ask(system, people, 'as populated');
  const many = await withPast(total, `with ${total} more`);
  const lines = few.map((row, index) => {
    const other = many[index] as Figures;
    const share = Math.round((other.perSecond / row.perSecond) * 100);
    return `| ${row.title} | ${row.perSecond} | ${other.perSecond} | ${share} % | ${row.p99} | ${other.p99} | ${row.cpuPer1000} | ${other.cpuPer1000} |`;
  });
  const head = `| what | per second, few | with ${total} more | | p99 ms, few | many | CPU s per 1,000, few | many |`;
  process.stdout.write(`${[head, '|---|---|---|---|---|---|---|---|', ...lines].join('\n')}\n`);
} finally {
  await system.stop();
  await rm(dataDir, { recursive: true, force: true });
}
