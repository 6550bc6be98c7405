import { parentPort, workerData } from 'node:worker_threads';
import type { ServerOptions } from './options.js';
import { runServer } from './server.js';

/** What the worker tells its host. */
export type WorkerMessage =
  | { type: 'ready'; port: number }
  | { type: 'failed'; message: string }
  | { type: 'fault'; message: string; stack: string | undefined }
  | { type: 'stopped' };

const port = parentPort;
if (!port) throw new Error('this file runs only as a worker thread of embedded-mongo');
const tell = (message: WorkerMessage): void => port.postMessage(message);

try {
  const server = await runServer(workerData as ServerOptions, (error) =>
    tell({ type: 'fault', message: error.message, stack: error.stack }),
  );
  port.once('message', () => {
    void server.stop().then(() => {
      tell({ type: 'stopped' });
      port.close();
    });
  });
  tell({ type: 'ready', port: server.port });
} catch (error) {
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  port.close();
}
