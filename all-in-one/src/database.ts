import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import type { AllInOneConfig } from './config.js';

/** Where the services' databases are. */
export interface Database {
  readonly url: string;
  stop(): Promise<void>;
  /** Resolves with the reason if the embedded server ends by itself. */
  readonly failed: Promise<Error>;
}

/**
 * A socket in a directory of its own that only this user may enter: cheaper than TCP, and closed to others of the machine.
 * Not in the data directory, which may lie on a volume that holds no sockets or have too long a path for one.
 */
const makeSocketDirectory = async (): Promise<string | undefined> =>
  process.platform === 'win32' ? undefined : mkdtemp(join(tmpdir(), 'riparo-'));

const never = new Promise<Error>(() => undefined);

/** The server that `MONGO_URL` names, or the embedded one in a worker thread. */
export const openDatabase = async ({ MONGO_URL, DATA_DIR }: AllInOneConfig): Promise<Database> => {
  if (MONGO_URL !== undefined) return { url: MONGO_URL, stop: () => Promise.resolve(), failed: never };
  const directory = await makeSocketDirectory();
  const socket = directory === undefined ? {} : { socketPath: join(directory, 'mongo.sock') };
  const cleanUp = async (): Promise<void> => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  const server = await startEmbeddedMongo({ dataDir: join(DATA_DIR, 'mongo'), ...socket }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const failed = server.exited.then((error) => error ?? never);
  return { url: server.url, stop: () => server.stop().finally(cleanUp), failed };
};
