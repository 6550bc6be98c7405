import { spawn } from 'node:child_process';
import { root } from './workspace.mjs';

/** Commands with a time limit lead a process group of their own, which Ctrl-C does not reach. */
const groups = new Set();
const killGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};
process.once('exit', () => groups.forEach(killGroup));
const exitOnSignal = (signal) => process.once(signal, () => process.exit(130));

/**
 * Runs a command in the tree and resolves `{ code, output }` when it ends; never rejects for a failing command.
 * `capture` collects what it prints instead of passing it through; `timeoutMs` kills it and its children.
 */
export const run = (command, args, { capture = false, timeoutMs, env, cwd = root } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      detached: timeoutMs !== undefined,
    });
    if (timeoutMs !== undefined) {
      if (groups.size === 0) ['SIGINT', 'SIGTERM'].forEach(exitOnSignal);
      groups.add(child.pid);
    }
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const timer =
      timeoutMs &&
      setTimeout(() => {
        chunks.push(Buffer.from(`\nstill running after ${timeoutMs / 1000} s: killed\n`));
        killGroup(child.pid);
      }, timeoutMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      groups.delete(child.pid);
      resolve({ code: code ?? 1, signal, output: Buffer.concat(chunks).toString() });
    });
  });

/** As `run`, for steps nothing can go on without: ends this process when the command fails. */
export const runOrExit = async (command, args, options) => {
  const { code } = await run(command, args, options);
  if (code !== 0) {
    process.stderr.write(`\n${[command, ...args].join(' ')} failed with exit code ${code}.\n`);
    process.exit(code);
  }
};
