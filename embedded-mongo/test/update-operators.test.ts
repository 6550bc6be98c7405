import { expect } from 'chai';
import type { Document, UpdateOptions } from 'mongodb';
import { errorOf, onThisServer, withServer } from './test-server.js';

interface Row {
  from: Document;
  update: Document | Document[];
  to: Document;
  filter?: Document;
  options?: UpdateOptions;
}

const tables: Record<string, Row[]> = {
  'fields (reference/operator/update-field)': [
    { from: { a: 1 }, update: { $set: { a: 2, 'b.c': 3 } }, to: { a: 2, b: { c: 3 } } },
    { from: {}, update: { $set: { z: 1, a: 2, m: 3 } }, to: { a: 2, m: 3, z: 1 } },
    { from: { l: [1] }, update: { $set: { 'l.3': 4 } }, to: { l: [1, null, null, 4] } },
    { from: { a: 1, b: { c: 1 }, l: [1, 2] }, update: { $unset: { a: '', 'b.c': '', 'l.0': '', q: '' } }, to: { b: {}, l: [null, 2] } },
    { from: { a: { $b: 1, $c: 1 } }, update: { $set: { 'a.$d': 2 }, $unset: { 'a.$b': '' } }, to: { a: { $c: 1, $d: 2 } } },
    { from: { a: { $b: 1 } }, update: { $rename: { 'a.$b': 'a.$c' } }, to: { a: { $c: 1 } } },
    { from: { n: 1 }, update: { $inc: { n: 2, m: -1 } }, to: { n: 3, m: -1 } },
    { from: { n: 3 }, update: { $mul: { n: 2, m: 5 } }, to: { n: 6, m: 0 } },
    { from: { n: 3, m: 3 }, update: { $min: { n: 2, m: 4, k: 1 } }, to: { n: 2, m: 3, k: 1 } },
    { from: { n: 3, m: 3 }, update: { $max: { n: 2, m: 'x' } }, to: { n: 3, m: 'x' } },
    { from: { a: 1, b: { c: 2 } }, update: { $rename: { a: 'x.y', 'b.c': 'd' } }, to: { b: {}, d: 2, x: { y: 1 } } },
    { from: { a: 1 }, update: { $setOnInsert: { a: 2 } }, to: { a: 1 } },
    { from: { n: 13 }, update: { $bit: { n: { and: 10 } } }, to: { n: 8 } },
    { from: { n: 3, m: 1 }, update: { $bit: { n: { or: 4 }, m: { xor: 5 } } }, to: { n: 7, m: 4 } },
  ],
  'arrays (reference/operator/update-array)': [
    { from: { l: [1] }, update: { $push: { l: 2, m: 1 } }, to: { l: [1, 2], m: [1] } },
    { from: { l: [3] }, update: { $push: { l: { $each: [1, 2], $sort: 1, $slice: 2 } } }, to: { l: [1, 2] } },
    { from: { l: [3] }, update: { $push: { l: { $each: [1, 2], $slice: -2 } } }, to: { l: [1, 2] } },
    { from: { l: [3] }, update: { $push: { l: { $each: [1, 2], $position: 0 } } }, to: { l: [1, 2, 3] } },
    { from: { l: [1, 2, 3] }, update: { $push: { l: { $each: [9], $position: -1 } } }, to: { l: [1, 2, 9, 3] } },
    {
      from: { l: [{ s: 2 }, { s: 1 }] },
      update: { $push: { l: { $each: [{ s: 3 }], $sort: { s: -1 } } } },
      to: { l: [{ s: 3 }, { s: 2 }, { s: 1 }] },
    },
    { from: { l: [1] }, update: { $push: { l: { $each: [2], $slice: 0 } } }, to: { l: [] } },
    { from: { l: [1, 2] }, update: { $addToSet: { l: { $each: [2, 3] } } }, to: { l: [1, 2, 3] } },
    { from: { l: [{ a: 1 }] }, update: { $addToSet: { l: { a: 1 } } }, to: { l: [{ a: 1 }] } },
    { from: { l: [1, 2, 3], m: [1, 2] }, update: { $pop: { l: 1, m: -1 } }, to: { l: [1, 2], m: [2] } },
    { from: { l: [1, 5, 3] }, update: { $pull: { l: { $gte: 3 } } }, to: { l: [1] } },
    {
      from: {
        l: [
          { a: 1, b: 1 },
          { a: 1, b: 2 },
        ],
      },
      update: { $pull: { l: { a: 1, b: { $gt: 1 } } } },
      to: { l: [{ a: 1, b: 1 }] },
    },
    { from: { l: [{ a: 1 }, { b: 2 }, 1] }, update: { $pull: { l: { $or: [{ a: 1 }, { b: 2 }] } } }, to: { l: [1] } },
    { from: { l: [{ a: 1 }, { a: 2 }] }, update: { $pull: { l: { $and: [{ a: { $gt: 1 } }] } } }, to: { l: [{ a: 1 }] } },
    { from: { l: [{ a: 1 }, { a: 2 }] }, update: { $pull: { l: { $nor: [{ a: 1 }] } } }, to: { l: [{ a: 1 }] } },
    { from: { l: ['x', 'y'] }, update: { $pull: { l: 'x', q: 1 } }, to: { l: ['y'] } },
    { from: { l: [1, 2, 1, 3] }, update: { $pullAll: { l: [1, 3] } }, to: { l: [2] } },
    { from: { l: [1, 2, 3] }, update: { $inc: { 'l.$[]': 10 } }, to: { l: [11, 12, 13] } },
    {
      from: { l: [1, 5, 9] },
      update: { $set: { 'l.$[big]': 0 } },
      options: { arrayFilters: [{ big: { $gte: 5 } }] },
      to: { l: [1, 0, 0] },
    },
    {
      from: {
        g: [
          { k: 'a', l: [{ n: 1 }, { n: 2 }] },
          { k: 'b', l: [{ n: 2 }] },
        ],
      },
      update: { $set: { 'g.$[x].l.$[y].n': 0 } },
      options: { arrayFilters: [{ 'x.k': 'a' }, { 'y.n': { $gt: 1 } }] },
      to: {
        g: [
          { k: 'a', l: [{ n: 1 }, { n: 0 }] },
          { k: 'b', l: [{ n: 2 }] },
        ],
      },
    },
    { from: { l: [4, 5, 6] }, filter: { l: 5 }, update: { $set: { 'l.$': 0 } }, to: { l: [4, 0, 6] } },
    { from: { l: [{ k: 1 }, { k: 2 }] }, filter: { 'l.k': 2 }, update: { $set: { 'l.$.v': 9 } }, to: { l: [{ k: 1 }, { k: 2, v: 9 }] } },
    {
      from: {
        l: [
          { k: 1, m: 1 },
          { k: 1, m: 2 },
        ],
      },
      filter: { l: { $elemMatch: { k: 1, m: 2 } } },
      update: { $inc: { 'l.$.k': 5 } },
      to: {
        l: [
          { k: 1, m: 1 },
          { k: 6, m: 2 },
        ],
      },
    },
  ],
  'pipelines (tutorial/update-documents-with-aggregation-pipeline)': [
    { from: { a: 2, b: 3 }, update: [{ $set: { sum: { $add: ['$a', '$b'] } } }, { $unset: 'a' }], to: { b: 3, sum: 5 } },
    { from: { a: 2 }, update: [{ $set: { 'd.e': { $cond: [{ $gt: ['$a', 1] }, 'many', 'one'] } } }], to: { a: 2, d: { e: 'many' } } },
    { from: { a: { x: 1 } }, update: [{ $replaceWith: { $mergeObjects: ['$a', { y: 2 }] } }], to: { x: 1, y: 2 } },
  ],
};

