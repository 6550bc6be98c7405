// Pings the server every few milliseconds from a process of its own. Argument: the connection string.
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';

const EVERY_MS = 4;
const client = await new MongoClient(process.argv[2]).connect();
const admin = client.db('admin');
let times = [];
let stopped = false;

process.on('message', async (task) => {
  if (task === 'stop') {
    stopped = true;
    return;
  }
  // What has been measured since the last time.
  const sorted = times.sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  times = [];
  process.send({ pings: sorted.length, median: at(0.5), p99: at(0.99), longest: at(1) });
});
process.send('ready');
while (!stopped) {
  const start = performance.now();
  await admin.command({ ping: 1 });
  times.push(performance.now() - start);
  await pause(EVERY_MS);
}
await client.close();
process.disconnect();
