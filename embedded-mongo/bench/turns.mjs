// Loaded into the server that others.mjs measures: tells the most CPU time that went by between two turns of its event loop, of
// the thread that serves and of all threads (collecting garbage, compiling, writing to the disk). On a machine with other work
// to do this says what the server keeps to itself, and the pings also what the others take.

import { readFileSync } from 'node:fs';
import { setInterval } from 'node:timers';

const EVERY_MS = 2;
/** Linux only: the first number is the thread's CPU time in nanoseconds. */
const served = () => Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6;
const all = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
let last = { served: served(), all: all() };
let longest = { served: 0, all: 0 };
setInterval(() => {
  const now = { served: served(), all: all() };
  longest = { served: Math.max(longest.served, now.served - last.served), all: Math.max(longest.all, now.all - last.all) };
  last = now;
}, EVERY_MS).unref();
process.on('message', () => {
  process.send(longest);
  longest = { served: 0, all: 0 };
});
process.channel.unref();
