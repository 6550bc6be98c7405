import { Binary, BSONRegExp, type Document, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { finds, type Scenario } from './scenario.js';

/** Ascending, each with its place as _id (manual: reference/bson-type-comparison-order); an array sorts by its least element. */
const ASCENDING = [
  new MinKey(),
  [],
  null,
  -Infinity,
  -1.5,
  [0, 'z'],
  2,
  '',
  'B',
  'a',
  {},
  { a: 1 },
  { a: 'x' },
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 2])),
  new ObjectId('000000000000000000000001'),
  false,
  true,
  new Date(-1),
  new Date(1),
  new Timestamp({ t: 1, i: 1 }),
  new BSONRegExp('a'),
  new MaxKey(),
].map((v, _id): Document => ({ _id, v }));
const ids = (documents: readonly Document[]): Document[] => documents.map(({ _id }) => ({ _id: _id as number }));
/** Descending an array counts by its greatest element: [0, 'z'] comes above 'a'. */
const DESCENDING = ids(ASCENDING).toReversed();
DESCENDING.splice(
  DESCENDING.findIndex(({ _id }) => _id === 9),
  0,
  ...DESCENDING.splice(
    DESCENDING.findIndex(({ _id }) => _id === 5),
    1,
  ),
);

const arrays = [
  { _id: 1, v: [1, 2, 3] },
  { _id: 2, v: 2 },
  { _id: 3, v: [[1, 2], 5] },
  { _id: 4, v: [] },
  {
    _id: 5,
    v: [
      { k: 1, n: 9 },
      { k: 2, n: 1 },
    ],
  },
  { _id: 6 },
];

export const reads: readonly Scenario[] = [
  ...[[], [{ key: { v: 1 }, name: 'v_1' }], [{ key: { v: -1 }, name: 'v_-1' }]].map((indexes) => ({
    title: `the order of all types, ${indexes[0]?.name ?? 'without an index'}`,
    given: ASCENDING,
    indexes,
    steps: [
      finds({ find: '@', sort: { v: 1 }, projection: { _id: 1 } }, ids(ASCENDING)),
      finds({ find: '@', sort: { v: -1 }, projection: { _id: 1 } }, DESCENDING),
      finds({ find: '@', filter: { v: { $gt: '' } }, sort: { _id: 1 }, projection: { _id: 1 } }, [{ _id: 5 }, { _id: 8 }, { _id: 9 }]),
      finds({ find: '@', filter: { v: { $lt: true } }, projection: { _id: 1 } }, [{ _id: 16 }]),
    ],
  })),
  ...(
    [
      [{ v: 2 }, [1, 2]],
      [{ v: [1, 2] }, [3]],
      [{ v: [1, 2, 3] }, [1]],
      [{ 'v.0': 1 }, [1, 3]],
      [{ v: { $size: 2 } }, [3, 5]],
      [{ v: { $gt: 2, $lt: 2 } }, [1]],
      [{ v: { $elemMatch: { $gt: 1, $lt: 3 } } }, [1]],
      [{ v: { $elemMatch: { k: 1, n: 1 } } }, []],
      [{ 'v.k': 1, 'v.n': 1 }, [5]],
      [{ v: { $all: [1, 3] } }, [1]],
      [{ v: { $in: [5, []] } }, [3, 4]],
      [{ v: null }, [6]],
      [{ v: { $ne: 2 } }, [3, 4, 5, 6]],
      [{ v: { $not: { $gt: 1 } } }, [4, 5, 6]],
      [{ v: { $exists: false } }, [6]],
      [{ v: { $type: 'array' } }, [1, 3, 4, 5]],
    ] as [Document, number[]][]
  ).flatMap(([filter, found]) =>
    [[], [{ key: { v: 1 }, name: 'v_1' }]].map((indexes) => ({
      title: `${JSON.stringify(filter)} over arrays, ${indexes.length === 0 ? 'without' : 'with'} an index`,
      given: arrays,
      indexes,
      steps: [
        finds(
          { find: '@', filter, sort: { _id: 1 }, projection: { _id: 1 } },
          found.map((_id) => ({ _id })),
        ),
      ],
    })),
  ),
  {
    title: 'parts of arrays: $slice, $elemMatch and $ of a projection',
    given: [arrays[0] as Document, arrays[4] as Document],
    steps: [
      finds({ find: '@', filter: { _id: 1 }, projection: { v: { $slice: -2 } } }, [{ _id: 1, v: [2, 3] }]),
      finds({ find: '@', filter: { _id: 5 }, projection: { v: { $elemMatch: { k: 2 } } } }, [{ _id: 5, v: [{ k: 2, n: 1 }] }]),
      finds({ find: '@', filter: { v: { $gt: 1 } }, projection: { 'v.$': 1 } }, [{ _id: 1, v: [2] }]),
    ],
  },
  {
    title: 'what is asked wrongly is refused with its code',
    given: [{ _id: 1 }],
    steps: [
      { run: { find: '@', filter: { a: { $foo: 1 } } }, fails: 2 },
      { run: { find: '@', filter: { a: { $in: 1 } } }, fails: 2 },
      { run: { find: '@', filter: { $or: [] } }, fails: 2 },
      { run: { find: '@', sort: { a: 2 } }, fails: 15975 },
      { run: { find: '@', projection: { a: 1, b: 0 } }, fails: 31254 },
      { run: { find: '@', hint: 'none' }, fails: 2 },
      { run: { find: '@', limit: -1 }, fails: 51024 },
      { run: { find: '@', skip: -1 }, fails: 51024 },
      { run: { find: '@', batchSize: -1 }, fails: 51024 },
      { run: { find: '@', foo: 1 }, fails: 40415 },
      { run: { find: 5 }, fails: 73 },
      { run: { aggregate: '@', pipeline: [{ $foo: {} }], cursor: {} }, fails: 40324 },
      { run: { aggregate: '@', pipeline: [{}], cursor: {} }, fails: 40323 },
      { run: { aggregate: '@', pipeline: [] }, fails: 9 },
      { run: { aggregate: '@', pipeline: [{ $group: { a: { $sum: 1 } } }], cursor: {} }, fails: 15955 },
      { run: { distinct: '@' }, fails: 40414 },
      { run: { listIndexes: '@none' }, fails: 26 },
      { run: { dropIndexes: '@', index: 'none' }, fails: 27 },
      { run: { dropIndexes: '@', index: '_id_' }, fails: 72 },
      { run: { createIndexes: '@', indexes: [{ key: { a: 0 }, name: 'a' }] }, fails: 67 },
      { run: { createIndexes: '@', indexes: [{ key: { a: 1 }, name: 'a', foo: 1 }] }, fails: 197 },
      { run: { unheardOf: 1 }, fails: 59 },
    ],
  },
];
