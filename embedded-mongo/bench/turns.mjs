// Loaded into the server that others.mjs measures: tells the most CPU time that went by between two turns of its event loop.
// On a machine with other work to do this says what the server keeps to itself, and the pings also what the others take.

import { setInterval } from 'node:timers';

const EVERY_MS = 2;
let [last, longest] = [process.cpuUsage(), 0];
setInterval(() => {
  const { user, system } = process.cpuUsage(last);
  last = process.cpuUsage();
  longest = Math.max(longest, (user + system) / 1000);
}, EVERY_MS).unref();
process.on('message', () => {
  process.send(longest);
  longest = 0;
});
process.channel.unref();
