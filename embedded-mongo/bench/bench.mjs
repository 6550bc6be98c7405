// Prints the speed figures the package promises. node embedded-mongo/bench/bench.mjs [documents] [seconds]
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';

const documents = Number(process.argv[2] ?? 1_000_000);
const seconds = Number(process.argv[3] ?? 4);
const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const cli = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const server = spawn(process.execPath, [cli, '--data', dataDir, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data');
const url = /mongodb:\/\/\S+/.exec(String(line))[0];
const client = await new MongoClient(url, { maxPoolSize: 20, minPoolSize: 20 }).connect();
const items = client.db('bench').collection('items');
const filler = 'x'.repeat(380);
const status = ['new', 'open', 'waiting', 'done'];
const build = (n) => ({
  _id: `id-${n}`,
  n,
  tenant: `t${n % 10}`,
  status: status[n % 4],
  group: n % 100,
  at: new Date(1.6e12 + n * 1000),
  filler,
});

/** Runs `work` from `lanes` loops at once for some seconds and returns how often per second it was done. */
async function rate(lanes, work) {
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await work();
      done++;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return Math.round((done * 1000) / (performance.now() - start));
}

/** Resident memory without mapped files, in megabytes. */
function memory() {
  const text = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  const field = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)[1]) / 1024;
  return { anonymous: Math.round(field('RssAnon')), withMap: Math.round(field('VmRSS')) };
}

async function pages(total) {
  const page = () => {
    const skipTo = Math.floor(Math.random() * total);
    return items
      .find({ tenant: `t${skipTo % 10}`, at: { $lte: new Date(1.6e12 + skipTo * 1000) } })
      .sort({ at: -1 })
      .limit(25)
      .toArray();
  };
  return rate(20, page);
}

const random = (total) => Math.floor(Math.random() * total);
async function fill(from, to) {
  for (let n = from; n < to; n += 5000) {
    await items.insertMany(
      Array.from({ length: Math.min(5000, to - n) }, (_, i) => build(n + i)),
      { ordered: false },
    );
  }
}

try {
  await items.createIndex({ tenant: 1, at: -1 });
  await items.createIndex({ group: 1 });
  await fill(0, 1000);
  const small = await pages(1000);
  console.log(`page of 25 by compound index, 1,000 documents      ${small}/s`);
  const started = performance.now();
  await fill(1000, documents);
  console.log(
    `filled to ${documents} documents in ${Math.round((performance.now() - started) / 1000)} s, file ${Math.round(statSync(join(dataDir, 'data.mdb')).size / 2 ** 20)} MB`,
  );
  const big = await pages(documents);
  console.log(
    `page of 25 by compound index, ${documents} documents  ${big}/s (wanted 2500/s and 80 % of ${small}: ${Math.round((big / small) * 100)} %)`,
  );
  console.log(
    `find by id, 20 connections                          ${await rate(20, () => items.findOne({ _id: `id-${random(documents)}` }))}/s (wanted 8000/s)`,
  );
  const counts = [];
  for (let i = 0; i < 20; i++) {
    const start = performance.now();
    const n = await items.countDocuments({ group: i });
    counts.push(performance.now() - start);
    if (n !== documents / 100) throw new Error(`counted ${n}`);
  }
  counts.sort((a, b) => a - b);
  console.log(
    `count of ${documents / 100} by index, median                   ${counts[10].toFixed(1)} ms (wanted under 10 ms), worst ${counts[19].toFixed(1)} ms`,
  );
  const inserts = client.db('bench').collection('inserts');
  let next = 0;
  console.log(
    `insert of a 500-byte document, durable, 20 connections  ${await rate(20, () => inserts.insertOne(build(`i${next++}`)))}/s (wanted 3000/s)`,
  );
  const { anonymous, withMap } = memory();
  console.log(`resident memory ${anonymous} MB without the map (wanted under 250 MB), ${withMap} MB with it`);
} finally {
  await client.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
