// What counting 200 of 20,000 documents by an index takes inside of the server, without the wire. node embedded-mongo/bench/count.mjs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openEngine } from '../dist/src/engine/engine.js';
import { startEmbeddedMongo } from '../dist/src/index.js';
import { countByIndex } from '../dist/src/plan/count.js';
import { compileFilter } from '../dist/src/query/filter.js';

const GROUPS = 100;
const TIMES = 1000;
const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-bench-'));
const mongo = await startEmbeddedMongo({ dataDir });
const client = await new MongoClient(mongo.url).connect();
const items = client.db('bench').collection('items');
const item = (i) => ({ n: i % GROUPS, m: i, word: `w${i % GROUPS}x`, tags: [`t${i % GROUPS}`, `u${i % GROUPS}`] });
await items.insertMany(Array.from({ length: 20_000 }, (_, i) => item(i)));
await items.createIndexes([{ key: { n: 1, m: 1 } }, { key: { word: 1 } }, { key: { tags: 1 } }, { key: { n: 1, tags: 1 } }]);
await client.close();
await mongo.stop();

const engine = openEngine(dataDir, Infinity);
const collection = engine.catalog.find('bench', 'items');
const count = (filter, hint) => {
  engine.slice.begin(Infinity);
  const step = countByIndex(engine, collection, { filter, hint }, { keys: 0, documents: 0 }).next();
  if (step.value !== 200) throw new Error(`counted ${step.value}`);
};
console.log('| condition | index | keys | median µs |\n|---|---|---|---|');
for (const [what, hint, keys, condition] of [
  ['n: 5', 'n_1_m_1', 200, ['n', 5]],
  ['word begins with w5x', 'word_1', 200, ['word', new Map([['$regex', '^w5x']])]],
  ['an element of tags is t5', 'tags_1', 200, ['tags', 't5']],
  ['an element of tags is t5 or u5', 'tags_1', 400, ['tags', new Map([['$in', ['t5', 'u5']]])]],
  ['n: 5, two keys of each document', 'n_1_tags_1', 400, ['n', 5]],
]) {
  const filter = compileFilter(new Map([condition]));
  const times = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    count(filter, hint);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  console.log(`| ${what} | ${hint} | ${keys} | ${(times[TIMES / 2] * 1000).toFixed(0)} |`);
}
await engine.close();
rmSync(dataDir, { recursive: true, force: true });
