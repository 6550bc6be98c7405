import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import type { AllInOneConfig } from './config.js';

/** The server with the services' databases. */
export interface Database {
  readonly url: string;
  stop(): Promise<void>;
  /** Resolves with the reason when the embedded server ends by itself. */
  readonly failed: Promise<Error>;
}

/**
 * Makes a directory for the database's socket that only this user may enter. A socket is cheaper than TCP, and other
 * users of the machine cannot reach it. The data directory would not do: it may lie on a volume that holds no sockets,
 * or its path may be too long for a socket.
 */
const makeSocketDirectory = async (): Promise<string | undefined> =>
  process.platform === 'win32' ? undefined : mkdtemp(join(tmpdir(), 'riparo-'));

const never = new Promise<Error>(() => undefined);

/** Uses the server of `MONGO_URL`, or starts the embedded one in a worker thread. */
export const openDatabase = async ({ MONGO_URL, DATA_DIR }: AllInOneConfig, durable = true): Promise<Database> => {
  if (MONGO_URL !== undefined) return { url: MONGO_URL, stop: () => Promise.resolve(), failed: never };
  const directory = await makeSocketDirectory();
  const socket = directory === undefined ? {} : { socketPath: join(directory, 'mongo.sock') };
  const cleanUp = async (): Promise<void> => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  const server = await startEmbeddedMongo({ dataDir: join(DATA_DIR, 'mongo'), durable, ...socket }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const failed = server.exited.then((error) => error ?? never);
  return { url: server.url, stop: () => server.stop().finally(cleanUp), failed };
};
