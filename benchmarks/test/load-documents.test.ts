import { BSON } from 'bson';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from 'embedded-mongo';
import { openStore } from 'embedded-mongo/internal/storage/store';
import { verifyStore, type VerifyReport } from 'embedded-mongo/internal/storage/verify';
import { loadDocuments } from '../load-documents.js';

interface Item {
  _id: number;
  number?: number;
  at: Date;
  tags: string[];
}

const TOTAL = 12_000;
const NAMESPACE = { db: 'shop', collection: 'items' };

const buildItem = (n: number): Item => ({
  _id: n,
  at: new Date((n * 7919) % 1_000_000),
  tags: [`t${n % 13}`, `t${n % 7}`, 'all'],
  ...(n % 2 === 0 ? { number: n } : {}),
});

function* items(from: number, to: number): Generator<Uint8Array> {
  for (let n = from; n < to; n++) yield BSON.serialize(buildItem(n));
}

const verify = async (dataDir: string): Promise<VerifyReport> => {
  const store = openStore(dataDir, { readOnly: true });
  try {
    return verifyStore(store);
  } finally {
    await store.root.close();
  }
};

describe('loading documents into a directory that nobody serves', () => {
  let dataDir: string;
  const onServer = async <T>(work: (client: MongoClient) => Promise<T>): Promise<T> => {
    const server = await startEmbeddedMongo({ dataDir });
    const client = await new MongoClient(server.url).connect();
    try {
      return await work(client);
    } finally {
      await client.close();
      await server.stop();
    }
  };
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-load-'));
    await onServer(async (client) => {
      const collection = client.db('shop').collection<Item>('items');
      await collection.insertOne(buildItem(0));
      await collection.createIndexes([
        { key: { at: -1 } },
        { key: { tags: 1, at: 1 } },
        { key: { number: 1 }, unique: true, partialFilterExpression: { number: { $exists: true } } },
      ]);
    });
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('when nobody serves it, then it is as sound as if they had been inserted', async () => {
    expect(await loadDocuments(dataDir, NAMESPACE, items(1, TOTAL))).to.equal(TOTAL - 1);
    expect(await verify(dataDir)).to.deep.include({ collections: 1, documents: TOTAL, faults: [] });
    await onServer(async (client) => {
      const collection = client.db('shop').collection<Item>('items');
      expect(await collection.estimatedDocumentCount()).to.equal(TOTAL);
      expect(await collection.countDocuments({ tags: 'all' })).to.equal(TOTAL);
      const newest = await collection.find({ tags: 't3' }).sort({ at: -1 }).limit(3).toArray();
      const expected = Array.from({ length: TOTAL }, (_, n) => buildItem(n)).filter(({ tags }) => tags.includes('t3'));
      expect(newest.map(({ at }) => at)).to.deep.equal(
        expected
          .map(({ at }) => at)
          .sort((a, b) => b.getTime() - a.getTime())
          .slice(0, 3),
      );
      await collection.insertOne(buildItem(TOTAL));
    });
    expect(await verify(dataDir)).to.deep.include({ documents: TOTAL + 1, faults: [] });
  });

  it('when a unique index has one already, then 11000', async () => {
    const error = await loadDocuments(dataDir, NAMESPACE, items(0, 5)).catch((reason: unknown) => reason);
    expect(error).to.include({ code: 11000 });
  });

  it('when there is no such collection, then it says which', async () => {
    const error = await loadDocuments(dataDir, { db: 'shop', collection: 'nothing' }, []).catch((reason: unknown) => reason);
    expect(String(error)).to.include('shop.nothing');
  });
});
