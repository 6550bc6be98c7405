/**
 * `node benchmarks/dist/live.js [streams]` (default 5000): what open streams of live updates cost one instance of
 * notifications, a process of its own, in memory. Every stream is of another person with a token of their own.
 * Memory is measured after a collection of garbage, before and after.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { eventually } from '@riparo/shared/testing/eventually';
import { createTestTokens, TEST_KID } from '@riparo/shared/testing/test-tokens';
import { systemClock } from '@riparo/shared/runtime/clock';
import { startEmbeddedMongo } from 'embedded-mongo';
import { WebSocket } from 'ws';
import { cpuSeconds, memoryOf } from './process-stats.js';

const SETTLE_MS = 10_000;
const AT_ONCE = 50;
const BEATS_MS = 60_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const streams = Number(process.argv[2] ?? 5_000);
const tokens = createTestTokens(systemClock);

/** Stands in for auth: the keys. */
const serveKeys = async () => {
  const jwk = { ...tokens.publicKey.export({ format: 'jwk' }), kid: TEST_KID, alg: 'RS256', use: 'sig' };
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

/** Opens a stream and resolves once it is ready. */
const open = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1' });
  const token = tokens.tokenFor({ role: 'CUSTOMER_USER' });
  socket.write(`GET /api/v1/events/stream?topics=me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
  let seen = '';
  for await (const [chunk] of on(socket)) {
    seen += chunk.toString();
    if (seen.includes('event: ready')) break;
    if (!seen.startsWith('HTTP/1.1 200')) throw new Error(seen);
  }
  socket.removeAllListeners('data');
  return socket.resume();
};
async function* on(socket: Socket): AsyncGenerator<readonly [Buffer]> {
  for (;;) yield (await once(socket, 'data')) as [Buffer];
}

const readInbox = async (port: number): Promise<void> => {
  const headers = { authorization: `Bearer ${tokens.tokenFor({ role: 'CUSTOMER_USER' })}` };
  await (await fetch(`http://127.0.0.1:${port}/api/v1/me/notifications`, { headers })).text();
};

/** Through the inspector. V8 otherwise lets garbage lie until it needs the room, and that says nothing about streams. */
const collectGarbage = async (inspector: number): Promise<void> => {
  const [target] = (await (await fetch(`http://127.0.0.1:${inspector}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await once(socket, 'message');
  socket.close();
};

const dataDir = await mkdtemp(join(tmpdir(), 'riparo-live-'));
const database = await startEmbeddedMongo({ dataDir });
const keys = await serveKeys();
const port = await claimPorts(2);
const main = new URL('../../services/notifications/dist/src/main.js', import.meta.url);
const child = fork(main, {
  execArgv: [`--inspect=127.0.0.1:${port + 1}`],
  env: {
    ...process.env,
    PORT: String(port),
    MONGO_URL: database.url,
    // Nobody listens there: the service runs all the same.
    AMQP_URL: 'amqp://127.0.0.1:9',
    AUTH_URL: keys.url,
    INTERNAL_SECRET: 'a secret for benchmarks only, of 32 or more',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
  },
});
const pids = [child.pid ?? 0];
const sockets: Socket[] = [];
try {
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/health/live`)).ok);
  // The first streams load and compile what all of them need.
  for (let n = 0; n < AT_ONCE; n++) sockets.push(await open(port));
  // What a process takes that does anything at all is no cost of streams.
  for (let n = 0; n < streams; n += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, () => readInbox(port)));
  await pause(SETTLE_MS);
  await collectGarbage(port + 1);
  const before = memoryOf(pids);
  const [cpuBefore, startedAt] = [cpuSeconds(pids), performance.now()];
  while (sockets.length < streams + AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, streams + AT_ONCE - sockets.length) }, () => open(port));
    sockets.push(...(await Promise.all(batch)));
  }
  say(
    `${streams} streams opened in ${Math.round(performance.now() - startedAt)} ms, ${(cpuSeconds(pids) - cpuBefore).toFixed(1)} s of CPU`,
  );
  await pause(SETTLE_MS);
  say(`resident with the garbage of opening: ${memoryOf(pids).residentMb} MB`);
  await collectGarbage(port + 1);
  const after = memoryOf(pids);
  say(
    `resident: ${before.residentMb} MB before, ${after.residentMb} MB after: ${after.residentMb - before.residentMb} MB for ${streams} streams`,
  );
  const beating = cpuSeconds(pids);
  await pause(BEATS_MS);
  await collectGarbage(port + 1);
  const still = memoryOf(pids).residentMb;
  say(`after a minute of signs of life: ${still} MB, ${(cpuSeconds(pids) - beating).toFixed(1)} s of CPU`);
} finally {
  for (const socket of sockets) socket.destroy();
  child.kill('SIGKILL');
  keys.close();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}
