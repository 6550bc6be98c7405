// Requests that take long, each as [name, function of the database]. What they need is made by `prepare`.
import { Binary } from 'mongodb';

const DOCUMENTS = 100_000;
const range = (n) => Array.from({ length: n }, (_, i) => i);
const item = (n) => ({
  _id: n,
  n,
  text: `the word ${n} of some text ${'x'.repeat(300)}`,
  tags: [`t${n % 7}`, `u${n % 11}`],
  at: new Date(n),
});
const all = (cursor) => cursor.toArray().then(({ length }) => length);
const inBatches = async (collection, from, to) => {
  for (let n = from; n < to; n += 5000) await collection.insertMany(range(5000).map((i) => item(n + i)));
};

export async function prepare(db) {
  await inBatches(db.collection('items'), 0, DOCUMENTS);
  await db.collection('items').createIndexes([{ key: { n: 1 } }, { key: { tags: 1, n: 1 } }]);
  await db.collection('texts').insertOne({ _id: 1, text: 'the quick brown fox '.repeat(780_000) });
  await db.collection('arrays').insertOne({ _id: 1, list: range(100_000), docs: range(50_000).map((n) => ({ n, s: `s${n % 100}` })) });
  await db.collection('wide').insertOne({ _id: 1, list: range(1_000_000) });
  await db.collection('runs').insertMany(range(2000).map((n) => ({ _id: n, text: `${'a'.repeat(30)}!` })));
  await db.collection('edges').insertMany(range(5000).map((n) => ({ _id: n, to: [(n * 7 + 1) % 5000, (n + 1) % 5000] })));
}

const one = (db, expression) =>
  all(db.collection('arrays').aggregate([{ $project: { x: expression } }, { $project: { y: { $size: { $ifNull: ['$x', []] } } } }]));

