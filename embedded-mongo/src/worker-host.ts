import { Worker } from 'node:worker_threads';
import type { ServerOptions } from './options.js';
import type { RunningServer } from './server.js';
import type { WorkerMessage } from './worker.js';

export interface WorkerServer extends RunningServer {
  exited: Promise<Error | undefined>;
}

/** Starts the server in a thread of its own and waits until it listens. */
export async function runInWorker(options: ServerOptions, onFault: (error: Error) => void): Promise<WorkerServer> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options });
  let stopping = false;
  let death: Error | undefined;
  worker.on('error', (error: unknown) => (death = error instanceof Error ? error : new Error(String(error))));
  const exited = new Promise<Error | undefined>((resolve) => {
    worker.once('exit', (code) => resolve(stopping ? undefined : (death ?? new Error(`embedded-mongo ended unexpectedly (code ${code})`))));
  });
  const port = await new Promise<number>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'ready') resolve(message.port);
      if (message.type === 'failed') death = new Error(message.message);
      if (message.type === 'fault') onFault(Object.assign(new Error(message.message), { stack: message.stack }));
    });
    void exited.then((error) => reject(error ?? new Error('embedded-mongo ended while starting')));
  });
  return {
    port,
    exited,
    stop: async () => {
      if (!stopping) worker.postMessage('stop');
      stopping = true;
      await exited;
    },
  };
}
