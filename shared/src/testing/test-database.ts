import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from 'embedded-mongo';
import type { Connection } from 'mongoose';
import { connectMongo } from '../persistence/connection.js';
import { readTestConfig } from './config.js';

interface TestServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The shortest limit of usual systems for the path of a socket. */
const LONGEST_SOCKET_PATH = 100;

/** A socket takes a fifth less of a core than TCP for what tests ask of a database; where there can be none it is TCP. */
const socketIn = (folder: string): { readonly socketPath?: string } => {
  const socketPath = join(folder, 'mongo.sock');
  return process.platform === 'win32' || socketPath.length > LONGEST_SOCKET_PATH ? {} : { socketPath };
};

const startServer = async (): Promise<TestServer> => {
  const { mongoUrl } = readTestConfig();
  if (mongoUrl !== undefined) return { url: mongoUrl, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'riparo-test-mongo-'));
  const server = await startEmbeddedMongo({ dataDir, port: 0, worker: true, ...socketIn(dataDir) });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

// One server for all test files of a mocha process: to start one per test would take most of a run's time. Each test
// gets a new database, so that tests cannot disturb each other.
let server: Promise<TestServer> | undefined;
after(async () => {
  await (await server)?.stop();
});

/** The address of this mocha process's database server. */
export const testMongoUrl = async (): Promise<string> => (await (server ??= startServer())).url;

/** A connection to a new database that no other test uses. */
export const connectTestDatabase = async (): Promise<Connection> =>
  connectMongo({ url: await testMongoUrl(), database: `test_${randomUUID().replaceAll('-', '')}`, maxPoolSize: 10, monitorCommands: true });
