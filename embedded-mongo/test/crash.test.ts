import { expect } from 'chai';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.js';
import { describeEmbedded, errorOf, startProcess } from './test-server.js';

/** How often the writer is killed; raise it for a long run. */
const ROUNDS = Number(process.env.EMBEDDED_MONGO_CRASHES ?? 4);

interface Item {
  _id: string;
  version: number;
  group: number;
}

/** What the checker knows: the version of each document that was acknowledged, or that it is gone. */
class Ledger {
  readonly acknowledged = new Map<string, number>();
  /** Written but not answered: either outcome is right. */
  readonly pending = new Map<string, number>();
  private next = 0;

  async work(items: Collection<Item>, stop: () => boolean): Promise<void> {
    while (!stop()) {
      const _id = Math.random() < 0.5 ? `i${this.next++}` : `i${Math.floor(Math.random() * this.next)}`;
      if (this.pending.has(_id)) continue;
      const version = (this.acknowledged.get(_id) ?? 0) + 1;
      this.pending.set(_id, version);
      try {
        await items.updateOne({ _id }, { $set: { version, group: version % 7 } }, { upsert: true });
      } catch {
        // Killed: what became of this one is not known.
        return;
      }
      this.acknowledged.set(_id, version);
      this.pending.delete(_id);
    }
  }

  async check(items: Collection<Item>): Promise<void> {
    const found = new Map((await items.find().toArray()).map(({ _id, version }) => [_id, version]));
    for (const [id, version] of this.acknowledged) {
      const now = found.get(id);
      if (this.pending.has(id)) expect(now, id).to.be.oneOf([version, this.pending.get(id)]);
      else expect(now, id).to.equal(version);
      this.acknowledged.set(id, now ?? 0);
    }
    for (const id of found.keys()) expect(this.acknowledged.has(id) || this.pending.has(id), id).to.equal(true);
    for (const id of this.pending.keys()) {
      const now = found.get(id);
      if (now === undefined) this.acknowledged.delete(id);
      else this.acknowledged.set(id, now);
    }
    this.pending.clear();
  }
}

describeEmbedded('crashes', () => {
  let root: string;
  before(() => void (root = mkdtempSync(join(tmpdir(), 'embedded-mongo-crash-'))));
  after(() => rmSync(root, { recursive: true, force: true }));

  const validate = async (client: MongoClient): Promise<unknown> =>
    (await client.db('crash').command({ validate: 'items' })).valid as unknown;

  it(`keeps every acknowledged write and sound indexes when killed ${ROUNDS} times`, async function () {
    this.timeout(60_000 + ROUNDS * 20_000);
    const dataDir = join(root, 'killed');
    const ledger = new Ledger();
    for (let round = 0; round <= ROUNDS; round++) {
      const { child, url } = await startProcess(dataDir);
      const client = await new MongoClient(url).connect();
      const items = client.db('crash').collection<Item>('items');
      await ledger.check(items);
      if (round > 0) expect(await validate(client)).to.equal(true);
      await items.createIndexes([{ key: { group: 1, version: -1 } }, { key: { version: 1 } }]);
      let acknowledged = 0;
      const target = 20 + Math.floor(Math.random() * 150);
      const lanes = Array.from({ length: 8 }, () => ledger.work(items, () => ++acknowledged > target && !child.kill('SIGKILL')));
      // Closing ends those that still look for the server.
      const ended = once(child, 'exit').then(() => client.close());
      await Promise.all(lanes);
      child.kill('SIGKILL');
      await ended;
    }
    expect(ledger.acknowledged.size).to.be.greaterThan(20);
  });

  it('a copy of the data file taken during load opens soundly', async () => {
    const dataDir = join(root, 'copied');
    const mongo = await startEmbeddedMongo({ dataDir });
    const client = await new MongoClient(mongo.url).connect();
    const items = client.db('crash').collection<Item>('items');
    await items.createIndexes([{ key: { group: 1 } }]);
    const ledger = new Ledger();
    let copied = false;
    const lanes = Array.from({ length: 8 }, () => ledger.work(items, () => copied));
    for (let n = 0; n < 3; n++) {
      await items.insertOne({ _id: `mark${n}`, version: 1, group: 1 });
      const copy = join(root, `copy${n}`);
      mkdirSync(copy);
      copyFileSync(join(dataDir, 'data.mdb'), join(copy, 'data.mdb'));
      const other = await startEmbeddedMongo({ dataDir: copy });
      const reader = await new MongoClient(other.url).connect();
      expect(await validate(reader)).to.equal(true);
      expect(
        await reader
          .db('crash')
          .collection('items')
          .countDocuments({ _id: `mark${n}` as never }),
      ).to.equal(1);
      await reader.close();
      await other.stop();
    }
    copied = true;
    await Promise.all(lanes);
    await client.close();
    await mongo.stop();
  });

  describe('a damaged file is refused, not repaired', () => {
    const damages: [string, (file: string) => void][] = [
      ['cut off', (file) => truncateSync(file, 8192 * 6)],
      ['cut to nothing useful', (file) => truncateSync(file, 100)],
      [
        'overwritten at its beginning',
        (file) => writeFileSync(file, Buffer.concat([Buffer.alloc(8192, 0xab), readFileSync(file).subarray(8192)])),
      ],
    ];
    for (const [what, damage] of damages) {
      it(what, async () => {
        const dataDir = mkdtempSync(join(root, 'damaged-'));
        const mongo = await startEmbeddedMongo({ dataDir });
        const client = await new MongoClient(mongo.url).connect();
        await client
          .db('crash')
          .collection('items')
          .insertMany(Array.from({ length: 2000 }, (_, n) => ({ n, text: 'x'.repeat(200) })));
        await client.close();
        await mongo.stop();
        const file = join(dataDir, 'data.mdb');
        damage(file);
        const damaged = readFileSync(file);
        expect((await errorOf(startEmbeddedMongo({ dataDir }))).message).to.match(/is damaged/);
        expect(readFileSync(file).equals(damaged)).to.equal(true);
        // It is not held any more either.
        expect((await errorOf(startEmbeddedMongo({ dataDir }))).message).to.match(/is damaged/);
      });
    }
  });

  it('refuses writes loudly when the disk is full, keeps what it answered and goes on reading', async () => {
    const dataDir = join(root, 'full');
    // A limit on the size of files stands in for a full disk: the kernel refuses to write further in the same way.
    const { child, url } = await startProcess(dataDir, ['bash', '-c', 'ulimit -f 4096; exec "$@"', 'bash']);
    const client = await new MongoClient(url, { socketTimeoutMS: 5000, serverSelectionTimeoutMS: 2000 }).connect();
    const items = client.db('crash').collection<Item & { filler: string }>('items');
    const filler = 'x'.repeat(100_000);
    let acknowledged = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        await items.insertOne({ _id: `f${acknowledged}`, version: 1, group: 1, filler });
        acknowledged++;
      }
    };
    const error = await errorOf(fill());
    expect(error.message).to.match(/disk is full/);
    expect(error).to.include({ code: 14031 });
    expect(acknowledged).to.be.greaterThan(5);
    expect(await items.countDocuments()).to.equal(acknowledged);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await client.close();
    await exited;
    const mongo = await startEmbeddedMongo({ dataDir });
    const again = await new MongoClient(mongo.url).connect();
    expect(await again.db('crash').collection('items').countDocuments()).to.equal(acknowledged);
    expect(await validate(again)).to.equal(true);
    await again.close();
    await mongo.stop();
  });
});
