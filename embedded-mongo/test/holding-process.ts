import { once } from 'node:events';
import { openSync } from 'node:fs';
import { fileLocks } from '../src/storage/lock.js';

/** Stands for a process that was stopped while it opens the data: `holding-process.js LOCK-FILE`, until its input ends. */
const locks = await fileLocks();
locks?.tryLock(openSync(process.argv[2] ?? '', 'r+'));
console.log('held');
process.stdin.resume();
await once(process.stdin, 'end');
