import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, type Document, MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.js';
import { describeEmbedded, errorOf, kill, startProcess, withServer } from './test-server.js';

const DOCUMENTS = 15_000;

async function fill(db: Db, name: string, duplicates = false): Promise<void> {
  for (let from = 0; from < DOCUMENTS; from += 5000) {
    const documents = Array.from({ length: 5000 }, (_, i) => ({ n: from + i, group: i % 10, text: 'x'.repeat(50) }));
    await db.collection(name).insertMany(documents);
  }
  if (duplicates) await db.collection(name).insertOne({ n: DOCUMENTS - 1, group: 1 });
}

interface Operation {
  progress: { done: number };
}

/** Resolves once a build has looked at some of the documents. */
async function underWay(db: Db): Promise<void> {
  for (;;) {
    const { inprog } = (await db.admin().command({ currentOp: 1, msg: /Index Build/ })) as unknown as { inprog: Operation[] };
    if (inprog.some(({ progress }) => progress.done > 0)) return;
  }
}

async function validate(db: Db, name: string): Promise<Document> {
  return db.command({ validate: name });
}

describeEmbedded('index builds', function () {
  // A limit for a machine that others use as well, not an expectation.
  this.timeout(120_000);
  const server = withServer();
  before(() => fill(server.db, 'large', true));

  it('an index that a second client asks for while it is built is there for both', async () => {
    const other = await new MongoClient(server.url).connect();
    const first = server.db.collection('large').createIndexes([{ key: { group: 1, n: 1 } }]);
    await underWay(server.db);
    await other
      .db('test')
      .collection('large')
      .createIndexes([{ key: { group: 1, n: 1 } }]);
    const plan = await other.db('test').collection('large').find({ group: 3 }).explain('queryPlanner');
    expect(JSON.stringify(plan)).to.include('IXSCAN');
    await first;
    await other.close();
    await server.db.collection('large').dropIndex('group_1_n_1');
  });

  it('a unique index over duplicates fails with 11000 and leaves nothing, not even the other indexes of the command', async () => {
    const items = server.db.collection('large');
    const failing = items.createIndexes([
      { key: { text: 1 }, name: 'innocent' },
      { key: { n: 1 }, name: 'unique', unique: true },
    ]);
    expect(await errorOf(failing)).to.include({ code: 11000 });
    expect((await items.indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
    await items.insertOne({ n: 5 });
    expect(await validate(server.db, 'large')).to.include({ valid: true });
  });

  it('writes during a build are in the index', async () => {
    const items = server.db.collection('large');
    const building = items.createIndexes([{ key: { n: -1 } }]);
    await underWay(server.db);
    await items.insertOne({ n: -1 });
    await items.deleteMany({ n: { $in: [0, DOCUMENTS - 2] } });
    await items.updateMany({ n: { $in: [10, DOCUMENTS - 10] } }, { $set: { n: -2 } });
    await building;
    expect(await items.find({ n: { $lt: 2 } }, { hint: { n: -1 } }).toArray()).to.have.length(4);
    expect(await validate(server.db, 'large')).to.include({ valid: true });
  });

  it('a build ends with an error when its collection is dropped meanwhile', async () => {
    await fill(server.db, 'dropped');
    const building = errorOf(server.db.collection('dropped').createIndexes([{ key: { n: 1 } }]));
    await underWay(server.db);
    await server.db.dropCollection('dropped');
    expect((await building).code).to.be.oneOf([26, 276]);
  });
});

describeEmbedded('what kill -9 interrupts', function () {
  this.timeout(120_000);
  let root: string;
  before(() => void (root = mkdtempSync(join(tmpdir(), 'embedded-mongo-interrupted-'))));
  after(() => rmSync(root, { recursive: true, force: true }));

  /** Fills a collection, kills the server in the middle of an operation and looks at the data from a new one. */
  async function interrupted(duplicates: boolean, begin: (db: Db) => Promise<unknown>, until: (db: Db) => Promise<void>): Promise<string> {
    const dataDir = mkdtempSync(join(root, 'data-'));
    const { child, url } = await startProcess(dataDir);
    const client = await new MongoClient(url, { serverSelectionTimeoutMS: 1000 }).connect();
    const db = client.db('crash');
    await fill(db, 'items', duplicates);
    const operation = errorOf(begin(db));
    await until(db);
    await kill(child);
    await operation;
    await client.close();
    return dataDir;
  }

  async function withRestarted(dataDir: string, check: (db: Db) => Promise<void>): Promise<void> {
    const mongo = await startEmbeddedMongo({ dataDir });
    const client = await new MongoClient(mongo.url).connect();
    try {
      await check(client.db('crash'));
    } finally {
      await client.close();
      await mongo.stop();
    }
  }

  const settled = async (db: Db): Promise<void> => {
    const builds = async (): Promise<number> => ((await db.admin().command({ currentOp: 1 })).inprog as unknown[]).length;
    while ((await builds()) > 0);
  };

  it('an index build is completed after the restart', async () => {
    const dataDir = await interrupted(false, (db) => db.collection('items').createIndexes([{ key: { group: 1, n: -1 } }]), underWay);
    await withRestarted(dataDir, async (db) => {
      await settled(db);
      expect((await db.collection('items').indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'group_1_n_-1']);
      expect(await db.collection('items').find({ group: 3 }, { hint: 'group_1_n_-1' }).toArray()).to.have.length(DOCUMENTS / 10);
      expect(await validate(db, 'items')).to.include({ valid: true });
    });
  });

  it('a unique index build over duplicates is absent after the restart', async () => {
    const create = (db: Db): Promise<string[]> => db.collection('items').createIndexes([{ key: { n: 1 }, unique: true }]);
    const dataDir = await interrupted(true, create, underWay);
    await withRestarted(dataDir, async (db) => {
      await settled(db);
      expect((await db.collection('items').indexes()).map(({ name }) => name)).to.deep.equal(['_id_']);
      expect(await validate(db, 'items')).to.include({ valid: true });
    });
  });

  it('a half-written $out leaves the target as it was and nothing else', async () => {
    const dataDir = await interrupted(
      false,
      async (db) => {
        await db.collection('target').insertOne({ old: true });
        return db
          .collection('items')
          .aggregate([{ $project: { _id: 0, text: 1 } }, { $set: { more: 'y'.repeat(2000) } }, { $out: 'target' }])
          .toArray();
      },
      async (db) => {
        const written = async (): Promise<number> => {
          const [scratch] = await db.listCollections({ name: /^tmp/ }).toArray();
          return scratch ? db.collection(scratch.name).estimatedDocumentCount() : 0;
        };
        while ((await written()) === 0);
      },
    );
    await withRestarted(dataDir, async (db) => {
      expect((await db.listCollections().toArray()).map(({ name }) => name)).to.deep.equal(['items', 'target']);
      expect(await db.collection('target').find().toArray()).to.have.length(1);
    });
  });
});
