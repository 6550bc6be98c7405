import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY = /Riparo is ready on http:\/\/localhost:(\d+)/;
const KEPT_OUTPUT = 40_000;

/** A started script of `scripts/`, with its output and the signal that it serves. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves with the printed port; rejects with the output when the process ends first. */
  readonly ready: Promise<number>;
  output(): string;
}

/** `root`: the tree whose script it is; this one unless another build is to be looked at. */
export const startScript = (script: string, env: Readonly<Record<string, string>>, root = ROOT): Started => {
  const child = spawn(process.execPath, [script], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ready = new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-KEPT_OUTPUT);
      const port = READY.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code, signal) => {
      reject(new Error(`${script} ended (${signal ?? String(code)}) before it was ready:\n${output}`));
    });
  });
  // Whoever waits for it sees the rejection; of a process that is killed meanwhile it is only a part of the output.
  ready.catch((error: unknown) => {
    output += String(error);
  });
  return { child, ready, output: () => output };
};

/** Sends the signal and waits for the process to be gone; answers its exit code, `null` when a signal ended it. */
export const endProcess = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
};
