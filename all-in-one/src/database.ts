import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import type { AllInOneConfig } from './config.js';

/** Where the services' databases are. */
export interface Database {
  readonly url: string;
  stop(): Promise<void>;
  /** Resolves with the reason if the embedded server ends by itself. */
  readonly failed: Promise<Error>;
}

/** A longer path than this does not fit into a socket's address everywhere. */
const MAX_SOCKET_PATH = 100;

/** A socket in the data directory: cheaper than TCP, and closed to other users of the machine. `undefined` where there can be none. */
const socketIn = (directory: string): string | undefined => {
  const path = resolve(directory, 'mongo.sock');
  return process.platform === 'win32' || Buffer.byteLength(path) > MAX_SOCKET_PATH ? undefined : path;
};

const never = new Promise<Error>(() => undefined);

/** The server that `MONGO_URL` names, or the embedded one in a worker thread. */
export const openDatabase = async ({ MONGO_URL, DATA_DIR }: AllInOneConfig): Promise<Database> => {
  if (MONGO_URL !== undefined) return { url: MONGO_URL, stop: () => Promise.resolve(), failed: never };
  const socketPath = socketIn(DATA_DIR);
  await mkdir(DATA_DIR, { recursive: true });
  const server = await startEmbeddedMongo({ dataDir: join(DATA_DIR, 'mongo'), ...(socketPath === undefined ? {} : { socketPath }) });
  const failed = server.exited.then((error) => error ?? never);
  return { url: server.url, stop: () => server.stop(), failed };
};
