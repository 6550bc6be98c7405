/**
 * `node benchmarks/dist/notifications.js [waiting] [about accounts] [until]` (default 100000, 100 and all): how one instance of
 * notifications, a process of its own, drains what waits to a mail server on the same machine. The mails about accounts are due
 * last and have to be out first. Ends when `until` mails are out. Prints what the process holds in memory meanwhile: the heap with
 * the garbage that is not yet collected, and at every tenth without it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { eventually } from '@riparo/shared/testing/eventually';
import { startEmbeddedMongo } from 'embedded-mongo';
import mongoose from 'mongoose';
import { SMTPServer } from 'smtp-server';
import { WebSocket } from 'ws';
import { cpuSeconds, memoryOf } from './process-stats.js';

const BATCH = 1_000;
const SAMPLE_MS = 1_000;
const TENTHS = 10;
const SECURE = 'account-';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const waiting = Number(process.argv[2] ?? 100_000);
const secure = Number(process.argv[3] ?? 100);
const until = Math.min(Number(process.argv[4] ?? Infinity), waiting + secure);

/** Takes every mail and counts what came for whom. */
const startMailServer = async () => {
  const counts = new Map<string, number>();
  const last = { secureAt: 0, secureCount: 0, before: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, callback) => {
      stream.resume().on('end', () => {
        for (const { address } of envelope.rcptTo) {
          counts.set(address, (counts.get(address) ?? 0) + 1);
          if (!address.startsWith(SECURE) || ++last.secureCount < secure) continue;
          last.secureAt = performance.now();
          last.before = counts.size - secure;
        }
        callback(null);
      });
    },
  });
  // Connections break when the process under test is ended.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.server.address() as AddressInfo).port, counts, last, stop: () => server.close() };
};

/** As notifications stores what was raised. */
const mailTo = (email: string, category: string, rank: number, due: Date) => ({
  _id: randomUUID(),
  tenantId: 'default',
  version: 1,
  createdAt: due,
  updatedAt: due,
  outbox: [],
  channel: 'EMAIL',
  category,
  rank,
  content: { kind: 'plain', subject: 'Your device', body: 'Hello,\n\nyour device is ready. You can collect it from nine to six.' },
  inbox: false,
  recipients: [{ key: '1', target: { kind: 'email', email }, status: 'PENDING', attempts: 0 }],
  status: 'PENDING',
  attempts: 0,
  nextAttemptAt: due,
});

const fill = async (url: string): Promise<void> => {
  const connection = await mongoose.createConnection(url, { dbName: 'riparo_notifications' }).asPromise();
  const collection = connection.collection<{ _id: string }>('notifications');
  const earlier = Date.now() - 3_600_000;
  for (let from = 0; from < waiting; from += BATCH) {
    const size = Math.min(BATCH, waiting - from);
    const due = (index: number): Date => new Date(earlier + from + index);
    await collection.insertMany(
      Array.from({ length: size }, (_, index) => mailTo(`${from + index}@example.com`, 'MESSAGES', 2, due(index))),
    );
  }
  const now = new Date();
  await collection.insertMany(Array.from({ length: secure }, (_, index) => mailTo(`${SECURE}${index}@example.com`, 'SECURITY', 1, now)));
  await connection.close();
};

/** The heap of the process, through its inspector. */
const openHeap = async (inspector: number) => {
  const [target] = (await (await fetch(`http://127.0.0.1:${inspector}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  const ask = async (method: string, params = {}): Promise<unknown> => {
    socket.send(JSON.stringify({ id: 1, method, params }));
    const [answer] = (await once(socket, 'message')) as [Buffer];
    return (JSON.parse(answer.toString()) as { result: unknown }).result;
  };
  return {
    megabytes: async (): Promise<number> => {
      const { result } = (await ask('Runtime.evaluate', { expression: 'process.memoryUsage().heapUsed' })) as { result: { value: number } };
      return Math.round(result.value / 1_048_576);
    },
    collectGarbage: () => ask('HeapProfiler.collectGarbage'),
    close: () => socket.close(),
  };
};

const drain = async (child: ChildProcess, inspector: number, mails: Awaited<ReturnType<typeof startMailServer>>): Promise<void> => {
  const pids = [child.pid ?? 0];
  await eventually(() => mails.counts.size > 0);
  const [startedAt, cpuBefore] = [performance.now(), cpuSeconds(pids)];
  const secondsTo = (moment: number): string => ((moment - startedAt) / 1_000).toFixed(1);
  const heap = await openHeap(inspector);
  let [mostHeap, mostResident, told, saidSecure] = [0, 0, 0, false];
  while (mails.counts.size < until) {
    mostHeap = Math.max(mostHeap, await heap.megabytes());
    mostResident = Math.max(mostResident, memoryOf(pids).residentMb);
    if (!saidSecure && mails.last.secureAt > 0) {
      say(`${secure} mails about accounts out after ${secondsTo(mails.last.secureAt)} s, with ${mails.last.before} others by then`);
      saidSecure = true;
    }
    if (mails.counts.size >= told + until / TENTHS) {
      told = mails.counts.size;
      await heap.collectGarbage();
      say(`${told} out after ${secondsTo(performance.now())} s, heap without garbage ${await heap.megabytes()} MB`);
    }
    await pause(SAMPLE_MS);
  }
  heap.close();
  const [out, took, cpu] = [mails.counts.size, performance.now() - startedAt, cpuSeconds(pids) - cpuBefore];
  say(`${out} of ${waiting + secure} out after ${secondsTo(performance.now())} s: ${Math.round((out / took) * 1_000)} a second`);
  say(`${((cpu / out) * 1_000).toFixed(2)} ms of CPU each, the mail server and the database not counted`);
  say(`heap at most ${mostHeap} MB, resident at most ${mostResident} MB`);
  say(`came twice: ${[...mails.counts.values()].filter((count) => count > 1).length}`);
};

const dataDir = await mkdtemp(join(tmpdir(), 'riparo-notifications-'));
const database = await startEmbeddedMongo({ dataDir });
const mails = await startMailServer();
const port = await claimPorts(2);
const filledAt = performance.now();
await fill(database.url);
say(`${waiting} filled in in ${Math.round(performance.now() - filledAt)} ms`);
const child = fork(new URL('../../services/notifications/dist/src/main.js', import.meta.url), {
  execArgv: [`--inspect=127.0.0.1:${port + 1}`],
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  env: {
    ...process.env,
    PORT: String(port),
    MONGO_URL: database.url,
    // Nobody listens there: the service runs all the same.
    AMQP_URL: 'amqp://127.0.0.1:9',
    INTERNAL_SECRET: 'a secret for benchmarks only, of 32 or more',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(mails.port),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
  },
});
try {
  await drain(child, port + 1, mails);
} finally {
  child.kill('SIGKILL');
  mails.stop();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}
