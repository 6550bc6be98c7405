import { expect } from 'chai';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.js';
import { withSeed } from './seeded.js';
import { describeEmbedded, errorOf, kill } from './test-server.js';

const cli = fileURLToPath(new URL('../src/cli.js', import.meta.url));
const otherProcessNumbers = ['unshare', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'];

interface Starting {
  child: ChildProcess;
  /** The address it serves on, or what it said when it ended without. */
  outcome: Promise<string>;
}

function start(dataDir: string, wrapper: readonly string[] = []): Starting {
  const [command, ...args] = [...wrapper, process.execPath, cli, '--port', '0', '--data', dataDir];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const outcome = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const [url] = /mongodb:\S+/.exec(said) ?? [];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('close', () => resolve(said));
  });
  return { child, outcome };
}

describeEmbedded('the lock of a data directory', () => {
  let root: string;
  let dataDir: string;
  const started: Starting[] = [];
  const begin = (...args: Parameters<typeof start>): Starting => {
    started.push(start(...args));
    return started.at(-1) as Starting;
  };
  before(() => void (root = mkdtempSync(join(tmpdir(), 'embedded-mongo-lock-'))));
  beforeEach(() => void (dataDir = mkdtempSync(join(root, 'data-'))));
  afterEach(() => Promise.all(started.splice(0).map(({ child }) => kill(child))));
  after(() => rmSync(root, { recursive: true, force: true }));

  it('when a server has the directory, then another one is refused until it stops, also in the same process', async () => {
    const mongo = await startEmbeddedMongo({ dataDir });
    expect(await begin(dataDir).outcome).to.include(`in use by process ${process.pid}`);
    expect((await errorOf(startEmbeddedMongo({ dataDir }))).message).to.include('in use');
    await mongo.stop();
    expect(await begin(dataDir).outcome).to.match(/^mongodb:/);
  });

  it('when a server was killed and nobody has asked for its exit yet, then the next one starts', async () => {
    // The shell becomes a program that never waits for its children.
    const shell = spawn('bash', ['-c', '"$@" & echo $!; exec sleep 600', 'bash', process.execPath, cli, '--port', '0', '--data', dataDir]);
    started.push({ child: shell, outcome: Promise.resolve('') });
    let said = '';
    shell.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    while (!said.includes('mongodb:')) await once(shell.stdout, 'data');
    const pid = Number.parseInt(said, 10);
    process.kill(pid, 'SIGKILL');
    const mongo = await startEmbeddedMongo({ dataDir });
    expect(process.kill(pid, 0)).to.equal(true);
    await mongo.stop();
  });

  it('when a server has the directory, then one that does not see its process is refused', async function () {
    const [command = '', ...args] = otherProcessNumbers;
    if (spawnSync(command, [...args, 'true']).status !== 0) this.skip();
    const first = begin(dataDir, otherProcessNumbers);
    expect(await first.outcome).to.match(/^mongodb:/);
    expect((await errorOf(startEmbeddedMongo({ dataDir }))).message).to.include('in use');
    expect(await begin(dataDir, otherProcessNumbers).outcome).to.include('in use');
    await kill(first.child);
    expect(await begin(dataDir, otherProcessNumbers).outcome).to.match(/^mongodb:/);
  });

  it('when an earlier version has the directory, which the file alone tells, then a server is refused until that one is gone', async () => {
    const { child, outcome } = begin(mkdtempSync(join(root, 'other-')));
    await outcome;
    const { pid } = child;
    writeFileSync(join(dataDir, 'embedded-mongo.lock'), JSON.stringify({ pid }));
    expect((await errorOf(startEmbeddedMongo({ dataDir }))).message).to.include(`in use by process ${String(pid)}`);
    await kill(child);
    await (await startEmbeddedMongo({ dataDir })).stop();
  });

  it('when several start at once and are killed at random, then one of them serves and no answered write is lost', () =>
    withSeed(async (random) => {
      let answered = 0;
      for (let round = 0; round < 2; round++) {
        const several = [begin(dataDir), begin(dataDir), begin(dataDir)];
        const url = await Promise.any(
          several.map(({ outcome }) => outcome.then((text) => (text.startsWith('mongodb:') ? text : Promise.reject(new Error(text))))),
        );
        const client = await new MongoClient(url, { serverSelectionTimeoutMS: 1000 }).connect();
        const items = client.db('test').collection<{ _id: number }>('items');
        expect(await items.countDocuments()).to.be.within(answered, answered + 1);
        answered = await items.countDocuments();
        for (const until = answered + 5 + random(20); answered < until; answered++) await items.insertOne({ _id: answered });
        const outcomes = await Promise.all(several.map(({ outcome }) => outcome));
        expect(outcomes.filter((text) => text.includes('in use'))).to.have.length(2);
        const writing = errorOf(
          items
            .insertOne({ _id: answered })
            .then(() => answered++)
            .then(() => Promise.reject(new Error('written'))),
        );
        for (const { child } of several) child.kill('SIGKILL');
        await writing;
        await client.close();
      }
    }));
});
