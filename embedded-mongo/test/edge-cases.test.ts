import { expect } from 'chai';
import { type Collection, type Document, MongoClient, type UpdateOptions } from 'mongodb';
import { errorOf, itEmbedded, withServer } from './test-server.js';

function nested(depth: number): Document {
  let document: Document = {};
  for (let i = 0; i < depth; i++) document = { a: document };
  return document;
}

describe('edge cases', () => {
  const server = withServer();

  describe('upserts (reference/method/db.collection.updateOne, upsert)', () => {
    const made: [string, Document, Document, Document][] = [
      ['with an _id of null', { _id: null }, { $set: { a: 1 } }, { _id: null, a: 1 }],
      ['with a document and a path into it', { _id: 1, a: { b: 1 } }, { $set: { 'a.c': 2 } }, { _id: 1, a: { b: 1, c: 2 } }],
      ['with $all of one', { _id: 1, a: { $all: [1] } }, { $set: { b: 1 } }, { _id: 1, a: 1, b: 1 }],
      ['with _id from $setOnInsert', { a: 1 }, { $setOnInsert: { _id: 7 } }, { _id: 7, a: 1 }],
      ['with a regular expression', { _id: 1, a: /x/ }, { $set: { b: 1 } }, { _id: 1, b: 1 }],
      ['into an array that the query gives', { _id: 1, b: [1, 2] }, { $set: { 'b.$[x]': 9 } }, { _id: 1, b: [9, 2] }],
    ];
    for (const [what, filter, update, expected] of made) {
      it(what, async () => {
        const items = server.fresh();
        const options: UpdateOptions = JSON.stringify(update).includes('$[x]') ? { arrayFilters: [{ x: 1 }] } : {};
        await items.updateOne(filter, update, { upsert: true, ...options });
        expect(await items.find().toArray()).to.deep.equal([expected]);
      });
    }

    const refused: [string, Document, Document, number][] = [
      ['a part of _id', { '_id.a': 1 }, { $set: { b: 1 } }, 111],
      ['a path and its parent', { a: 1, 'a.b': 2 }, { $set: { c: 1 } }, 54],
      ['two values for one field', { $and: [{ a: 1 }, { a: 2 }] }, { $set: { c: 1 } }, 54],
      ['a position without an array', { a: 1 }, { $set: { 'b.$': 1 } }, 2],
    ];
    for (const [what, filter, update, code] of refused) {
      it(`refuses ${what} with ${code}`, async () => {
        expect(await errorOf(server.fresh().updateOne(filter, update, { upsert: true }))).to.include({ code });
      });
    }
  });

  describe('what it cannot do is refused in every command', () => {
    const other = { collation: { locale: 'en', strength: 2 } };
    const asked: [string, (items: Collection) => Promise<unknown>][] = [
      ['find', (items) => items.find({ a: 'X' }, other).toArray()],
      ['count', (items) => items.countDocuments({ a: 'X' }, other)],
      ['distinct', (items) => items.distinct('a', {}, other)],
      ['aggregate', (items) => items.aggregate([{ $match: { a: 'X' } }], other).toArray()],
      ['updateOne', (items) => items.updateOne({ a: 'X' }, { $set: { b: 1 } }, other)],
      ['deleteMany', (items) => items.deleteMany({ a: 'X' }, other)],
      ['findOneAndUpdate', (items) => items.findOneAndUpdate({ a: 'X' }, { $set: { b: 1 } }, other)],
      ['createIndexes', (items) => items.createIndexes([{ key: { a: 1 }, ...other }])],
      ['explain', (items) => items.find({ a: 'X' }, other).explain()],
    ];
    for (const [command, ask] of asked)
      itEmbedded(`a collation in ${command}`, async () => {
        const items = server.fresh();
        await items.insertOne({ a: 'x' });
        expect(await errorOf(ask(items))).to.include({ code: 238 });
        expect(await items.find({}, { projection: { _id: 0 } }).toArray()).to.deep.equal([{ a: 'x' }]);
      });

    const script = { body: 'function () { return true; }', args: [], lang: 'js' };
    const scripted: [string, (items: Collection) => Promise<unknown>][] = [
      ['$function in a query', (items) => items.find({ $expr: { $function: script } }).toArray()],
      ['$function in a stage', (items) => items.aggregate([{ $project: { b: { $function: script } } }]).toArray()],
      ['$function in an update', (items) => items.updateOne({}, [{ $set: { b: { $function: script } } }])],
      ['$accumulator', (items) => items.aggregate([{ $group: { _id: 1, b: { $accumulator: { lang: 'js' } } } }]).toArray()],
      ['$where', (items) => items.find({ $where: 'true' }).toArray()],
    ];
    for (const [what, ask] of scripted)
      itEmbedded(`a script of the client: ${what}`, async () => {
        const items = server.fresh();
        await items.insertOne({ a: 1 });
        expect(await errorOf(ask(items))).to.include({ code: 238 });
      });
  });

  describe('arrayFilters (reference/operator/update/positional-filtered)', () => {
    const rows: [Document, Document, Document[], Document][] = [
      [{ l: [1, 2, 3] }, { $set: { 'l.$[x]': 0 } }, [{ $or: [{ x: 1 }, { x: 3 }] }], { l: [0, 2, 0] }],
      [{ l: [1, 2] }, { $unset: { 'l.$[x]': '' } }, [{ x: 1 }], { l: [null, 2] }],
      [
        {
          l: [
            { k: 1, v: [] },
            { k: 2, v: [] },
          ],
        },
        { $push: { 'l.$[x].v': 5 } },
        [{ 'x.k': 2 }],
        {
          l: [
            { k: 1, v: [] },
            { k: 2, v: [5] },
          ],
        },
      ],
      [{ l: [{ g: 80 }, { g: 95 }] }, { $inc: { 'l.$[e].g': 1 } }, [{ 'e.g': { $gte: 85 } }], { l: [{ g: 80 }, { g: 96 }] }],
    ];
    for (const [from, update, arrayFilters, to] of rows) {
      it(JSON.stringify([update, arrayFilters]), async () => {
        const items = server.fresh();
        await items.insertOne({ ...from });
        await items.updateOne({}, update, { arrayFilters });
        expect(await items.findOne({}, { projection: { _id: 0 } })).to.deep.equal(to);
      });
    }

    const refused: [string, Document, Document[], number][] = [
      ['two names in one filter', { l: [1] }, [{ x: 1, y: 2 }], 9],
      ['a name twice', { l: [1] }, [{ x: 1 }, { x: 2 }], 9],
      ['an empty filter', { l: [1] }, [{}], 9],
      ['what is no array', { l: 1 }, [{ x: 1 }], 2],
      ['what is not there', {}, [{ x: 1 }], 2],
    ];
    for (const [what, from, arrayFilters, code] of refused) {
      it(`refuses ${what} with ${code}`, async () => {
        const items = server.fresh();
        await items.insertOne({ ...from });
        expect(await errorOf(items.updateOne({}, { $set: { 'l.$[x]': 0 } }, { arrayFilters }))).to.include({ code });
      });
    }
  });

  describe('commands that lack something', () => {
    const refused: [string, (name: string) => Document, number][] = [
      ['an update of nothing', (update) => ({ update, updates: [] }), 16],
      ['a delete of nothing', (name) => ({ delete: name, deletes: [] }), 16],
      ['an insert of nothing', (insert) => ({ insert, documents: [] }), 16],
      ['a negative batch size', (find) => ({ find, batchSize: -1 }), 51024],
      ['a sort by an empty part', (find) => ({ find, sort: { 'a..b': 1 } }), 15998],
    ];
    for (const [what, command, code] of refused) {
      it(`refuses ${what} with ${code}`, async () => {
        const items = server.fresh();
        await items.insertOne({});
        expect(await errorOf(server.db.command(command(items.collectionName)))).to.include({ code });
      });
    }

    itEmbedded('an update or delete without a query changes nothing', async () => {
      const items = server.fresh();
      await items.insertMany([{ a: 1 }, { a: 2 }]);
      const { collectionName: name } = items;
      const update = await errorOf(server.db.command({ update: name, updates: [{ u: { $set: { a: 5 } }, multi: true }] }).then(failed));
      const remove = await errorOf(server.db.command({ delete: name, deletes: [{ limit: 0 }] }).then(failed));
      expect([update.code, remove.code]).to.deep.equal([40414, 40414]);
      expect(await items.countDocuments({ a: { $lt: 5 } })).to.equal(2);
    });
  });

  /** Raw commands answer errors of single items without failing. */
  function failed(reply: Document): never {
    const [error] = reply.writeErrors as { code: number }[];
    throw Object.assign(new Error('write error'), { code: error?.code });
  }

  it('a document nested too deeply is refused, however it would come to be', async () => {
    const items = server.fresh<Document & { _id: number }>();
    await items.insertOne({ _id: 1, ...nested(100) });
    expect((await errorOf(items.insertOne({ _id: 2, ...nested(250) }))).code).to.be.oneOf([15, 22]);
    expect((await errorOf(items.updateOne({}, { $set: { [`b${'.b'.repeat(250)}`]: 1 } }))).code).to.be.oneOf([15, 22]);
    expect(await items.find().toArray()).to.deep.equal([{ _id: 1, ...nested(100) }]);
  });

  it('a document that an update makes longer than 16 MB is refused and stays as it was', async () => {
    const items = server.fresh<{ _id: number; s?: string; t?: string }>();
    await items.insertOne({ _id: 1, s: 'x'.repeat(9 * 1024 * 1024) });
    const error = await errorOf(items.updateOne({}, { $set: { t: 'y'.repeat(9 * 1024 * 1024) } }));
    expect(error.code).to.be.oneOf([10334, 17419]);
    expect(await items.countDocuments({ t: { $exists: false } })).to.equal(1);
  });

  it('maxTimeMS ends a write as a whole with 50', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ i })));
    const filter = { $expr: { $gt: [{ $toString: '$i' }, '0'] } };
    const command = { update: items.collectionName, updates: [{ q: filter, u: { $set: { b: 1 } }, multi: true }], maxTimeMS: 1 };
    expect(await errorOf(server.db.command(command))).to.include({ code: 50 });
  });

  it('the time between two batches does not count for maxTimeMS', async () => {
    const items = server.fresh();
    await items.insertMany(Array.from({ length: 300 }, (_, n) => ({ n })));
    const cursor = items.find({}, { maxTimeMS: 300, batchSize: 100 });
    await cursor.next();
    const begun = performance.now();
    while (performance.now() - begun < 400) await server.db.command({ ping: 1 });
    expect(await cursor.toArray()).to.have.length(299);
  });

  describe('indexes', () => {
    for (const partial of [{ a: { $ne: 1 } }, { a: /x/ }, { a: { $exists: false } }, { $nor: [{ a: 1 }] }]) {
      it(`refuses the partial filter ${JSON.stringify(partial)} with 67 (core/index-partial)`, async () => {
        const creating = server.fresh().createIndexes([{ key: { a: 1 }, partialFilterExpression: partial }]);
        expect(await errorOf(creating)).to.include({ code: 67 });
      });
    }

    it('a document that moves into a partial unique index is checked', async () => {
      const items = server.fresh();
      await items.createIndexes([{ key: { a: 1 }, unique: true, partialFilterExpression: { on: true } }]);
      await items.insertMany([
        { a: 1, on: true },
        { a: 1, on: false },
      ]);
      expect(await errorOf(items.updateOne({ on: false }, { $set: { on: true } }))).to.include({ code: 11000 });
    });

    it('a sort leaves nothing out although its index is sparse', async () => {
      const items = server.fresh();
      await items.createIndexes([{ key: { a: 1 }, sparse: true }]);
      await items.insertMany([{ a: 2 }, {}, { a: 1 }]);
      expect(await items.find().sort({ a: 1 }).toArray()).to.have.length(3);
      expect(await items.find().sort({ a: 1 }).hint({ a: 1 }).toArray()).to.have.length(2);
    });

    for (const [what, run] of Object.entries({
      find: (name: string) =>
        server.db
          .collection(name)
          .find({ _id: 1 as never }, { hint: 'nope' })
          .toArray(),
      count: (name: string) => server.db.collection(name).countDocuments({}, { hint: 'nope' }),
      update: (name: string) => server.db.collection(name).updateOne({ _id: 1 as never }, { $set: { a: 1 } }, { hint: 'nope' }),
    })) {
      it(`${what} refuses a hint at an index that is not there with 2`, async () => {
        const items = server.fresh();
        await items.insertOne({ _id: 1 as never });
        expect(await errorOf(run(items.collectionName))).to.include({ code: 2 });
      });
    }

    it('equalities of $expr are served by an index and give what they give without it', async () => {
      const items = server.fresh();
      const documents = [{ a: 1 }, { a: [1, 2] }, { a: { b: 1 } }, { a: [{ b: 1 }] }, {}, { a: null }, { a: 1, c: 5 }];
      await items.insertMany(documents.map((document, i) => ({ ...document, i })));
      const expressions: Document[] = [
        { $eq: ['$a', 1] },
        { $eq: ['$$v', '$a'] },
        { $eq: ['$a.b', 1] },
        { $eq: ['$a', null] },
        { $eq: ['$a', { $literal: { b: 1 } }] },
        { $eq: ['$a', [1, 2]] },
        { $and: [{ $eq: ['$a', 1] }, { $gt: ['$c', 2] }] },
      ];
      const run = async ($expr: Document): Promise<number[]> =>
        (
          await items
            .find({ $expr }, { let: { v: 1 } })
            .sort({ i: 1 })
            .toArray()
        ).map(({ i }) => i as number);
      const before = await Promise.all(expressions.map(run));
      await items.createIndexes([{ key: { a: 1 } }, { key: { 'a.b': 1 } }]);
      expect(await Promise.all(expressions.map(run))).to.deep.equal(before);
      const plan = await items.find({ $expr: { $eq: ['$a.b', 1] } }).explain('queryPlanner');
      expect(JSON.stringify((plan.queryPlanner as Document).winningPlan)).to.include('IXSCAN');
    });
  });

  it('what was answered on one connection is read on another, whatever else goes on', async () => {
    const readers = await new MongoClient(server.url, { maxPoolSize: 5 }).connect();
    const items = server.fresh<{ _id: number; n: number }>();
    const elsewhere = readers.db(server.db.databaseName).collection<{ _id: number; n: number }>(items.collectionName);
    const lane = async (_id: number): Promise<void> => {
      for (let n = 0; n < 60; n++) {
        await items.updateOne({ _id }, { $set: { n } }, { upsert: true });
        expect(await elsewhere.findOne({ _id })).to.deep.equal({ _id, n });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, id) => lane(id)));
    await readers.close();
  });
});
