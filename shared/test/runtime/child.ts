import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '../../src/testing/eventually.js';

/** A Node process that a test started, with all it has written. */
export interface Child {
  output(): string;
  signal(signal: NodeJS.Signals): void;
  /** The exit code; `null` when a signal ended it. */
  exit(): Promise<number | null>;
  /** The port it says in its log that it serves on. */
  port(): Promise<number>;
}

/** Runs the compiled script beside the calling test, with these environment variables and no others. */
export const startChild = (script: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Child => {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    output: () => text,
    signal: (signal) => void child.kill(signal),
    exit: () => exited,
    port: () => eventually(() => /"port":(\d+),"msg":"ready"/.exec(text)?.[1], { withinMs: 15_000 }).then(Number),
  };
};
