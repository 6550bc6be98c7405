#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from './index.js';
import { backupCommand, restoreCommand, verifyCommand } from './data-commands.js';

const usage = `embedded-mongo [--data DIR] [--port N] [--host ADDRESS --allow-remote] [--socket PATH]
    serves DIR (default ./data) until SIGINT or SIGTERM
embedded-mongo backup  --data DIR --to FILE    copies a directory's data, also while it is served
embedded-mongo restore --from FILE --data DIR  puts a backup into a directory that holds no data
embedded-mongo verify  --data DIR              checks every document and every index entry`;

const options = {
  data: { type: 'string', default: './data' },
  port: { type: 'string', default: '27017' },
  host: { type: 'string' },
  socket: { type: 'string' },
  'allow-remote': { type: 'boolean', default: false },
  to: { type: 'string' },
  from: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];

function read(): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  return parseArgs({ options, allowPositionals: true });
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`--${name} is required\n\n${usage}`);
  return value;
}

async function serve(values: Values): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`--port ${values.port} is no port`);
  const server = await startEmbeddedMongo({
    dataDir: values.data,
    port,
    allowRemote: values['allow-remote'],
    // A process of its own needs no second thread.
    worker: false,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.socket === undefined ? {} : { socketPath: values.socket }),
  });
  const stop = (): void => void server.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  // Started by a process that is gone: nobody else would stop this one.
  if (process.connected) process.once('disconnect', stop);
  process.stdout.write(`embedded-mongo is ready on ${server.url}\n`);
  await server.exited;
  // Whoever listens to the channel is kept running by it.
  process.off('disconnect', stop);
}

async function main(): Promise<void> {
  // Whatever this process writes is for its user only.
  process.umask(0o077);
  const { values, positionals } = read();
  const [command] = positionals;
  if (values.help) process.stdout.write(`${usage}\n`);
  else if (command === undefined) await serve(values);
  else if (command === 'backup') await backupCommand(values.data, needed(values.to, 'to'));
  else if (command === 'restore') await restoreCommand(needed(values.from, 'from'), values.data);
  else if (command === 'verify') process.exitCode = (await verifyCommand(values.data)) ? 0 : 1;
  else throw new Error(`unknown command ${command}\n\n${usage}`);
}

main().catch((error: unknown) => {
  process.stderr.write(`embedded-mongo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
