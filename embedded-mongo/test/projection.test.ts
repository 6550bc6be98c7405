import { expect } from 'chai';
import type { Document } from 'mongodb';
import { errorOf, onThisServer, withServer } from './test-server.js';

const document = {
  _id: 1,
  a: 1,
  b: { c: 2, d: 3 },
  l: [1, 2, 3, 4],
  r: [
    { k: 1, v: 'x' },
    { k: 2, v: 'y' },
  ],
};

/** Projection, what is left of the document, and a filter if the projection looks at it. */
const rows: [Document, Document, Document?][] = [
  [{ a: 1 }, { _id: 1, a: 1 }],
  [{ a: 1, _id: 0 }, { a: 1 }],
  [{ _id: 1 }, { _id: 1 }],
  [
    { b: 0, l: 0, r: 0 },
    { _id: 1, a: 1 },
  ],
  [{ 'b.c': 1, _id: 0 }, { b: { c: 2 } }],
  [{ b: { d: 1 }, _id: 0 }, { b: { d: 3 } }],
  [
    { 'b.c': 0, l: 0, r: 0, _id: 0 },
    { a: 1, b: { d: 3 } },
  ],
  [{ 'r.k': 1, _id: 0 }, { r: [{ k: 1 }, { k: 2 }] }],
  [{ 'r.k': 0, a: 0, b: 0, l: 0, _id: 0 }, { r: [{ v: 'x' }, { v: 'y' }] }],
  [
    { l: { $slice: 2 }, r: 0, b: 0 },
    { _id: 1, a: 1, l: [1, 2] },
  ],
  [
    { l: { $slice: -1 }, a: 1 },
    { _id: 1, a: 1, l: [4] },
  ],
  [
    { l: { $slice: [1, 2] }, a: 1, _id: 0 },
    { a: 1, l: [2, 3] },
  ],
  [{ r: { $elemMatch: { k: 2 } } }, { _id: 1, r: [{ k: 2, v: 'y' }] }],
  [{ r: { $elemMatch: { k: 9 } }, _id: 0 }, {}],
  [{ 'l.$': 1, _id: 0 }, { l: [3] }, { l: { $gte: 3 } }],
  [{ 'r.$': 1, _id: 0 }, { r: [{ k: 2, v: 'y' }] }, { 'r.k': 2 }],
  [{ sum: { $add: ['$a', '$b.c'] }, _id: 0 }, { sum: 3 }],
  [{ copy: '$b.d', _id: 0 }, { copy: 3 }],
];

describe('projections (reference/method/db.collection.find, projection)', () => {
  const server = withServer();
  for (const [projection, expected, filter = {}] of rows) {
    it(JSON.stringify(projection), async () => {
      const items = server.fresh<typeof document>();
      await items.insertOne(document);
      expect(await items.find(filter, { projection }).toArray()).to.deep.equal([expected]);
    });
  }

  const refused: [string, Document, number][] = [
    ['mixing inclusion and exclusion', { a: 1, b: 0 }, 31254],
    ['a path below one that is there', { b: 1, 'b.c': 1 }, 31249],
    ['a path above one that is there', { 'b.c': 1, b: 1 }, 31250],
    ['an unknown expression', { a: { $foo: 1 } }, 31325],
    ['a positional projection without a match in an array', { 'l.$': 1 }, 51246],
  ];
  for (const [what, projection, code] of onThisServer(refused)) {
    it(`refuses ${what} with ${code}`, async () => {
      const items = server.fresh<typeof document>();
      await items.insertOne(document);
      expect(await errorOf(items.find({}, { projection }).toArray())).to.include({ code });
    });
  }
});