describe('update operators', () => {
  const server = withServer();
  for (const [title, rows] of Object.entries(tables)) {
    describe(title, () => {
      for (const { from, update, to, filter = {}, options } of rows) {
        it(`${JSON.stringify(from)} ${JSON.stringify(update)}`, async () => {
          const items = server.fresh();
          await items.insertOne({ ...from });
          const pipeline = Array.isArray(update) && update.some((stage) => '$replaceWith' in stage);
          await items.updateOne(filter, update, options);
          const found = await items.findOne({}, { projection: { _id: 0 } });
          expect(found).to.deep.equal(to);
          if (!pipeline) expect(Object.keys(found ?? {})).to.deep.equal(Object.keys(to));
        });
      }
    });
  }

  it('sets $currentDate', async () => {
    const items = server.fresh();
    await items.insertOne({});
    await items.updateOne({}, { $currentDate: { at: { $type: 'date' }, stamp: { $type: 'timestamp' } } });
    const found = await items.findOne();
    expect(found?.at).to.be.instanceOf(Date);
    expect(found?.stamp).to.have.property('_bsontype', 'Timestamp');
  });

  describe('upserts (reference/method/db.collection.updateOne, upsert)', () => {
    const rows: [string, Document, Document, Document][] = [
      ['takes equalities from the query', { a: 1, 'b.c': 2, d: { $gt: 5 } }, { $set: { e: 3 } }, { a: 1, b: { c: 2 }, e: 3 }],
      ['takes $eq, $and and a single $in', { $and: [{ a: { $eq: 1 } }, { b: { $in: [7] } }] }, { $set: { e: 3 } }, { a: 1, b: 7, e: 3 }],
      ['takes nothing from $or with several', { $or: [{ a: 1 }, { a: 2 }] }, { $set: { e: 3 } }, { e: 3 }],
      ['applies $setOnInsert', { a: 1 }, { $setOnInsert: { b: 2 }, $inc: { n: 1 } }, { a: 1, b: 2, n: 1 }],
    ];
    for (const [what, filter, update, to] of rows) {
      it(what, async () => {
        const items = server.fresh();
        const { upsertedCount } = await items.updateOne(filter, update, { upsert: true });
        expect(upsertedCount).to.equal(1);
        expect(await items.findOne({}, { projection: { _id: 0 } })).to.deep.equal(to);
      });
    }
    it('keeps the _id of the query with a replacement', async () => {
      const items = server.fresh<{ _id: string; a?: number }>();
      await items.replaceOne({ _id: 'x' }, { a: 1 }, { upsert: true });
      expect(await items.findOne()).to.deep.equal({ _id: 'x', a: 1 });
    });
  });

  const refused: [string, Document, Document, number, UpdateOptions?][] = [
    ['conflicting paths', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a path and its parent', { a: {} }, { $set: { a: 1, 'a.b': 2 } }, 40],
    ['changing _id', { a: 1 }, { $set: { _id: 5 } }, 66],
    ['$inc of a string', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$inc by a string', { a: 1 }, { $inc: { a: 'x' } }, 14],
    ['$push to a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a name in an array', { a: [1] }, { $set: { 'a.b': 1 } }, 28],
    ['an unknown modifier', { a: 1 }, { $foo: { a: 1 } }, 9],
    ['$ without a match in an array', { a: [1] }, { $set: { 'a.$': 1 } }, 2],
    ['a missing array filter', { a: [1] }, { $set: { 'a.$[x]': 1 } }, 2],
    ['an unused array filter', { a: [1] }, { $set: { b: 1 } }, 9, { arrayFilters: [{ x: 1 }] }],
    ['an empty path', { a: 1 }, { $set: { '': 1 } }, 56],
    ['$rename onto itself', { a: 1 }, { $rename: { a: 'a' } }, 2],
    ['$pop by two', { a: [1] }, { $pop: { a: 2 } }, 9],
    ['$bit of a double', { a: 1.5 }, { $bit: { a: { and: 1 } } }, 2],
  ];
  for (const [what, from, update, code, options] of onThisServer(refused)) {
    it(`refuses ${what} with ${code} and changes nothing`, async () => {
      const items = server.fresh();
      await items.insertOne({ ...from });
      expect(await errorOf(items.updateOne({}, update, options))).to.include({ code });
      expect(await items.findOne({}, { projection: { _id: 0 } })).to.deep.equal(from);
    });
  }
});