export const worst = [
  ['nothing', () => new Promise((resolve) => setTimeout(resolve, 1500))],
  ['query: scan of everything', (db) => all(db.collection('items').find({ missing: 1 }))],
  [
    'query: $in of 20,000 values, by index',
    (db) =>
      all(
        db
          .collection('items')
          .find({ n: { $in: range(20_000) } })
          .project({ _id: 1 }),
      ),
  ],
  ['query: $in of 500,000 numbers, scan', (db) => all(db.collection('items').find({ m: { $in: range(500_000) } }))],
  ['query: $or of 5,000 branches', (db) => all(db.collection('items').find({ $or: range(5000).map((n) => ({ n, m: 1 })) }))],
  [
    'query: $in of 10,000 values, by index',
    (db) =>
      all(
        db
          .collection('items')
          .find({ n: { $in: range(10_000) } })
          .project({ _id: 1 }),
      ),
  ],
  [
    'query: 100 conditions on 1,000,000 numbers',
    (db) => all(db.collection('wide').find({ $or: range(100).map((n) => ({ list: { $gt: 1_000_000 + n } })) })),
  ],
  ['query: sort of all by what no index has', (db) => all(db.collection('items').find().sort({ text: -1 }).project({ _id: 1 }))],
  ['query: sort with a limit of 40,000', (db) => all(db.collection('items').find().sort({ text: -1 }).limit(40_000).project({ _id: 1 }))],
  ['query: a document of 1,000,000 numbers', (db) => all(db.collection('wide').find({ list: -1 }))],
  ['count: a range of everything, by index', (db) => db.collection('items').countDocuments({ n: { $gte: 0 } })],
  [
    'distinct: 100,000 values',
    (db) =>
      db
        .collection('items')
        .distinct('text')
        .catch((error) => error.code),
  ],
  ['pattern: /^(a+)+$/ on 2,000 texts', (db) => all(db.collection('runs').find({ text: { $regex: '^(a+)+$' } }))],
  ['pattern: a word in 15 MB of text', (db) => all(db.collection('texts').find({ text: { $regex: 'missing' } }))],
  [
    'pattern: nested repetitions in 15 MB of text',
    (db) => all(db.collection('texts').find({ text: { $regex: '(?:(?:quick|brown)+ )+missing' } })),
  ],
  [
    'pattern: $regexFindAll in 15 MB of text',
    (db) => all(db.collection('texts').aggregate([{ $project: { n: { $size: { $regexFindAll: { input: '$text', regex: 'fox' } } } } }])),
  ],
  ['update: all documents', (db) => db.collection('items').updateMany({}, { $set: { touched: 1 } })],
  ['update: all, by a pipeline', (db) => db.collection('items').updateMany({}, [{ $set: { doubled: { $multiply: ['$n', 2] } } }])],
  [
    'update: $push of 100,000 elements, sorted',
    (db) => db.collection('arrays').updateOne({ _id: 1 }, { $push: { list: { $each: range(100_000), $sort: -1, $slice: 100_000 } } }),
  ],
  [
    'update: $addToSet of 50,000 elements',
    (db) => db.collection('arrays').updateOne({ _id: 1 }, { $addToSet: { list: { $each: range(50_000).map((n) => n + 75_000) } } }),
  ],
  [
    'update: $pullAll of 50,000 elements',
    (db) => db.collection('arrays').updateOne({ _id: 1 }, { $pullAll: { list: range(50_000).map((n) => n + 110_000) } }),
  ],
  ['update: $inc of 1,000,000 numbers', (db) => db.collection('wide').updateOne({ _id: 1 }, { $inc: { 'list.$[]': 1 } })],
  [
    'update: an indexed array of 20,000 elements',
    (db) => db.collection('items').updateOne({ _id: 1 }, { $set: { tags: range(20_000).map(String) } }),
  ],
  ['delete: an indexed array of 20,000 elements', (db) => db.collection('items').deleteOne({ _id: 1 })],
  [
    'updates: 50,000 in one command',
    (db) =>
      db.collection('items').bulkWrite(range(50_000).map((n) => ({ updateOne: { filter: { _id: n }, update: { $inc: { n2: 1 } } } }))),
  ],
  [
    'insert: 50,000 documents in one command',
    (db) => db.collection('inserts').insertMany(range(50_000).map((n) => ({ n, text: 'x'.repeat(200) }))),
  ],
  [
    'insert: three documents of 15 MB',
    (db) => db.collection('blobs').insertMany(range(3).map(() => ({ blob: new Binary(Buffer.alloc(15e6)) }))),
  ],
  ['insert: a document of 1,000,000 numbers', (db) => db.collection('wide2').insertOne({ list: range(1_000_000) })],
  ['index: build over everything', (db) => db.collection('items').createIndex({ text: 1, n: -1 })],
  ['index: drop', (db) => db.collection('items').dropIndex('text_1_n_-1')],
  [
    'aggregate: $group of everything',
    (db) => all(db.collection('items').aggregate([{ $group: { _id: '$text', n: { $push: '$n' } } }, { $count: 'n' }])),
  ],
  [
    'aggregate: $sort of everything',
    (db) =>
      all(
        db
          .collection('items')
          .aggregate([{ $addFields: { z: { $mod: ['$n', 977] } } }, { $sort: { z: 1 } }, { $limit: 90_000 }, { $count: 'n' }]),
      ),
  ],
  [
    'aggregate: $lookup for 20,000',
    (db) =>
      all(
        db
          .collection('items')
          .aggregate([{ $limit: 20_000 }, { $lookup: { from: 'items', localField: 'n', foreignField: '_id', as: 'j' } }, { $count: 'n' }]),
      ),
  ],
  [
    'aggregate: $graphLookup over 5,000',
    (db) =>
      all(
        db
          .collection('edges')
          .aggregate([
            { $limit: 1 },
            { $graphLookup: { from: 'edges', startWith: '$to', connectFromField: 'to', connectToField: '_id', as: 'g' } },
            { $project: { n: { $size: '$g' } } },
          ]),
      ),
  ],
  [
    'aggregate: $facet of four',
    (db) =>
      all(
        db.collection('items').aggregate([
          { $project: { n: 1 } },
          {
            $facet: {
              a: [{ $sort: { n: -1 } }, { $count: 'n' }],
              b: [{ $group: { _id: '$n' } }, { $count: 'n' }],
              c: [{ $bucketAuto: { groupBy: '$n', buckets: 5 } }],
              d: [{ $sample: { size: 50_000 } }, { $count: 'n' }],
            },
          },
        ]),
      ),
  ],
  [
    'aggregate: $unwind of 100,000 elements',
    (db) => all(db.collection('arrays').aggregate([{ $unwind: '$list' }, { $group: { _id: '$list' } }, { $count: 'n' }])),
  ],
  [
    'aggregate: $bucketAuto of everything',
    (db) => all(db.collection('items').aggregate([{ $bucketAuto: { groupBy: '$n', buckets: 50 } }])),
  ],
  ['aggregate: $out of everything', (db) => all(db.collection('items').aggregate([{ $out: 'copied' }]))],
  ['aggregate: $merge of 20,000', (db) => all(db.collection('items').aggregate([{ $limit: 20_000 }, { $merge: 'merged' }]))],
  [
    'expression: $reduce over 10,000,000',
    (db) =>
      one(db, {
        $map: {
          input: { $range: [0, 100] },
          in: { $reduce: { input: { $range: [0, 10_000_000] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } },
        },
      }),
  ],
  ['expression: $map over 100,000', (db) => one(db, { $map: { input: '$list', in: { $add: ['$$this', 1] } } })],
  [
    'expression: $reduce with $concatArrays',
    (db) => one(db, { $reduce: { input: '$list', initialValue: [], in: { $concatArrays: ['$$value', ['$$this']] } } }),
  ],
  [
    'expression: $setUnion of 100,000',
    (db) => one(db, { $setUnion: ['$list', { $map: { input: '$list', in: { $add: ['$$this', 1] } } }] }),
  ],
  ['expression: $sortArray of 50,000 documents', (db) => one(db, { $sortArray: { input: '$docs', sortBy: { s: 1, n: -1 } } })],
  ['expression: $range of 2,000,000', (db) => one(db, { $range: [0, 2_000_000] })],
  [
    'explain: $in of 200,000 values',
    (db) =>
      db
        .collection('items')
        .find({ m: { $in: range(200_000) } })
        .explain('queryPlanner'),
  ],
  ['killCursors: 100,000 ids', (db) => db.command({ killCursors: 'items', cursors: range(100_000).map((n) => BigInt(n + 2 ** 40)) })],
  ['validate', (db) => db.command({ validate: 'items' })],
  ['drop', (db) => db.collection('copied').drop()],
];
