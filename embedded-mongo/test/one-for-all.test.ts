import { expect } from 'chai';
import { type Collection, type Db, type Document, MongoClient } from 'mongodb';
import { describeEmbedded, errorOf, withServer } from './test-server.js';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

interface Item {
  _id: number;
  n: number;
  text: string;
}

type Request = (items: Collection<Item>, db: Db, options: { maxTimeMS?: number }) => Promise<unknown>;

const pipeline =
  (...stages: Document[]): Request =>
  (items, _db, options) =>
    items.aggregate(stages, options).toArray();
const aLot = { $facet: { a: [{ $sort: { text: -1 } }, { $count: 'n' }], b: [{ $group: { _id: '$text' } }, { $count: 'n' }] } };

/** Requests that take a while, whatever the machine; they have to pause for others, and end when their time is over. */
const LONG: [string, Request][] = [
  ['a sort', (items, _db, options) => items.find({}, options).sort({ text: -1 }).batchSize(50_000).toArray()],
  ['a count of a pattern', (items, _db, options) => items.countDocuments({ text: { $regex: '^(?:(?:x|y)+ ?)+z$' } }, options)],
  ['distinct values', (items, _db, options) => items.distinct('text', {}, options)],
  ['groups and sorts', pipeline(aLot)],
  ['buckets', pipeline({ $bucketAuto: { groupBy: { $concat: ['$text', ''] }, buckets: 5 } })],
  ['joins', pipeline({ $lookup: { from: 'items', localField: 'n', foreignField: '_id', as: 'j' } }, { $count: 'n' })],
  [
    'expressions',
    pipeline({ $project: { x: { $sum: { $map: { input: { $range: [0, 50] }, in: { $add: ['$$this', '$n'] } } } } } }, { $count: 'n' }),
  ],
  ['an $out', (items, _db, options) => items.aggregate([{ $out: 'out' }], options).toArray()],
  ['a $merge', (items, _db, options) => items.aggregate([{ $merge: 'merged' }], options).toArray()],
  ['many updates', (items, _db, options) => items.updateMany({}, [{ $set: { m: { $add: ['$n', { $rand: {} }] } } }], options)],
  [
    'an index build',
    (_items, db, options) => db.command({ createIndexes: 'items', indexes: [{ key: { text: 1 }, name: 'text' }], ...options }),
  ],
  [
    'a filter of 5,000 branches',
    (items, _db, options) => items.find({ $or: range(5000).map((n) => ({ text: `${n}`, n })) }, options).toArray(),
  ],
  ['a long document', (_items, db, options) => db.collection('long').find({ list: -1 }, options).toArray()],
  [
    'a long document in a pipeline',
    (_items, db, options) =>
      db
        .collection('long')
        .aggregate([{ $set: { n: 1 } }], options)
        .toArray(),
  ],
  ['an update of a long document', (_items, db, options) => db.collection('long').updateOne({}, { $inc: { 'list.$[]': 1 } }, options)],
  ['an insert of a long document', (_items, db, options) => db.collection('longer').insertOne({ list: range(LONG_LIST) }, options)],
  ['validate', (_items, db, options) => db.command({ validate: 'items', ...options })],
];

/** Requests that are done too soon on a fast machine to count what is answered meanwhile. */
const LISTS: [string, Request][] = [
  [
    'explain',
    (_items, db, options) =>
      db.command({ explain: { find: 'items', filter: { m: { $in: range(200_000) } } }, verbosity: 'queryPlanner', ...options }),
  ],
  ['killCursors', (_items, db, options) => db.command({ killCursors: 'items', cursors: range(400_000).map((n) => BigInt(n)), ...options })],
];

const LONG_LIST = 600_000;

describeEmbedded('one request and the others', () => {
  const server = withServer();
  let other: MongoClient;
  const items = (): Collection<Item> => server.db.collection<Item>('items');

  before(async () => {
    other = await new MongoClient(server.url).connect();
    await server.db.collection('long').insertOne({ list: range(LONG_LIST) });
    await items().insertMany(range(20_000).map((n) => ({ _id: n, n, text: `${'xy '.repeat(20)}${(n * 7919) % 20_000}` })));
  });
  after(() => other.close());

  for (const [name, request] of LISTS) {
    it(`ends ${name} when the time is over`, async () => {
      expect(await errorOf(request(items(), server.db, { maxTimeMS: 1 }))).to.include({ code: 50 });
    });
  }

  for (const [name, request] of LONG) {
    it(`answers pings during ${name}`, async () => {
      await server.db.command({ dropIndexes: 'items', index: '*' });
      const state = { isDone: false };
      const asked = request(items(), server.db, {}).finally(() => (state.isDone = true));
      let pings = 0;
      for (; !state.isDone; pings++) await other.db('admin').command({ ping: 1 });
      await asked;
      // One that is sent before and one that is answered after say nothing.
      expect(pings).to.be.greaterThan(4);
    });

    it(`ends ${name} when the time is over`, async () => {
      await server.db.command({ dropIndexes: 'items', index: '*' });
      expect(await errorOf(request(items(), server.db, { maxTimeMS: 1 }))).to.include({ code: 50 });
      expect(await server.db.listCollections({ name: /^tmp/ }).toArray()).to.deep.equal([]);
      expect(await items().indexes()).to.have.length(1);
    });
  }

  for (const [name, expression] of [
    [
      'a loop in a loop',
      {
        $map: {
          input: { $range: [0, 1000] },
          in: { $reduce: { input: { $range: [0, 1e7] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
        },
      },
    ],
    [
      'a list that is copied for each of its elements',
      { $reduce: { input: { $range: [0, 50_000] }, initialValue: [], in: { $concatArrays: ['$$value', ['$$this']] } } },
    ],
    ['a range without end', { $range: [0, 2e9] }],
    ['sets of sets', { $map: { input: { $range: [0, 1000] }, in: { $setUnion: [{ $range: [0, 1000] }, ['$$this']] } } }],
  ] as const) {
    it(`gives up ${name}`, async () => {
      expect(await errorOf(server.db.aggregate([{ $documents: [{}] }, { $project: { x: expression } }]).toArray())).to.include({
        code: 50,
      });
      expect(await errorOf(items().updateOne({ _id: 1 }, [{ $set: { x: expression } }]))).to.include({ code: 50 });
    });
  }

  it('computes with each element of a long array', async () => {
    const list = range(20_000);
    const [result] = await server.db
      .aggregate([
        { $documents: [{ list }] },
        {
          $project: {
            sum: { $sum: { $map: { input: '$list', in: { $add: ['$$this', 1] } } } },
            set: { $size: { $setUnion: ['$list', [-1]] } },
          },
        },
      ])
      .toArray();
    expect(result).to.deep.equal({ sum: 200_010_000, set: 20_001 });
  });
});
