import { expect } from 'chai';
import type { Document } from 'mongodb';
import { errorOf, itEmbedded, onThisServer, withServer } from './test-server.js';

describe('indexes', () => {
  const server = withServer({ ttlIntervalMs: 20 });

  it("lists what was created, once, with MongoDB's names", async () => {
    const items = server.fresh();
    await items.createIndexes([{ key: { a: 1, b: -1 }, unique: true }]);
    await items.createIndexes([{ key: { a: 1, b: -1 }, unique: true }]);
    expect(await items.indexes()).to.deep.equal([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true },
    ]);
    await items.dropIndex('a_1_b_-1');
    expect(await items.indexes()).to.have.length(1);
  });

  it('when an index is dropped, then a cursor that reads from it ends with 175 and others go on', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 500 }, (_, n) => ({ a: n })));
    await items.createIndexes([{ key: { a: 1 } }]);
    const [reading, other] = ['a_1', { $natural: 1 as const }].map((hint) => items.find({ a: { $gte: 0 } }, { hint, batchSize: 5 }));
    await Promise.all([reading?.next(), other?.next()]);
    await items.dropIndex('a_1');
    expect(await errorOf(reading?.toArray() ?? Promise.resolve())).to.include({ code: 175 });
    expect(await other?.toArray()).to.have.length(499);
  });

  /** Options, documents that may be there together, and one more that may not. */
  const unique: [string, Document, Document, Document[], Document][] = [
    ['a missing field counts as null', { a: 1 }, { unique: true }, [{ a: 1 }, {}], { a: null }],
    ['numbers compare by value', { a: 1 }, { unique: true }, [{ a: 1 }, { a: '1' }], { a: 1.0 }],
    ['every element of an array counts', { a: 1 }, { unique: true }, [{ a: [1, 2] }, { a: [3, 3] }], { a: 2 }],
    ['sparse leaves missing fields out', { a: 1 }, { unique: true, sparse: true }, [{}, {}, { a: 1 }], { a: 1 }],
    [
      'partial looks only at what it covers',
      { a: 1 },
      { unique: true, partialFilterExpression: { live: true } },
      [{ a: 1 }, { a: 1 }, { a: 1, live: true }],
      { a: 1, live: true },
    ],
    ['nested fields', { 'a.b': 1 }, { unique: true }, [{ a: { b: 1 } }, { a: [{ b: 2 }, { b: 3 }] }], { a: { b: 3 } }],
  ];
  for (const [what, key, options, allowed, refused] of unique) {
    it(`unique: ${what}`, async () => {
      const items = server.fresh();
      await items.createIndexes([{ key: key, ...options }]);
      for (const document of allowed) await items.insertOne({ ...document });
      expect(await errorOf(items.insertOne({ ...refused }))).to.include({ code: 11000 });
      const free = await items.insertOne({ a: 'free' });
      expect(await errorOf(items.updateOne({ _id: free.insertedId }, { $set: refused }))).to.include({ code: 11000 });
    });
  }

  it('refuses a unique index over duplicates and leaves nothing of it', async () => {
    const items = server.fresh();
    await items.insertMany([{ a: 1 }, { a: 1 }]);
    expect(await errorOf(items.createIndexes([{ key: { a: 1 }, unique: true }]))).to.include({ code: 11000 });
    expect(await items.indexes()).to.have.length(1);
    await items.insertOne({ a: 1 });
  });

  it('answers other requests and takes writes in while an index is built', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n, text: `${n % 97}-some text` })));
    let built = false as boolean;
    const building = items.createIndexes([{ key: { text: 1, n: 1 } }]).then(() => (built = true));
    let answered = 0;
    while (!built) {
      await items.updateOne({ _id: (await items.findOne({}, { skip: answered }))?._id }, { $set: { text: 'changed' } });
      await items.insertOne({ n: -answered, text: 'new' });
      answered++;
    }
    await building;
    expect(answered).to.be.greaterThan(1);
    const indexed = await items.countDocuments({ text: 'changed' }, { hint: 'text_1_n_1' });
    expect(indexed).to.equal(answered);
    expect(await server.db.command({ validate: items.collectionName })).to.include({ valid: true });
  });

  itEmbedded('deletes what a TTL index says has expired, and only that', async () => {
    const items = server.fresh();
    const old = new Date(Date.now() - 60_000);
    await items.insertMany([
      { k: 'old', at: old },
      { k: 'new', at: new Date() },
      { k: 'none' },
      { k: 'text', at: 'long ago' },
      { k: 'array', at: [new Date(), old] },
    ]);
    await items.createIndexes([{ key: { at: 1 }, expireAfterSeconds: 30 }]);
    while ((await items.countDocuments({ k: { $in: ['old', 'array'] } })) > 0) await server.db.command({ ping: 1 });
    expect((await items.find().toArray()).map(({ k }) => k as string)).to.deep.equal(['new', 'none', 'text']);
  });

  const refused: [string, Document, Document, number][] = [
    ['two arrays in one compound index', { a: 1, b: 1 }, {}, 171],
    ['a text index', { a: 'text' }, {}, 238],
    ['a geo index', { a: '2dsphere' }, {}, 238],
    ['a direction of zero', { a: 0 }, {}, 67],
    ['the same name for another key', { z: 1 }, { name: 'taken_1' }, 86],
    ['the same key under another name', { taken: 1 }, { name: 'other' }, 85],
    ['the same name with another identity', { taken: 1 }, { unique: true }, 86],
    ['the same identity with other options', { taken: 1 }, { expireAfterSeconds: 5 }, 85],
    ['a collation', { a: 1 }, { collation: { locale: 'de' } }, 238],
    ['a compound TTL index', { a: 1, b: 1 }, { expireAfterSeconds: 1 }, 67],
  ];
  for (const [what, key, options, code] of onThisServer(refused)) {
    it(`refuses ${what} with ${code}`, async () => {
      const items = server.fresh();
      await items.createIndexes([{ key: { taken: 1 } }]);
      const create = async (): Promise<void> => {
        await items.createIndexes([{ key: key, ...options }]);
        await items.insertOne({ a: [1, 2], b: [1, 2] });
      };
      expect(await errorOf(create())).to.include({ code });
    });
  }
});
