import { expect } from 'chai';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { openStore } from '../src/storage/store.js';
import { describeEmbedded, withServer } from './test-server.js';

const cli = fileURLToPath(new URL('../src/cli.js', import.meta.url));

interface Outcome {
  code: number;
  output: string;
}

function run(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

describeEmbedded('the tools', () => {
  const server = withServer();
  const cleanUp: (() => unknown)[] = [];
  let scratch: string;
  afterEach(async () => {
    for (const undo of cleanUp.splice(0)) await undo();
  });
  before(() => void (scratch = mkdtempSync(join(tmpdir(), 'embedded-mongo-tools-'))));
  after(() => rmSync(scratch, { recursive: true, force: true }));

  it('back up a directory that is being served and written to, restore it elsewhere and verify both', async () => {
    const items = server.fresh<{ _id: number; pair: number }>();
    await items.createIndexes([{ key: { pair: 1 } }]);
    await items.insertMany(Array.from({ length: 500 }, (_, n) => ({ _id: n, pair: n })));
    let writing = true as boolean;
    const writer = (async () => {
      for (let n = 500; writing; n++) await items.insertOne({ _id: n, pair: n });
    })();
    const backup = join(scratch, 'backups', 'one.mdb');
    expect(await run('backup', '--data', server.dataDir, '--to', backup)).to.include({ code: 0 });
    writing = false;
    await writer;
    expect((await run('verify', '--data', server.dataDir)).output).to.match(/^sound/);
    expect((await run('verify', '--data', backup)).output).to.match(/^sound/);
    const restored = join(scratch, 'restored');
    expect(await run('restore', '--from', backup, '--data', restored)).to.include({ code: 0 });
    const { startEmbeddedMongo } = await import('../src/index.js');
    const mongo = await startEmbeddedMongo({ dataDir: restored });
    const client = await new MongoClient(mongo.url).connect();
    const again = client.db('test').collection(items.collectionName);
    const count = await again.countDocuments();
    expect(count)
      .to.be.at.least(500)
      .and.at.most(await items.countDocuments());
    // One moment's view: the n-th is there only if all before it are.
    expect((await again.find().sort({ pair: -1 }).limit(1).toArray())[0]?.pair).to.equal(count - 1);
    await client.close();
    await mongo.stop();
  });

  const openOnes = (folder: string): string[] =>
    ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].filter((path) => (statSync(join(folder, path)).mode & 0o077) !== 0);

  it('when a directory is served, backed up and restored, then every folder and file is for its owner only', async () => {
    const top = join(scratch, 'private');
    const { startEmbeddedMongo } = await import('../src/index.js');
    const mongo = await startEmbeddedMongo({ dataDir: join(top, 'mongo') });
    cleanUp.push(() => mongo.stop());
    const client = await new MongoClient(mongo.url).connect();
    cleanUp.unshift(() => client.close());
    await client.db('test').collection('items').insertOne({ secret: true });
    expect(await run('backup', '--data', join(top, 'mongo'), '--to', join(top, 'backups', 'one.mdb'))).to.include({ code: 0 });
    chmodSync(join(top, 'backups', 'one.mdb'), 0o644);
    expect(await run('restore', '--from', join(top, 'backups', 'one.mdb'), '--data', join(top, 'again'))).to.include({ code: 0 });
    chmodSync(join(top, 'backups', 'one.mdb'), 0o600);
    expect(openOnes(top)).to.deep.equal([]);
  });

  it('when a directory of an earlier version is served, then it is closed and one warning says what was open', async () => {
    const dataDir = join(scratch, 'earlier');
    const { startEmbeddedMongo } = await import('../src/index.js');
    await (await startEmbeddedMongo({ dataDir })).stop();
    chmodSync(dataDir, 0o755);
    chmodSync(join(dataDir, 'data.mdb'), 0o644);
    const child = spawn(process.execPath, [cli, '--data', dataDir, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
    cleanUp.push(() => child.kill('SIGKILL'));
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    await once(child.stdout, 'data');
    expect(openOnes(dataDir)).to.deep.equal([]);
    child.kill('SIGTERM');
    await once(child, 'close');
    const warnings = Buffer.concat(errors)
      .toString()
      .match(/Other users.*/g);
    expect(warnings).to.have.length(1);
    expect(warnings?.[0]).to.contain('earlier (755)').and.to.contain('data.mdb (644)');
  });

  it('refuse to overwrite a backup or a directory that holds data', async () => {
    const backup = join(scratch, 'two.mdb');
    await run('backup', '--data', server.dataDir, '--to', backup);
    expect(await run('backup', '--data', server.dataDir, '--to', backup)).to.deep.include({ code: 1 });
    expect((await run('restore', '--from', backup, '--data', server.dataDir)).output).to.match(/in use|holds data already/);
    expect((await run('restore', '--from', cli, '--data', join(scratch, 'three'))).output).to.match(/is damaged/);
    expect(existsSync(join(scratch, 'three', 'data.mdb'))).to.equal(false);
  });

  it('verify finds an index entry that is missing, one too many and a wrong count', async () => {
    const items = server.fresh<{ _id: number; n: number }>();
    await items.createIndexes([{ key: { n: 1 } }]);
    await items.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const backup = join(scratch, 'spoilt.mdb');
    const spoilt = join(scratch, 'spoilt');
    await run('backup', '--data', server.dataDir, '--to', backup);
    await run('restore', '--from', backup, '--data', spoilt);
    const store = openStore(spoilt);
    const [last] = [...store.index.getKeys({ reverse: true, limit: 1 })];
    if (last) await store.index.remove(last);
    await store.root.close();
    const { code, output } = await run('verify', '--data', spoilt);
    expect(code).to.equal(1);
    expect(output)
      .to.match(/is missing from index n_1/)
      .and.match(/should hold 2 entries, found 1/)
      .and.match(/NOT sound/);
  });

  it('end when they are told to, also while the channel to their parent is open', async () => {
    const child = spawn(process.execPath, [cli, '--data', join(scratch, 'told'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    cleanUp.push(() => child.kill('SIGKILL'));
    await once(child.stdout as Readable, 'data');
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await gone).to.deep.equal([0, null]);
  });

  it('say what is wrong with their arguments', async () => {
    expect(await run('backup', '--data', server.dataDir)).to.deep.include({ code: 1 });
    expect((await run('nonsense')).output).to.match(/unknown command nonsense/);
    expect((await run('verify', '--data', join(scratch, 'nothing'))).output).to.match(/holds no embedded-mongo data/);
  });
});
