import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Collection, type Db, type Document, MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, type EmbeddedMongoOptions, startEmbeddedMongo } from '../src/index.js';

export interface TestServer {
  dataDir: string;
  mongo: EmbeddedMongo;
  client: MongoClient;
  db: Db;
  /** A collection nobody else uses. */
  fresh<T extends Document = Document>(): Collection<T>;
  restart(): Promise<void>;
}

/** Starts a server on a directory of its own before the tests of a file and removes both afterwards. */
export function withServer(options: Partial<EmbeddedMongoOptions> = {}, clientOptions: MongoClientOptions = {}): TestServer {
  const server = {} as TestServer;
  let collections = 0;
  const start = async (): Promise<void> => {
    server.mongo = await startEmbeddedMongo({ dataDir: server.dataDir, ...options });
    server.client = await new MongoClient(server.mongo.url, { serverSelectionTimeoutMS: 3000, ...clientOptions }).connect();
    server.db = server.client.db('test');
  };
  const stop = async (): Promise<void> => {
    await server.client.close();
    await server.mongo.stop();
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
