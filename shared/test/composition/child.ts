import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../src/testing/eventually.js';

/** A Node process that a test started, with all it has written. */
export interface Child {
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** What it sees when the process that started it is gone. */
  leave(): void;
  /** The exit code; `null` when a signal ended it. */
  exit(): Promise<number | null>;
  /** The port it says in its log that it serves on. */
  port(): Promise<number>;
}

/** Runs the compiled script beside the calling test, with these environment variables and no others. */
export const startChild = (script: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Child => {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  // Not `close`: that is not told once the channel was left from this side.
  const ends = [child.stdout, child.stderr].map((stream) => (stream === null ? undefined : once(stream, 'end')));
  const exited = Promise.all([once(child, 'exit'), ...ends]).then(([[code]]) => code as number | null);
  return {
    output: () => text,
    signal: (signal) => void child.kill(signal),
    leave: () => child.disconnect(),
    exit: () => exited,
    port: () => eventually(() => /"port":(\d+),"msg":"ready"/.exec(text)?.[1]).then(Number),
  };
};
