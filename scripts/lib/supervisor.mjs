import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './workspace.mjs';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_AFTER_MS = 30_000;
const STOP_WITHIN_MS = 12_000;

/** JSON lines already name their service and are printed as `format` has them; anything else gets its name in front. */
const passThrough = (name, stream, out, format) =>
  createInterface({ input: stream }).on('line', (line) => out.write(line.startsWith('{') ? format(line) : `[${name}] ${line}\n`));

/**
 * Keeps processes running: one that ends by itself is started again after a pause that grows with each quick death.
 * `onChange` is called whenever a pid has changed; `format` makes of a JSON line what is printed, its end of line included.
 */
export const createSupervisor = ({ say, onChange, format }) => {
  const children = new Map();
  let stopping = false;

  const launch = (child) => {
    const startedAt = Date.now();
    const running = spawn(process.execPath, child.args, { cwd: root, env: child.env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    // The channel carries nothing: that it ends tells the process that its supervisor is gone.
    passThrough(child.name, running.stdout, process.stdout, format);
    passThrough(child.name, running.stderr, process.stderr, format);
    child.process = running;
    running.on('exit', (code, signal) => {
      child.process = undefined;
      if (stopping) return;
      if (Date.now() - startedAt > STEADY_AFTER_MS) child.deaths = 0;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** child.deaths++, LONGEST_PAUSE_MS);
      say(`${child.name} ended (${signal ?? `exit code ${code}`}); starting it again in ${pause} ms`);
      child.timer = setTimeout(() => launch(child), pause);
      onChange();
    });
    onChange();
  };

  const stopOne = (child) =>
    new Promise((resolve) => {
      clearTimeout(child.timer);
      const running = child.process;
      if (!running) return resolve();
      const timer = setTimeout(() => {
        say(`${child.name} did not stop within ${STOP_WITHIN_MS / 1000} s: killed`);
        running.kill('SIGKILL');
      }, STOP_WITHIN_MS);
      running.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      running.kill('SIGTERM');
    });

  return {
    /** `args` are Node's: the script and its arguments. */
    start: (name, args, env) => {
      const child = { name, args, env: { ...process.env, ...env }, deaths: 0 };
      children.set(name, child);
      launch(child);
    },
    /** `{ name: pid }` of what runs now. */
    pids: () =>
      Object.fromEntries([...children].filter(([, { process: running }]) => running).map(([name, child]) => [name, child.process.pid])),
    /** Stops everything, group by group: those of one group at once, the next when they are gone. */
    stop: async (groups) => {
      stopping = true;
      for (const names of groups) await Promise.all(names.map((name) => stopOne(children.get(name))));
    },
    names: () => [...children.keys()],
  };
};
