import { expect } from 'chai';
import { type Document, GridFSBucket, Long, MongoClient } from 'mongodb';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { startEmbeddedMongo } from '../src/index.js';
import { errorOf, itEmbedded, withServer } from './test-server.js';

describe('commands besides CRUD', () => {
  const server = withServer({ cursorTimeoutMs: 200 });

  it('creates, lists, renames and drops collections and databases', async () => {
    const db = server.client.db('names');
    await db.createCollection('a');
    expect(await errorOf(db.createCollection('a'))).to.include({ code: 48 });
    await db.collection('b').insertOne({ n: 1 });
    expect(await errorOf(db.renameCollection('a', 'b'))).to.include({ code: 48 });
    await db.renameCollection('b', 'c');
    expect(await db.collection('c').countDocuments()).to.equal(1);
    expect((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name)).to.deep.equal(['a', 'c']);
    const { databases } = await server.client.db('admin').admin().listDatabases();
    expect(databases.map(({ name }) => name)).to.include('names');
    await db.dropCollection('a');
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).to.deep.equal([]);
  });

  it('after a drop the same name begins empty', async () => {
    const items = server.fresh();
    await items.createIndexes([{ key: { n: 1 } }]);
    await items.insertMany(Array.from({ length: 2000 }, (_, n) => ({ n })));
    await items.drop();
    await items.insertOne({ n: 1 });
    expect(await items.countDocuments()).to.equal(1);
    expect(await items.indexes()).to.have.length(1);
  });

  itEmbedded('tells about itself', async () => {
    const hello = await server.db.command({ hello: 1 });
    expect(hello).to.include({ isWritablePrimary: true, maxWireVersion: 21 }).and.not.have.property('setName');
    expect(await server.db.command({ buildInfo: 1 })).to.include({ version: '7.0.0' });
    expect(await server.db.command({ serverStatus: 1 })).to.have.property('uptime');
    expect(await server.db.command({ connectionStatus: 1 })).to.have.property('authInfo');
    expect(await server.db.command({ getParameter: 1, featureCompatibilityVersion: 1 })).to.have.property('featureCompatibilityVersion');
    const items = server.fresh();
    await items.insertMany([{ a: 1 }, { a: 2 }]);
    expect(await server.db.command({ collStats: items.collectionName })).to.include({ count: 2, nindexes: 1 });
    expect(await server.db.command({ dbStats: 1 })).to.include({ db: 'test' });
  });

  it('finds distinct values, through arrays', async () => {
    const items = server.fresh();
    await items.insertMany([{ v: 1 }, { v: [1, 2] }, { v: { a: 1 } }, {}]);
    expect(await items.distinct('v')).to.deep.equal([1, 2, { a: 1 }]);
    expect(await items.distinct('v', { v: 2 })).to.deep.equal([1, 2]);
  });

  it('ends an operation that takes longer than maxTimeMS with code 50', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })));
    const slow = items.find({ $expr: { $eq: [{ $toString: '$n' }, 'no'] } }, { maxTimeMS: 1 });
    expect(await errorOf(slow.toArray())).to.include({ code: 50 });
  });

  itEmbedded('ends cursors that are killed or not used, and knows nothing of others', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 10 }, (_, n) => ({ n })));
    const open = async (): Promise<Long> =>
      ((await server.db.command({ find: items.collectionName, batchSize: 2 }, { promoteLongs: false })).cursor as { id: Long }).id;
    const more = (id: Long): Promise<Document> => server.db.command({ getMore: id, collection: items.collectionName });
    const killed = await open();
    const reply = await server.db.command({ killCursors: items.collectionName, cursors: [killed, Long.fromNumber(5)] });
    expect([reply.cursorsKilled, reply.cursorsNotFound].map((ids: unknown[]) => ids.length)).to.deep.equal([1, 1]);
    expect(await errorOf(more(killed))).to.include({ code: 43 });
    const idle = await open();
    const other = await errorOf(server.db.command({ getMore: idle, collection: 'other' }));
    expect(other).to.include({ code: 13 });
    const openCursors = async (): Promise<number> =>
      ((await server.db.command({ serverStatus: 1 })).metrics as { cursor: { open: { total: number } } }).cursor.open.total;
    while ((await openCursors()) > 0) await server.db.command({ ping: 1 });
    expect(await errorOf(more(idle))).to.include({ code: 43 });
  });

  it('a cursor goes on correctly while documents come, change and go', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 60 }, (_, n) => ({ n })));
    await items.createIndexes([{ key: { n: 1 } }]);
    const cursor = items
      .find({ n: { $gte: 0 } })
      .sort({ n: 1 })
      .batchSize(10);
    const seen: number[] = [];
    for await (const { n } of cursor) {
      seen.push(n as number);
      if (n === 5) await items.deleteMany({ n: { $gte: 20, $lt: 30 } });
      if (n === 35) await items.insertOne({ n: 45.5 });
    }
    expect(seen).to.deep.equal(
      [...Array(20).keys(), ...Array.from({ length: 16 }, (_, i) => i + 30), 45.5, ...Array.from({ length: 14 }, (_, i) => i + 46)].sort(
        (a, b) => a - b,
      ),
    );
  });

  it('stores and reads files through GridFS', async () => {
    const bucket = new GridFSBucket(server.db, { chunkSizeBytes: 1024 });
    const content = Buffer.from(Array.from({ length: 10_000 }, (_, n) => n % 251));
    const upload = Readable.from([content]).pipe(bucket.openUploadStream('photo.bin', { metadata: { ticket: 7 } }));
    await new Promise((resolve, reject) => upload.once('finish', resolve).once('error', reject));
    expect(content.equals(await buffer(bucket.openDownloadStream(upload.id)))).to.equal(true);
    expect((await bucket.find({ 'metadata.ticket': 7 }).toArray()).map(({ filename }) => filename)).to.deep.equal(['photo.bin']);
    await bucket.delete(upload.id);
    expect(await server.db.collection('fs.chunks').countDocuments()).to.equal(0);
  });

  itEmbedded("refuses what it does not support with MongoDB's codes", async () => {
    const items = server.fresh();
    await items.insertOne({ a: 1 });
    const refusals: [Promise<unknown>, number][] = [
      [items.find({}, { collation: { locale: 'de' } }).toArray(), 238],
      [items.find({}, { tailable: true }).toArray(), 238],
      [items.watch().next(), 40573],
      [server.db.createCollection('capped', { capped: true, size: 1000 }), 238],
      [server.db.createCollection('view', { viewOn: items.collectionName, pipeline: [] }), 238],
      [server.db.createCollection('validated', { validator: { a: 1 } }), 238],
      [server.db.command({ mapReduce: items.collectionName }), 115],
      [server.db.command({ unheardOf: 1 }), 59],
    ];
    for (const [refused, code] of refusals) expect(await errorOf(refused)).to.include({ code });
    const session = server.client.startSession();
    const error = await errorOf(session.withTransaction(() => items.insertOne({ b: 1 }, { session })));
    await session.endSession();
    expect(error.message).to.match(/retryable writes|Transaction numbers/);
    expect(await items.countDocuments()).to.equal(1);
  });

  it('when a field of one item of a batch is unknown, then nothing of the batch is done', async () => {
    const items = server.fresh();
    await items.insertOne({ a: 1 });
    const set = { q: {}, u: { $set: { a: 2 } } };
    const update = (second: object) => server.db.command({ update: items.collectionName, updates: [set, { ...set, ...second }] });
    expect(await errorOf(update({ foo: 1 }))).to.include({ code: 40415 });
    expect(await errorOf(update({ sort: { a: 1 } }))).to.include({ code: 40415 });
    const deletes = [
      { q: {}, limit: 1 },
      { q: {}, limit: 1, foo: 1 },
    ];
    expect(await errorOf(server.db.command({ delete: items.collectionName, deletes }))).to.include({ code: 40415 });
    expect(await items.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([{ a: 1 }]);
  });

  it('when a client declares an API version, then the one that there is counts, and strictly if asked', async () => {
    const ask = (command: object, api: object) => server.db.command({ ...command, ...api });
    expect(await errorOf(ask({ ping: 1 }, { apiVersion: '2' }))).to.include({ code: 322 });
    expect(await errorOf(ask({ ping: 1 }, { apiStrict: true }))).to.include({ code: 322 });
    const strict = { apiVersion: '1', apiStrict: true };
    expect(await errorOf(ask({ serverStatus: 1 }, strict))).to.include({ code: 323 });
    expect(await errorOf(ask({ aggregate: 'x', pipeline: [{ $indexStats: {} }], cursor: {} }, strict))).to.include({ code: 323 });
    expect(await ask({ ping: 1 }, strict)).to.include({ ok: 1 });
  });

  itEmbedded('listens on a Unix socket', async () => {
    const socketPath = join(server.dataDir, 'mongo.sock');
    const other = await startEmbeddedMongo({ dataDir: join(server.dataDir, 'other'), socketPath });
    const client = await new MongoClient(other.url).connect();
    expect(await client.db('x').command({ ping: 1 })).to.include({ ok: 1 });
    await client.close();
    await other.stop();
    expect(existsSync(socketPath)).to.equal(false);
  });

  itEmbedded('refuses an address that is not loopback unless told otherwise', async () => {
    expect((await errorOf(startEmbeddedMongo({ dataDir: join(server.dataDir, 'remote'), host: '0.0.0.0' }))).message).to.match(
      /allowRemote/,
    );
  });

  itEmbedded('refuses a second server on the same directory and says who is there', async () => {
    const error = await errorOf(startEmbeddedMongo({ dataDir: server.dataDir }));
    expect(error.message).to.include(`in use by process ${process.pid}`);
  });
});
