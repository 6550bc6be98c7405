import { expect } from 'chai';
import { Decimal128, type Document, Long, Timestamp } from 'mongodb';
import { errorOf, onThisServer, withServer } from './test-server.js';

const at = new Date('2024-03-31T00:30:15.250Z');

/** An expression over {n: 7, d: 2.5, s: ' Ada ', l: [3, 1, 2], o: {x: 1}, at, nothing: null} and its value. */
const expressions: Record<string, [unknown, unknown][]> = {
  'arithmetic (reference/operator/aggregation/#arithmetic-expression-operators)': [
    [{ $add: ['$n', 1, 2] }, 10],
    [{ $subtract: ['$n', 2] }, 5],
    [{ $multiply: ['$n', '$d'] }, 17.5],
    [{ $divide: ['$n', 2] }, 3.5],
    [{ $mod: ['$n', 4] }, 3],
    [{ $abs: -3 }, 3],
    [{ $floor: '$d' }, 2],
    [{ $ceil: '$d' }, 3],
    [{ $round: [2.5, 0] }, 2],
    [{ $round: [1234.567, 2] }, 1234.57],
    [{ $round: [1234, -2] }, 1200],
    [{ $trunc: [-2.7, 0] }, -2],
    [{ $pow: [2, 10] }, 1024],
    [{ $pow: [2, -1] }, 0.5],
    [{ $type: { $pow: [2, 40] } }, 'long'],
    [{ $type: { $pow: [2, 64] } }, 'double'],
    [{ $pow: [-1, 1001] }, -1],
    [{ $sqrt: 16 }, 4],
    [{ $type: { $sqrt: 16 } }, 'double'],
    [{ $exp: 0 }, 1],
    [{ $ln: 1 }, 0],
    [{ $log: [8, 2] }, 3],
    [{ $log10: 1000 }, 3],
    [{ $cos: 0 }, 1],
    [{ $acos: '$nothing' }, null],
    [{ $atan2: [0, 1] }, 0],
    [{ $radiansToDegrees: { $degreesToRadians: 180 } }, 180],
    [{ $bitNot: '$n' }, -8],
    [{ $type: { $sin: { $toDecimal: '$n' } } }, 'decimal'],
    [{ $add: ['$nothing', 1] }, null],
    [{ $add: ['$at', 1000] }, new Date(at.getTime() + 1000)],
    [{ $sum: ['$n', 'x', 1] }, 8],
    [{ $avg: '$l' }, 2],
    [{ $max: '$l' }, 3],
    [{ $min: ['$n', '$d'] }, 2.5],
  ],
  'comparison and logic': [
    [{ $eq: ['$n', 7] }, true],
    [{ $cmp: ['a', 'b'] }, -1],
    [{ $gt: ['x', 99] }, true],
    [{ $and: ['$n', '$nothing'] }, false],
    [{ $or: [0, '$n'] }, true],
    [{ $not: ['$missing'] }, true],
    [{ $cond: { if: { $gte: ['$n', 5] }, then: 'big', else: 'small' } }, 'big'],
    [{ $ifNull: ['$nothing', '$missing', 'x'] }, 'x'],
    [
      {
        $switch: {
          branches: [
            { case: { $lt: ['$n', 5] }, then: 1 },
            { case: true, then: 2 },
          ],
        },
      },
      2,
    ],
    [{ $let: { vars: { k: { $add: ['$n', 1] } }, in: { $multiply: ['$$k', 2] } } }, 16],
  ],
  arrays: [
    [{ $size: '$l' }, 3],
    [{ $arrayElemAt: ['$l', -1] }, 2],
    [{ $first: '$l' }, 3],
    [{ $slice: ['$l', 1, 1] }, [1]],
    [{ $in: [1, '$l'] }, true],
    [{ $concatArrays: ['$l', [9]] }, [3, 1, 2, 9]],
    [{ $map: { input: '$l', as: 'i', in: { $multiply: ['$$i', 2] } } }, [6, 2, 4]],
    [{ $filter: { input: '$l', cond: { $gt: ['$$this', 1] } } }, [3, 2]],
    [{ $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 6],
    [{ $reverseArray: '$l' }, [2, 1, 3]],
    [{ $range: [0, 6, 2] }, [0, 2, 4]],
    [{ $sortArray: { input: '$l', sortBy: -1 } }, [3, 2, 1]],
    [{ $indexOfArray: ['$l', 2] }, 2],
    [
      {
        $zip: {
          inputs: [
            [1, 2],
            ['a', 'b'],
          ],
        },
      },
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      {
        $setUnion: [
          [1, 2],
          [2, 3],
        ],
      },
      [1, 2, 3],
    ],
    [{ $setIsSubset: [[1], '$l'] }, true],
    [{ $objectToArray: '$o' }, [{ k: 'x', v: 1 }]],
    [{ $arrayToObject: [[['k', 1]]] }, { k: 1 }],
    [{ $mergeObjects: ['$o', { y: 2 }] }, { x: 1, y: 2 }],
    [{ $getField: { field: 'x', input: '$o' } }, 1],
    [{ $isArray: '$l' }, true],
    [{ $firstN: { n: 2, input: '$l' } }, [3, 1]],
    [{ $lastN: { n: 2, input: '$l' } }, [1, 2]],
    [{ $maxN: { n: 2, input: ['$nothing', 5, 'a', 7] } }, ['a', 7]],
    [{ $minN: { n: 9, input: '$l' } }, [1, 2, 3]],
  ],
  strings: [
    [{ $concat: ['a', '$s', 'b'] }, 'a Ada b'],
    [{ $trim: { input: '$s' } }, 'Ada'],
    [{ $toUpper: '$s' }, ' ADA '],
    [{ $split: ['a-b-c', '-'] }, ['a', 'b', 'c']],
    [{ $strLenCP: 'grüße' }, 5],
    [{ $strLenBytes: 'grüße' }, 7],
    [{ $substrCP: ['grüße', 2, 2] }, 'üß'],
    [{ $indexOfCP: ['grüße', 'ß'] }, 3],
    [{ $replaceAll: { input: 'a.a', find: '.', replacement: '-' } }, 'a-a'],
    [{ $regexMatch: { input: 'Ada', regex: /^a/i } }, true],
    [{ $regexFind: { input: 'xAda', regex: 'A(d)' } }, { match: 'Ad', idx: 1, captures: ['d'] }],
    [{ $strcasecmp: ['a', 'B'] }, -1],
  ],
  types: [
    [{ $type: '$l' }, 'array'],
    [{ $type: '$missing' }, 'missing'],
    [{ $toString: '$d' }, '2.5'],
    [{ $toInt: '12' }, 12],
    [{ $toDouble: '1.5' }, 1.5],
    [{ $toBool: 0 }, false],
    [{ $toDate: '2024-01-01' }, new Date('2024-01-01')],
    [{ $convert: { input: 'x', to: 'int', onError: -1 } }, -1],
    [{ $convert: { input: null, to: 'int', onNull: 0 } }, 0],
    [{ $isNumber: '$n' }, true],
    [{ $binarySize: 'grüße' }, 7],
    [{ $bsonSize: '$o' }, 12],
    [{ $tsSecond: new Timestamp({ t: 1_700_000_000, i: 7 }) }, 1_700_000_000],
    [{ $tsIncrement: new Timestamp({ t: 1_700_000_000, i: 7 }) }, 7],
  ],
  'dates with time zones (reference/operator/aggregation/#date-expression-operators)': [
    [{ $year: '$at' }, 2024],
    [{ $dayOfWeek: '$at' }, 1],
    [{ $isoWeek: '$at' }, 13],
    [{ $dayOfYear: '$at' }, 91],
    [{ $hour: { date: '$at', timezone: 'America/New_York' } }, 20],
    [{ $dayOfMonth: { date: '$at', timezone: 'America/New_York' } }, 30],
    [{ $hour: { date: '$at', timezone: '+05:30' } }, 6],
    [{ $dateToString: { date: '$at' } }, '2024-03-31T00:30:15.250Z'],
    [{ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M %z', timezone: 'Europe/Berlin' } }, '2024-03-31 01:30 +0100'],
    // Berlin's clocks go forward at 01:00 UTC of this day: a day later at the same local time is 23 hours on.
    [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1, timezone: 'Europe/Berlin' } }, new Date('2024-03-31T23:30:15.250Z')],
    [{ $dateAdd: { startDate: new Date('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } }, new Date('2024-02-29T00:00:00Z')],
    [{ $dateSubtract: { startDate: '$at', unit: 'hour', amount: 1 } }, new Date('2024-03-30T23:30:15.250Z')],
    [{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Europe/Berlin' } }, new Date('2024-03-30T23:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, new Date('2024-03-25T00:00:00Z')],
    [{ $dateTrunc: { date: '$at', unit: 'month', binSize: 3 } }, new Date('2024-01-01T00:00:00Z')],
    [{ $dateDiff: { startDate: new Date('2024-01-31T23:00:00Z'), endDate: '$at', unit: 'month' } }, 2],
    [{ $dateDiff: { startDate: new Date('2024-03-30T23:00:00Z'), endDate: '$at', unit: 'day', timezone: 'Europe/Berlin' } }, 0],
    [{ $dateFromParts: { year: 2024, month: 3, day: 31, hour: 12, timezone: 'Europe/Berlin' } }, new Date('2024-03-31T10:00:00Z')],
    [{ $dateFromString: { dateString: '31.03.2024 01:00', format: '%d.%m.%Y %H:%M' } }, new Date('2024-03-31T01:00:00Z')],
    [{ $dateToParts: { date: '$at' } }, { year: 2024, month: 3, day: 31, hour: 0, minute: 30, second: 15, millisecond: 250 }],
  ],
};

const sales = [
  { _id: 1, shop: 'a', sum: 10, tags: ['x', 'y'], day: 1 },
  { _id: 2, shop: 'b', sum: 20, tags: ['y'], day: 1 },
  { _id: 3, shop: 'a', sum: 30, tags: [], day: 2 },
];
/** Pipelines over the sales, beside a collection `shops` of {_id, name}. */
const pipelines: [string, Document[], Document[]][] = [
  [
    '$group',
    [
      {
        $group: {
          _id: '$shop',
          n: { $sum: 1 },
          sum: { $sum: '$sum' },
          avg: { $avg: '$sum' },
          ids: { $push: '$_id' },
          top: { $max: '$sum' },
          first: { $first: '$day' },
        },
      },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: 'a', n: 2, sum: 40, avg: 20, ids: [1, 3], top: 30, first: 1 },
      { _id: 'b', n: 1, sum: 20, avg: 20, ids: [2], top: 20, first: 1 },
    ],
  ],
  [
    '$group by an object, with null',
    [{ $group: { _id: { d: '$day' }, last: { $last: '$sum' }, set: { $addToSet: '$shop' } } }, { $sort: { '_id.d': -1 } }, { $limit: 1 }],
    [{ _id: { d: 2 }, last: 30, set: ['a'] }],
  ],
  ['$topN', [{ $group: { _id: null, best: { $topN: { n: 2, sortBy: { sum: -1 }, output: '$_id' } } } }], [{ _id: null, best: [3, 2] }]],
  [
    '$unwind',
    [{ $unwind: { path: '$tags', includeArrayIndex: 'i', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1, i: 1 } }],
    [
      { _id: 1, tags: 'x', i: 0 },
      { _id: 1, tags: 'y', i: 1 },
      { _id: 2, tags: 'y', i: 0 },
      { _id: 3, i: null },
    ],
  ],
  [
    '$lookup by fields',
    [{ $match: { _id: 1 } }, { $lookup: { from: 'shops', localField: 'shop', foreignField: '_id', as: 's' } }, { $project: { s: 1 } }],
    [{ _id: 1, s: [{ _id: 'a', name: 'Alpha' }] }],
  ],
  [
    '$lookup by pipeline',
    [
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'shops',
          let: { id: '$shop' },
          pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$id'] } } }, { $project: { _id: 0 } }],
          as: 's',
        },
      },
      { $project: { s: 1 } },
    ],
    [{ _id: 2, s: [{ name: 'Beta' }] }],
  ],
  [
    '$facet',
    [{ $facet: { n: [{ $count: 'all' }], first: [{ $sort: { sum: -1 } }, { $limit: 1 }, { $project: { sum: 1 } }] } }],
    [{ n: [{ all: 3 }], first: [{ _id: 3, sum: 30 }] }],
  ],
  [
    '$sortByCount',
    [{ $unwind: '$tags' }, { $sortByCount: '$tags' }],
    [
      { _id: 'y', count: 2 },
      { _id: 'x', count: 1 },
    ],
  ],
  [
    '$bucket',
    [{ $bucket: { groupBy: '$sum', boundaries: [0, 15, 25], default: 'more', output: { n: { $sum: 1 } } } }],
    [
      { _id: 0, n: 1 },
      { _id: 15, n: 1 },
      { _id: 'more', n: 1 },
    ],
  ],
  [
    '$addFields, $unset and $replaceRoot',
    [{ $match: { _id: 1 } }, { $addFields: { 'd.e': '$sum' } }, { $unset: ['tags', 'day'] }, { $replaceRoot: { newRoot: '$d' } }],
    [{ e: 10 }],
  ],
  [
    '$unionWith',
    [{ $match: { _id: 1 } }, { $project: { sum: 1 } }, { $unionWith: { coll: 'shops', pipeline: [{ $match: { _id: 'b' } }] } }],
    [
      { _id: 1, sum: 10 },
      { _id: 'b', name: 'Beta' },
    ],
  ],
  [
    '$bucketAuto',
    [{ $bucketAuto: { groupBy: '$sum', buckets: 2, output: { ids: { $push: '$_id' }, '1': { $max: '$sum' }, '0': { $sum: 1 } } } }],
    [
      { _id: { min: 10, max: 30 }, ids: [1, 2], '1': 20, '0': 2 },
      { _id: { min: 30, max: 30 }, ids: [3], '1': 30, '0': 1 },
    ],
  ],
  [
    '$bucketAuto with equal values',
    [{ $bucketAuto: { groupBy: '$day', buckets: 3 } }],
    [
      { _id: { min: 1, max: 2 }, count: 2 },
      { _id: { min: 2, max: 2 }, count: 1 },
    ],
  ],
  ['$count of nothing', [{ $match: { _id: 9 } }, { $count: 'n' }], []],
];

describe('aggregation', () => {
  const server = withServer();
  for (const [title, rows] of Object.entries(expressions)) {
    describe(title, () => {
      for (const [expression, expected] of rows) {
        it(JSON.stringify(expression), async () => {
          const items = server.fresh();
          await items.insertOne({ n: 7, d: 2.5, s: ' Ada ', l: [3, 1, 2], o: { x: 1 }, at, nothing: null });
          const [found] = await items.aggregate([{ $project: { _id: 0, v: expression } }]).toArray();
          expect(found).to.deep.equal({ v: expected });
        });
      }
    });
  }

  for (const [title, pipeline, expected] of pipelines) {
    it(title, async () => {
      const items = server.fresh<(typeof sales)[number]>();
      const shops = server.db.collection<{ _id: string; name: string }>('shops');
      await shops.deleteMany({});
      await shops.insertMany([
        { _id: 'a', name: 'Alpha' },
        { _id: 'b', name: 'Beta' },
      ]);
      await items.insertMany(sales);
      expect(await items.aggregate(pipeline).toArray()).to.deep.equal(expected);
    });
  }

  it('$graphLookup follows references', async () => {
    const staff = server.fresh<{ _id: string; boss: string | null }>();
    await staff.insertMany([
      { _id: 'a', boss: null },
      { _id: 'b', boss: 'a' },
      { _id: 'c', boss: 'b' },
    ]);
    const stage = {
      from: staff.collectionName,
      startWith: '$boss',
      connectFromField: 'boss',
      connectToField: '_id',
      as: 'chain',
      depthField: 'd',
    };
    const [found] = await staff.aggregate([{ $match: { _id: 'c' } }, { $graphLookup: stage }]).toArray();
    expect((found?.chain as Document[]).map(({ _id, d }) => [_id, d] as unknown)).to.deep.equal([
      ['b', 0],
      ['a', 1],
    ]);
  });

  it('$out replaces a collection and keeps its indexes, $merge merges by _id', async () => {
    const [from, to] = [server.fresh(), server.fresh()];
    await to.createIndexes([{ key: { n: 1 } }]);
    await to.insertOne({ n: 99 });
    await from.insertMany([
      { _id: 1 as never, n: 1 },
      { _id: 2 as never, n: 2 },
    ]);
    await from.aggregate([{ $match: { n: 1 } }, { $out: to.collectionName }]).toArray();
    expect(await to.find().toArray()).to.deep.equal([{ _id: 1, n: 1 }]);
    expect((await to.indexes()).map(({ name }) => name)).to.deep.equal(['_id_', 'n_1']);
    await from.aggregate([{ $addFields: { m: true } }, { $merge: { into: to.collectionName } }]).toArray();
    expect(await to.find().sort({ n: 1 }).toArray()).to.deep.equal([
      { _id: 1, n: 1, m: true },
      { _id: 2, n: 2, m: true },
    ]);
  });

  it('when $merge meets what is there and must not, then the error says which key', async () => {
    const [from, to] = [server.fresh(), server.fresh()];
    await from.insertOne({ _id: 1 as never, n: 1 });
    await to.insertOne({ _id: 1 as never });
    const merged = from.aggregate([{ $merge: { into: to.collectionName, whenMatched: 'fail' } }]).toArray();
    expect(await errorOf(merged)).to.deep.include({ code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } });
    expect(await to.find().toArray()).to.deep.equal([{ _id: 1 }]);
  });

  it('sums decimals and longs exactly', async () => {
    const items = server.fresh();
    await items.insertMany([
      { d: Decimal128.fromString('0.1'), l: Long.fromString('9007199254740993') },
      { d: Decimal128.fromString('0.2'), l: 0 },
    ]);
    const [sums] = await items
      .aggregate([{ $group: { _id: null, d: { $sum: '$d' }, l: { $sum: '$l' } } }], { promoteLongs: false })
      .toArray();
    expect([String(sums?.d), String(sums?.l)]).to.deep.equal(['0.3', '9007199254740993']);
  });

  const refused: [string, Document[], number][] = [
    ['an unknown stage', [{ $foo: 1 }], 40324],
    ['an unknown expression in $project', [{ $project: { a: { $foo: 1 } } }], 31325],
    ['an unknown expression elsewhere', [{ $addFields: { a: { $foo: 1 } } }], 168],
    ['an unknown accumulator', [{ $group: { _id: 1, a: { $foo: 1 } } }], 15952],
    ['$group without _id', [{ $group: { a: { $sum: 1 } } }], 15955],
    ['a change stream', [{ $changeStream: {} }], 40573],
    ['$out before the end', [{ $out: 'x' }, { $limit: 1 }], 40601],
    ['a square root of less than nothing', [{ $set: { a: { $sqrt: -1 } } }], 28714],
    ['a logarithm of nothing', [{ $set: { a: { $ln: 0 } } }], 28766],
    ['a sine of a text', [{ $set: { a: { $sin: 'x' } } }], 28765],
    ['an arc sine outside of its range', [{ $set: { a: { $asin: 2 } } }], 50989],
    ['nothing to a negative power', [{ $set: { a: { $pow: [0, -1] } } }], 28764],
    ['no buckets', [{ $bucketAuto: { groupBy: '$a', buckets: 0 } }], 40243],
    ['buckets of something that is no expression', [{ $bucketAuto: { groupBy: 'a', buckets: 1 } }], 40239],
    ['a granularity of buckets', [{ $bucketAuto: { groupBy: '$a', buckets: 1, granularity: 'R5' } }], 238],
    ['windows', [{ $setWindowFields: { output: { n: { $sum: 1 } } } }], 238],
    ['server-side JavaScript', [{ $project: { a: { $function: { body: 'x', args: [], lang: 'js' } } } }], 238],
  ];
  for (const [what, pipeline, code] of onThisServer(refused)) {
    it(`refuses ${what} with ${code}`, async () => {
      const items = server.fresh();
      await items.insertOne({});
      expect(await errorOf(items.aggregate(pipeline).toArray())).to.include({ code });
    });
  }
});
