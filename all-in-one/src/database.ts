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

const never = new Promise<Error>(() => undefined);

/** The server that `MONGO_URL` names, or the embedded one in a worker thread. */
export const openDatabase = async ({ MONGO_URL, DATA_DIR }: AllInOneConfig): Promise<Database> => {
  if (MONGO_URL !== undefined) return { url: MONGO_URL, stop: () => Promise.resolve(), failed: never };
  const server = await startEmbeddedMongo({ dataDir: join(DATA_DIR, 'mongo') });
  const failed = server.exited.then((error) => error ?? never);
  return { url: server.url, stop: () => server.stop(), failed };
};
