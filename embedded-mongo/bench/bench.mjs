// Prints the speed figures the package promises. node embedded-mongo/bench/bench.mjs [documents] [seconds]
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { fork, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { build } from './work.mjs';

const documents = Number(process.argv[2] ?? 1_000_000);
const seconds = Number(process.argv[3] ?? 4);
const LANES = 20;
const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const server = spawn(process.execPath, [cli, '--data', dataDir, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data');
const url = /mongodb:\/\/\S+/.exec(String(line))[0];
const client = await new MongoClient(url).connect();
const items = client.db('bench').collection('items');

async function startDriver() {
  const driver = fork(fileURLToPath(new URL('./client.mjs', import.meta.url)), [url]);
  await once(driver, 'message');
  return driver;
}
// One driver process can be busier than the server: every rate is measured with one and with two.
const drivers = [await startDriver(), await startDriver()];

/** CPU time of all of the server's threads so far, in microseconds; the kernel counts it in hundredths of a second. */
function serverCpu() {
  const stat = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function together(count, task) {
  const before = serverCpu();
  const results = await Promise.all(
    drivers.slice(0, count).map(async (driver, i) => {
      const answer = once(driver, 'message');
      driver.send({ ...task, lanes: LANES / count, seconds, mark: `${count}-${i}` });
      return (await answer)[0];
    }),
  );
  const sum = (field) => results.reduce((total, result) => total + result[field], 0);
  return {
    rate: Math.round(sum('rate')),
    server: Math.round((serverCpu() - before) / sum('done')),
    driver: Math.round(sum('cpu') / sum('done')),
  };
}

/** Measures one operation and prints its row; returns the better rate. */
async function row(what, wanted, task) {
  const one = await together(1, task);
  const two = await together(2, task);
  console.log(
    `${what.padEnd(52)} ${String(one.rate).padStart(6)}/s from one process, ${String(two.rate).padStart(6)}/s from two${wanted}; ` +
      `CPU per operation: server ${one.server} and ${two.server} µs, driver ${one.driver} and ${two.driver} µs`,
  );
  return Math.max(one.rate, two.rate);
}

/** Resident memory without mapped files, in megabytes. */
function memory() {
  const text = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const field = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) / 1024;
  return { anonymous: Math.round(field('RssAnon')), withMap: Math.round(field('VmRSS')) };
}

async function fill(from, to) {
  const cpu = serverCpu();
  const started = performance.now();
  for (let n = from; n < to; n += 5000) {
    await items.insertMany(
      Array.from({ length: Math.min(5000, to - n) }, (_, i) => build(n + i)),
      { ordered: false },
    );
  }
  const size = Math.round(statSync(join(dataDir, 'data.mdb')).size / 2 ** 20);
  const each = Math.round((serverCpu() - cpu) / (to - from));
  console.log(
    `filled to ${to} documents in ${Math.round((performance.now() - started) / 1000)} s, file ${size} MB, server ${each} µs per document`,
  );
}

async function count() {
  const times = [];
  const cpu = serverCpu();
  for (let i = 0; i < 100; i++) {
    const start = performance.now();
    const n = await items.countDocuments({ group: i });
    times.push(performance.now() - start);
    if (n !== documents / 100) throw new Error(`counted ${n}`);
  }
  times.sort((a, b) => a - b);
  console.log(
    `${`count of ${documents / 100} by index`.padEnd(52)} ${times[50].toFixed(1)} ms median (wanted under 10 ms), worst ${times[99].toFixed(1)} ms; server ${Math.round((serverCpu() - cpu) / 100)} µs`,
  );
}

try {
  await items.createIndex({ tenant: 1, at: -1 });
  await items.createIndex({ group: 1 });
  await fill(0, 1000);
  const small = await row('page of 25 by compound index, 1,000 documents', '', { operation: 'page', total: 1000 });
  await fill(1000, documents);
  const page = { operation: 'page', total: documents };
  const big = await row(`page of 25 by compound index, ${documents} documents`, ' (wanted 2500)', page);
  console.log(`    ${Math.round((big / small) * 100)} % of the rate at 1,000 documents (wanted 80 %)`);
  await row('find by id, 20 connections', ' (wanted 8000)', { operation: 'findById', total: documents });
  await count();
  await row('insert of a 500-byte document, durable', ' (wanted 3000)', { operation: 'insert' });
  const { anonymous, withMap } = memory();
  console.log(`resident memory ${anonymous} MB without the map (wanted under 250 MB), ${withMap} MB with it`);
} finally {
  for (const driver of drivers) driver.send('stop');
  await client.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
