import { setTimeout as pause } from 'node:timers/promises';
import { cpuSeconds } from './process-stats.js';

const WINDOW_MS = 1_000;
/** Jobs by the clock go on for ever; they take less than this share of a core. */
const IDLE = 0.12;
const MAX_WINDOWS = 600;

/** Waits until the work behind the answers (events, mails) is done: the processes take next to no CPU time any more. */
export const waitUntilIdle = async (pids: readonly number[]): Promise<void> => {
  for (let window = 0, quiet = 0; window < MAX_WINDOWS && quiet < 2; window++) {
    const before = cpuSeconds(pids);
    await pause(WINDOW_MS);
    quiet = (cpuSeconds(pids) - before) / (WINDOW_MS / 1_000) < IDLE ? quiet + 1 : 0;
  }
};
