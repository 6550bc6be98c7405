import { readFileSync } from 'node:fs';
import { clearInterval, setInterval } from 'node:timers';

const LOOK_EVERY_MS = 250;

const ofProcess = (pid, file) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
};

/** The second field of `stat` is the program's name and may hold anything up to the last parenthesis. */
const parentOf = (pid) => ofProcess(pid, 'stat')?.replace(/.*\) . (\d+) .*/s, '$1');

/** On Windows a process keeps the number of a parent that is gone. */
const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch ({ code }) {
    return code !== 'ESRCH';
  }
};

/**
 * Ends a script that npm has started when npm ends. A signal reaches only the shell that npm starts scripts with, and
 * not every shell hands it on: the script would serve on without anybody knowing. What was started directly, as by
 * systemd, nohup, setsid or a container, outlives whoever started it. `script` is what package.json says.
 */
export const endWithNpm = (script) => {
  if (!process.env.npm_lifecycle_script?.includes(script)) return;
  const parent = process.ppid;
  const isShell = ofProcess(parent, 'cmdline')?.includes(script);
  const npm = isShell ? parentOf(parent) : undefined;
  const isGone = () => process.ppid !== parent || !isAlive(parent) || (isShell && parentOf(parent) !== npm);
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    // While packages are still being installed or compiled, nobody listens and there is nothing to put in order.
    if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(143);
  }, LOOK_EVERY_MS);
  timer.unref();
};
