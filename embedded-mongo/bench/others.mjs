// How long everybody else waits while one client asks for something long: pings from another process, for each of a list of
// requests. node embedded-mongo/bench/others.mjs [part of a name]
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { prepare, worst } from './worst.mjs';

const wanted = process.argv[2] ?? '';
const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const turns = new URL('./turns.mjs', import.meta.url).href;
const server = spawn(process.execPath, ['--import', turns, cli, '--data', dataDir, '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
const [line] = await once(server.stdout, 'data');
const url = /mongodb:\/\/\S+/.exec(String(line))[0];
const client = await new MongoClient(url).connect();
const pinger = fork(fileURLToPath(new URL('./pinger.mjs', import.meta.url)), [url]);
const ask = async (child) => {
  const answer = once(child, 'message');
  child.send('figures');
  return (await answer)[0];
};

try {
  await once(pinger, 'message');
  await prepare(client.db('bench'));
  const ms = (time) => time?.toFixed(1) ?? 'none';
  console.log(`load average ${loadavg()[0].toFixed(1)}, Node ${process.version}\n`);
  console.log(
    '| request | takes ms | ends with | pings | median ms | p99 ms | longest ms | CPU ms of a turn | of all threads |\n|---|---|---|---|---|---|---|---|---|',
  );
  for (const [name, request] of worst.filter(([name]) => name.includes(wanted))) {
    await Promise.all([ask(pinger), ask(server)]);
    const start = performance.now();
    const outcome = await request(client.db('bench')).then(
      () => 'an answer',
      (error) => `error ${error.code ?? error.message}`,
    );
    const took = performance.now() - start;
    const { pings, median, p99, longest } = await ask(pinger);
    const turn = await ask(server);
    console.log(
      `| ${name} | ${Math.round(took)} | ${outcome} | ${pings} | ${ms(median)} | ${ms(p99)} | ${ms(longest)} | ${ms(turn.served)} | ${ms(turn.all)} |`,
    );
  }
} finally {
  pinger.send('stop');
  await once(pinger, 'exit');
  await client.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
