import { expect } from 'chai';
import { Binary, Decimal128, type Document, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'mongodb';
import { errorOf, onThisServer, withServer } from './test-server.js';

/** A filter, the documents it is run over (numbered from 0) and which of them MongoDB finds. */
interface Row {
  filter: Document;
  over: Document[];
  finds: number[];
}

const values = [
  { v: 1 },
  { v: 5 },
  { v: '5' },
  { v: null },
  {},
  { v: [1, 9] },
  { v: [] },
  { v: { a: 1 } },
  { v: true },
  { v: new Date(5) },
];

const nested = [
  {
    r: [
      { p: 'a', s: 5 },
      { p: 'b', s: 8 },
    ],
  },
  {
    r: [
      { p: 'a', s: 9 },
      { p: 'b', s: 2 },
    ],
  },
  { r: [] },
  { r: { p: 'a', s: 5 } },
];

const tables: Record<string, Row[]> = {
  'comparison (reference/operator/query-comparison)': [
    { filter: { v: 1 }, over: values, finds: [0, 5] },
    { filter: { v: { $eq: [1, 9] } }, over: values, finds: [5] },
    { filter: { v: null }, over: values, finds: [3, 4] },
    { filter: { v: { $ne: 1 } }, over: values, finds: [1, 2, 3, 4, 6, 7, 8, 9] },
    { filter: { v: { $gt: 1 } }, over: values, finds: [1, 5] },
    { filter: { v: { $gte: 5 } }, over: values, finds: [1, 5] },
    { filter: { v: { $lt: 5 } }, over: values, finds: [0, 5] },
    { filter: { v: { $lte: 5 } }, over: values, finds: [0, 1, 5] },
    { filter: { v: { $gt: '4' } }, over: values, finds: [2] },
    { filter: { v: { $gte: null } }, over: values, finds: [3, 4] },
    { filter: { v: { $in: [1, null, '5'] } }, over: values, finds: [0, 2, 3, 4, 5] },
    { filter: { v: { $in: [/^5/] } }, over: values, finds: [2] },
    { filter: { v: { $nin: [1, null] } }, over: values, finds: [1, 2, 6, 7, 8, 9] },
    { filter: { v: { $gt: 1, $lt: 5 } }, over: values, finds: [5] },
    { filter: { v: { $lt: new Date(6) } }, over: values, finds: [9] },
    { filter: { v: { a: 1 } }, over: values, finds: [7] },
    { filter: { 'v.a': 1 }, over: values, finds: [7] },
    { filter: { 'v.0': 1 }, over: values, finds: [5] },
  ],
  'logical (reference/operator/query-logical)': [
    { filter: { $and: [{ v: { $gt: 0 } }, { v: { $lt: 5 } }] }, over: values, finds: [0, 5] },
    { filter: { $or: [{ v: '5' }, { v: true }] }, over: values, finds: [2, 8] },
    { filter: { $nor: [{ v: { $exists: true } }] }, over: values, finds: [4] },
    { filter: { v: { $not: { $gt: 1 } } }, over: values, finds: [0, 2, 3, 4, 6, 7, 8, 9] },
    { filter: { v: { $not: /5/ } }, over: values, finds: [0, 1, 3, 4, 5, 6, 7, 8, 9] },
  ],
  'element (reference/operator/query-element)': [
    { filter: { v: { $exists: true } }, over: values, finds: [0, 1, 2, 3, 5, 6, 7, 8, 9] },
    { filter: { v: { $exists: false } }, over: values, finds: [4] },
    { filter: { v: { $type: 'number' } }, over: values, finds: [0, 1, 5] },
    { filter: { v: { $type: ['string', 'bool'] } }, over: values, finds: [2, 8] },
    { filter: { v: { $type: 'array' } }, over: values, finds: [5, 6] },
    { filter: { v: { $type: 10 } }, over: values, finds: [3] },
  ],
  'arrays (reference/operator/query-array)': [
    { filter: { v: { $size: 2 } }, over: values, finds: [5] },
    { filter: { v: { $all: [9, 1] } }, over: values, finds: [5] },
    { filter: { v: { $all: [1] } }, over: values, finds: [0, 5] },
    { filter: { v: { $elemMatch: { $gt: 1, $lt: 5 } } }, over: values, finds: [] },
    { filter: { v: { $elemMatch: { $gt: 8, $lt: 10 } } }, over: values, finds: [5] },
    {
      filter: { r: { $elemMatch: { $id: 1 } } },
      over: [{ r: [{ $ref: 'a', $id: 1 }] }, { r: [{ $ref: 'a', $id: 2 }] }, { r: [1] }],
      finds: [0],
    },
    { filter: { r: { $elemMatch: { p: 'a', s: { $gt: 8 } } } }, over: nested, finds: [1] },
    { filter: { 'r.p': 'a', 'r.s': { $gt: 7 } }, over: nested, finds: [0, 1] },
    { filter: { 'r.s': 5 }, over: nested, finds: [0, 3] },
    { filter: { 'r.1.s': 2 }, over: nested, finds: [1] },
    { filter: { 'r.q': null }, over: nested, finds: [0, 1, 3] },
    { filter: { r: { $all: [{ $elemMatch: { p: 'a' } }, { $elemMatch: { s: 2 } }] } }, over: nested, finds: [1] },
  ],
  'evaluation (reference/operator/query-evaluation)': [
    { filter: { s: /^ab/i }, over: [{ s: 'ABc' }, { s: 'cab' }, { s: ['x', 'abx'] }], finds: [0, 2] },
    { filter: { s: { $regex: 'A B # note', $options: 'x' } }, over: [{ s: 'AB' }, { s: 'A B' }], finds: [0] },
    { filter: { s: { $regex: '^b', $options: 'm' } }, over: [{ s: 'a\nb' }, { s: 'ab' }], finds: [0] },
    { filter: { s: { $regex: 'a.b', $options: 's' } }, over: [{ s: 'a\nb' }], finds: [0] },
    { filter: { n: { $mod: [4, 1] } }, over: [{ n: 5 }, { n: 4 }, { n: 9.7 }, { n: '5' }], finds: [0, 2] },
    {
      filter: { $expr: { $gt: ['$spent', '$budget'] } },
      over: [
        { spent: 3, budget: 2 },
        { spent: 1, budget: 2 },
      ],
      finds: [0],
    },
    {
      filter: { $expr: { $eq: [{ $month: '$at' }, 3] } },
      over: [{ at: new Date('2024-03-09') }, { at: new Date('2024-04-09') }],
      finds: [0],
    },
    { filter: { $comment: 'why', n: 1 }, over: [{ n: 1 }], finds: [0] },
  ],
  'bits (reference/operator/query-bitwise)': [
    { filter: { n: { $bitsAllSet: [1, 5] } }, over: [{ n: 54 }, { n: 20 }, { n: 35 }], finds: [0, 2] },
    { filter: { n: { $bitsAnySet: 3 } }, over: [{ n: 1 }, { n: 4 }], finds: [0] },
    { filter: { n: { $bitsAllClear: [0, 2] } }, over: [{ n: 2 }, { n: 4 }], finds: [0] },
    { filter: { n: { $bitsAnyClear: 5 } }, over: [{ n: 5 }, { n: 4 }], finds: [1] },
  ],
};

describe('query operators', () => {
  const server = withServer();
  for (const [title, rows] of Object.entries(tables)) {
    describe(title, () => {
      for (const { filter, over, finds } of rows) {
        it(
          JSON.stringify(filter, (_, value: unknown) => (value instanceof RegExp ? String(value) : value)),
          async () => {
            const items = server.fresh();
            await items.insertMany(over.map((document, i) => ({ ...document, i })));
            const found = await items.find(filter).sort({ i: 1 }).toArray();
            expect(found.map(({ i }) => i as number)).to.deep.equal(finds);
          },
        );
      }
    });
  }

  it("sorts across types in MongoDB's order (reference/bson-type-comparison-order)", async () => {
    const items = server.fresh();
    const ordered = [
      new MinKey(),
      null,
      new Double(-Infinity),
      Long.fromString('-9223372036854775808'),
      -1,
      Decimal128.fromString('-0.5'),
      0,
      0.5,
      Decimal128.fromString('0.50000000000000000000000001'),
      1,
      Long.fromString('9007199254740993'),
      9007199254740994,
      new Double(Infinity),
      '',
      'A',
      'a',
      'ab',
      'é',
      '\uffff',
      '😀',
      {},
      { a: 1 },
      { a: 2 },
      { b: 1 },
      { a: 'x' },
      new Binary(Buffer.from([9])),
      new Binary(Buffer.from([1, 1])),
      new ObjectId('000000000000000000000001'),
      new ObjectId('ffffffffffffffffffffffff'),
      false,
      true,
      new Date(-1),
      new Date(1),
      Timestamp.fromBits(1, 1),
      Timestamp.fromBits(1, 2),
      /a/,
      /b/,
      new MaxKey(),
    ];
    await items.insertMany(ordered.map((v, i) => ({ v, i })).reverse());
    const expected = ordered.map((_, i) => i);
    const inMemory = await items.find().sort({ v: 1 }).toArray();
    expect(inMemory.map(({ i }) => i as number)).to.deep.equal(expected);
    await items.createIndexes([{ key: { v: 1 } }]);
    await items.createIndexes([{ key: { v: -1 }, name: 'down' }]);
    for (const hint of ['v_1', 'down']) {
      const up = await items.find().sort({ v: 1 }).hint(hint).toArray();
      const down = await items.find().sort({ v: -1 }).hint(hint).toArray();
      expect(up.map(({ i }) => i as number)).to.deep.equal(expected);
      expect(down.map(({ i }) => i as number)).to.deep.equal([...expected].reverse());
    }
  });

  it('sorts arrays by their least element ascending and their greatest descending (reference/method/cursor.sort)', async () => {
    const items = server.fresh();
    await items.insertMany([{ i: 0, v: [5, 1] }, { i: 1, v: 3 }, { i: 2, v: [] }, { i: 3 }, { i: 4, v: [2, 9] }]);
    const order = async (v: 1 | -1): Promise<number[]> => (await items.find().sort({ v, i: 1 }).toArray()).map(({ i }) => i as number);
    expect(await order(1)).to.deep.equal([2, 3, 0, 4, 1]);
    expect(await order(-1)).to.deep.equal([4, 0, 1, 3, 2]);
  });

  const refused: [string, Document, number][] = [
    ['an unknown operator', { v: { $foo: 1 } }, 2],
    ['an unknown top-level operator', { $foo: 1 }, 2],
    ['$in without an array', { v: { $in: 1 } }, 2],
    ['$or with nothing', { $or: [] }, 2],
    ['a negative $size', { v: { $size: -1 } }, 9],
    ['$mod by zero', { v: { $mod: [0, 1] } }, 2],
    ['$where', { $where: 'true' }, 238],
    ['$text', { $text: { $search: 'x' } }, 27],
    ['$near', { v: { $near: [0, 0] } }, 238],
    ['a broken regex', { v: { $regex: '(' } }, 51091],
  ];
  for (const [what, filter, code] of onThisServer(refused)) {
    it(`refuses ${what} with ${code}`, async () => {
      expect(await errorOf(server.fresh().find(filter).toArray())).to.include({ code });
    });
  }
});
