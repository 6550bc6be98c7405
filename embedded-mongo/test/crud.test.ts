import { expect } from 'chai';
import { type Document, type Filter, GridFSBucket } from 'mongodb';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { errorOf, withServer } from './test-server.js';

describe('the CRUD commands, through the driver', () => {
  const server = withServer();

  it('reads back what was inserted, in the order of insertion', async () => {
    const items = server.fresh();
    await items.insertMany([{ n: 2 }, { n: 1 }, { n: 3 }]);
    expect((await items.find().toArray()).map(({ n }) => n as number)).to.deep.equal([2, 1, 3]);
  });

  it('filters, sorts, skips, limits and projects', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 20 }, (_, n) => ({ n, odd: n % 2 === 1 })));
    const page = await items.find({ odd: true }).sort({ n: -1 }).skip(1).limit(2).project({ n: 1, _id: 0 }).toArray();
    expect(page).to.deep.equal([{ n: 17 }, { n: 15 }]);
  });

  it('delivers a long result in batches', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
    const found = await items.find({}, { batchSize: 30 }).toArray();
    expect(found.map(({ n }) => n as number)).to.deep.equal(Array.from({ length: 250 }, (_, n) => n));
  });

  it('answers a duplicate key with 11000, keyPattern and keyValue', async () => {
    const items = server.fresh();
    await items.createIndexes([{ key: { tenant: 1, code: 1 }, unique: true }]);
    await items.insertOne({ tenant: 'a', code: 1 });
    const error = await errorOf(items.insertOne({ tenant: 'a', code: 1 }));
    expect(error).to.include({ code: 11000 });
    expect(error.keyPattern).to.deep.equal({ tenant: 1, code: 1 });
    expect(error.keyValue).to.deep.equal({ tenant: 'a', code: 1 });
    expect(await items.countDocuments()).to.equal(1);
  });

  it('lets exactly one of many conditional updates win', async () => {
    const items = server.fresh();
    await items.insertOne({ _id: 'a' as never, version: 0 });
    const guarded: Filter<Document> = { version: 0 };
    const results = await Promise.all(Array.from({ length: 30 }, () => items.updateOne(guarded, { $inc: { version: 1 } })));
    expect(results.filter(({ modifiedCount }) => modifiedCount === 1)).to.have.length(1);
    expect(await items.findOne()).to.include({ version: 1 });
  });

  it('when many upsert the same unique key at once, then one document is made', async () => {
    const items = server.fresh();
    await items.createIndexes([{ key: { key: 1 }, unique: true }]);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => items.updateOne({ key: 'k' }, { $inc: { n: 1 } }, { upsert: true })),
    );
    expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).to.have.length(1);
    expect(await items.find().project({ _id: 0 }).toArray()).to.deep.equal([{ key: 'k', n: 20 }]);
  });

  for (const ordered of [true, false]) {
    it(`${ordered ? 'stops at' : 'goes on after'} the first error of an ${ordered ? 'ordered' : 'unordered'} bulk write`, async () => {
      const items = server.fresh();
      await items.createIndexes([{ key: { n: 1 }, unique: true }]);
      const writes = [1, 2, 2, 3].map((n) => ({ insertOne: { document: { n } } }));
      const error = await errorOf(items.bulkWrite(writes, { ordered }));
      expect(error).to.include({ code: 11000 });
      expect(await items.countDocuments()).to.equal(ordered ? 2 : 3);
    });
  }

  it('finds and modifies in one step, returning the document before or after', async () => {
    const items = server.fresh();
    await items.insertMany([{ n: 1 }, { n: 2 }]);
    const before = await items.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 }, projection: { _id: 0 } });
    const after = await items.findOneAndUpdate({ n: 12 }, { $set: { done: true } }, { returnDocument: 'after', projection: { _id: 0 } });
    const removed = await items.findOneAndDelete({ n: 1 }, { projection: { _id: 0 } });
    expect([before, after, removed]).to.deep.equal([{ n: 2 }, { n: 12, done: true }, { n: 1 }]);
  });

  it('inserts documents that travel inside of the command', async () => {
    const items = server.fresh();
    await server.db.command({ insert: items.collectionName, documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] });
    expect(await items.countDocuments()).to.equal(3);
  });

  it('finds nothing by an _id longer than any that can be stored', async () => {
    const items = server.fresh<{ _id: string; n: number }>();
    await items.insertOne({ _id: 'x', n: 1 });
    expect(await items.findOne({ _id: 'x'.repeat(5000), n: 1 })).to.equal(null);
  });

  it('stores a file of 20 MiB, reads parts of it and replaces it', async () => {
    const bucket = new GridFSBucket(server.db, { bucketName: 'large' });
    const content = Buffer.alloc(20 * 1024 * 1024, 'MongoDB keeps files in pieces. ');
    const upload = Readable.from([content]).pipe(bucket.openUploadStream('film.bin'));
    await new Promise((resolve, reject) => upload.once('finish', resolve).once('error', reject));
    expect(content.equals(await buffer(bucket.openDownloadStream(upload.id)))).to.equal(true);
    const part = await buffer(bucket.openDownloadStream(upload.id, { start: 5_000_000, end: 5_400_000 }));
    expect(content.subarray(5_000_000, 5_400_000).equals(part)).to.equal(true);
    const second = Readable.from([content.subarray(0, 10)]).pipe(bucket.openUploadStream('film.bin'));
    await new Promise((resolve, reject) => second.once('finish', resolve).once('error', reject));
    expect(await buffer(bucket.openDownloadStreamByName('film.bin'))).to.have.length(10);
    await bucket.rename(upload.id, 'old.bin');
    expect(await bucket.find({}, { sort: { length: 1 } }).toArray()).to.have.length(2);
    await bucket.drop();
  });

  it('keeps everything over a restart', async () => {
    const items = server.fresh();
    const { collectionName } = items;
    await items.createIndexes([{ key: { n: 1 } }]);
    await items.insertMany(Array.from({ length: 100 }, (_, n) => ({ n })));
    await server.restart();
    const again = server.db.collection(collectionName);
    expect(await again.countDocuments({ n: { $gte: 50 } })).to.equal(50);
    expect(await again.estimatedDocumentCount()).to.equal(100);
    expect((await again.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'n_1']);
  });
});
