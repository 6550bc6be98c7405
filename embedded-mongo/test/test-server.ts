import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Collection, type Db, type Document, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from '../src/index.js';

/** A real MongoDB to run the behaviour tables on instead of the embedded one: they say what MongoDB does. */
const realUrl = process.env.TEST_MONGO_URL;

/** A suite about this server's own process, plans or limits, which says nothing about another server. */
export const describeEmbedded = (title: string, body: (this: Mocha.Suite) => void): void => {
  if (realUrl === undefined) describe(title, body);
};

/** The same for a single test in a suite of which the rest holds for any server. */
export const itEmbedded = (title: string, body: (this: Mocha.Context) => Promise<unknown>): void => {
  if (realUrl === undefined) it(title, body);
};

/** Refusals of which the last entry is the code; with 238 this server refuses what MongoDB can do. */
export function onThisServer<Row extends readonly unknown[]>(rows: readonly Row[]): readonly Row[] {
  return realUrl === undefined ? rows : rows.filter((row) => !row.includes(238));
}

export interface TestServer {
  dataDir: string;
  url: string;
  client: MongoClient;
  db: Db;
  /** A collection nobody else uses. */
  fresh<T extends Document = Document>(): Collection<T>;
  /** Ends the server and starts it on the same data; with a real one only the client begins anew. */
  restart(): Promise<void>;
}

async function startServer(dataDir: string, options: Partial<EmbeddedMongoOptions>): Promise<Pick<EmbeddedMongo, 'url' | 'stop'>> {
  if (realUrl !== undefined) return { url: realUrl, stop: () => Promise.resolve() };
  return startEmbeddedMongo({ dataDir, ...options });
}

/** Connects to a server of this file's own, or to a database of its own on a real one, and cleans up afterwards. */
export function withServer(options: Partial<EmbeddedMongoOptions> = {}, clientOptions: MongoClientOptions = {}): TestServer {
  const server = {} as TestServer;
  const dbName = realUrl === undefined ? 'test' : `test_${randomUUID()}`;
  let running: Pick<EmbeddedMongo, 'url' | 'stop'>;
  let collections = 0;
  const start = async (): Promise<void> => {
    running = await startServer(server.dataDir, options);
    server.url = running.url;
    server.client = await new MongoClient(server.url, { serverSelectionTimeoutMS: 3000, ...clientOptions }).connect();
    server.db = server.client.db(dbName);
  };
  const stop = async (): Promise<void> => {
    await server.client.close();
    await running.stop();
  };
  server.fresh = <T extends Document>() => server.db.collection<T>(`c${++collections}`);
  server.restart = async () => {
    await stop();
    await start();
  };
  before(async function () {
    this.timeout(30_000);
    server.dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
    await start();
  });
  after(async function () {
    this.timeout(30_000);
    if (realUrl !== undefined) await server.db.dropDatabase();
    await stop();
    rmSync(server.dataDir, { recursive: true, force: true });
  });
  return server;
}

/** The error a promise ends with; fails if it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<Error & { code?: number; keyPattern?: unknown; keyValue?: unknown }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected an error');
}

const writerProcess = fileURLToPath(new URL('./writer-process.js', import.meta.url));

/** A server as a process of its own, to be killed; `wrapper` is a command that starts it. */
export async function startProcess(dataDir: string, wrapper: string[] = []): Promise<{ child: ChildProcess; url: string }> {
  const command = [...wrapper, process.execPath, writerProcess, dataDir];
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
