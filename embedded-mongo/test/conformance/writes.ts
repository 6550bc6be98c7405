import type { Scenario } from './scenario.js';

const three = [
  { _id: 1, n: 1 },
  { _id: 2, s: 'x' },
  { _id: 3, n: 3 },
];
const inc = { $inc: { n: 1, s: 1 } };

export const writes: readonly Scenario[] = [
  ...[{ w: 1 }, { w: 'majority' }, { w: 1, j: true }, { w: 'majority', wtimeout: 1000 }].map((writeConcern) => ({
    title: `an insert with the write concern ${JSON.stringify(writeConcern)}`,
    steps: [{ run: { insert: '@', documents: [{ _id: 1 }], writeConcern }, gives: { n: 1, ok: 1 } }],
    leaves: [{ _id: 1 }],
  })),
  {
    title: 'a write concern that needs more than one server is refused',
    steps: [{ run: { insert: '@', documents: [{ _id: 1 }], writeConcern: { w: 2 } }, fails: 2 }],
  },
  {
    title: 'an ordered insert stops at its first error',
    given: [{ _id: 2 }],
    steps: [
      {
        run: { insert: '@', documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }] },
        gives: { n: 1, ok: 1, writeErrors: [{ index: 1, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 2 } }] },
      },
    ],
    leaves: [{ _id: 1 }, { _id: 2 }],
  },
  {
    title: 'an unordered insert tells of every error by its place',
    given: [{ _id: 2 }],
    steps: [
      {
        run: { insert: '@', documents: [{ _id: 2 }, { _id: 1 }, { _id: [1] }, { _id: 2 }, { _id: 3 }], ordered: false },
        gives: {
          n: 2,
          writeErrors: [
            { index: 0, code: 11000 },
            { index: 2, code: 53 },
            { index: 3, code: 11000 },
          ],
        },
      },
    ],
    leaves: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
  },
  {
    title: 'an empty batch is refused',
    steps: [{ run: { insert: '@', documents: [] }, fails: 16 }],
  },
  ...[true, false].map((ordered) => ({
    title: `${ordered ? 'an ordered' : 'an unordered'} update of three, of which the second fails`,
    given: three,
    steps: [
      {
        run: { update: '@', ordered, updates: [1, 2, 3].map((_id) => ({ q: { _id }, u: _id === 2 ? inc : { $inc: { n: 1 } } })) },
        gives: { n: ordered ? 1 : 2, nModified: ordered ? 1 : 2, writeErrors: [{ index: 1, code: 14 }] },
      },
    ],
    leaves: [
      { _id: 1, n: 2 },
      { _id: 2, s: 'x' },
      { _id: 3, n: ordered ? 3 : 4 },
    ],
  })),
  {
    title: 'what an update finds but does not change is matched and not modified',
    given: three,
    steps: [
      { run: { update: '@', updates: [{ q: {}, u: { $set: { n: 3 } }, multi: true }] }, gives: { n: 3, nModified: 2 } },
      { run: { update: '@', updates: [{ q: { _id: 9 }, u: { $set: { n: 3 } } }] }, gives: { n: 0, nModified: 0 } },
    ],
  },
  {
    title: 'deletes of one and of all, and an unordered one that goes on',
    given: [1, 2, 3, 4].map((_id) => ({ _id, n: _id % 2 })),
    steps: [
      { run: { delete: '@', deletes: [{ q: { n: 1 }, limit: 1 }] }, gives: { n: 1 } },
      {
        run: {
          delete: '@',
          ordered: false,
          deletes: [
            { q: { $foo: 1 }, limit: 0 },
            { q: { n: 0 }, limit: 0 },
          ],
        },
        gives: { n: 2, writeErrors: [{ index: 0, code: 2 }] },
      },
    ],
    leaves: [{ _id: 3, n: 1 }],
  },
  {
    title: 'the _id stays what it is',
    given: [{ _id: 1, n: 1 }],
    steps: [
      { run: { update: '@', updates: [{ q: { n: 1 }, u: { $set: { _id: 2 } } }] }, gives: { n: 0, writeErrors: [{ code: 66 }] } },
      { run: { update: '@', updates: [{ q: { n: 1 }, u: { _id: 2, n: 5 } }] }, gives: { n: 0, writeErrors: [{ code: 66 }] } },
      { run: { update: '@', updates: [{ q: { n: 1 }, u: { n: 5 } }] }, gives: { n: 1, nModified: 1 } },
    ],
    leaves: [{ _id: 1, n: 5 }],
  },
  {
    title: 'an update that would make a duplicate, two changes of one field, a replacement of many',
    given: [
      { _id: 1, k: 1 },
      { _id: 2, k: 2 },
    ],
    indexes: [{ key: { k: 1 }, name: 'k_1', unique: true }],
    steps: [
      {
        run: { update: '@', updates: [{ q: { _id: 1 }, u: { $set: { k: 2 } } }] },
        gives: { n: 0, writeErrors: [{ index: 0, code: 11000, keyPattern: { k: 1 }, keyValue: { k: 2 } }] },
      },
      { run: { update: '@', updates: [{ q: {}, u: { $set: { a: 1 }, $inc: { a: 1 } } }] }, gives: { writeErrors: [{ code: 40 }] } },
      { run: { update: '@', updates: [{ q: {}, u: { $set: { 'a.b': 1, a: 1 } } }] }, gives: { writeErrors: [{ code: 40 }] } },
      { run: { update: '@', updates: [{ q: {}, u: { a: 1 }, multi: true }] }, gives: { writeErrors: [{ code: 9 }] } },
    ],
    leaves: [
      { _id: 1, k: 1 },
      { _id: 2, k: 2 },
    ],
  },
  {
    title: 'an upsert tells the _id it made, by its place in the batch',
    given: [{ _id: 1 }],
    steps: [
      {
        run: {
          update: '@',
          updates: [
            { q: { _id: 1 }, u: { $set: { a: 1 } }, upsert: true },
            { q: { _id: 2 }, u: { $set: { a: 1 } }, upsert: true },
          ],
        },
        gives: { n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }] },
      },
    ],
    leaves: [
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ],
  },
  ...(
    [
      ['equalities of the query', { a: 1, b: { $gt: 5 }, c: { $in: [7] }, d: { $eq: 8 } }, { $set: { e: 2 } }, { a: 1, c: 7, d: 8, e: 2 }],
      ['dotted equalities', { 'a.b': 1, $and: [{ 'a.c': 2 }] }, { $set: { 'a.d': 3 } }, { a: { b: 1, c: 2, d: 3 } }],
      ['$setOnInsert', { a: 1 }, { $setOnInsert: { b: 1 }, $inc: { n: 2 } }, { a: 1, b: 1, n: 2 }],
      ['a replacement', { a: 1 }, { b: 2 }, { b: 2 }],
      ['a pipeline', { a: 1 }, [{ $set: { b: { $add: ['$a', 1] } } }], { a: 1, b: 2 }],
    ] as const
  ).map(([what, query, u, made]) => ({
    title: `an upsert with ${what}`,
    steps: [
      { run: { update: '@', updates: [{ q: { _id: 1, ...query }, u, upsert: true }] }, gives: { n: 1, upserted: [{ index: 0, _id: 1 }] } },
    ],
    leaves: [{ _id: 1, ...made }],
  })),
  {
    title: 'findAndModify answers the document before or after, or none',
    given: three,
    steps: [
      {
        run: { findAndModify: '@', query: { n: { $gt: 0 } }, sort: { n: -1 }, update: { $inc: { n: 1 } } },
        gives: { value: { _id: 3, n: 3 }, lastErrorObject: { n: 1, updatedExisting: true } },
      },
      {
        run: { findAndModify: '@', query: { _id: 9 }, update: { $set: { a: 1 } }, upsert: true, new: true },
        gives: { value: { _id: 9, a: 1 }, lastErrorObject: { n: 1, updatedExisting: false, upserted: 9 } },
      },
      { run: { findAndModify: '@', query: { _id: 9 }, remove: true, fields: { a: 1, _id: 0 } }, gives: { value: { a: 1 } } },
      { run: { findAndModify: '@', query: { _id: 9 }, remove: true }, gives: { value: null, lastErrorObject: { n: 0 } } },
      { run: { findAndModify: '@', query: {}, remove: true, update: {} }, fails: 9 },
    ],
    leaves: [
      { _id: 1, n: 1 },
      { _id: 2, s: 'x' },
      { _id: 3, n: 4 },
    ],
  },
  {
    title: 'changes of elements by their place: $, $[] and $[name]',
    given: [
      {
        _id: 1,
        v: [1, 5, 8],
        d: [
          { k: 'a', n: 1 },
          { k: 'b', n: 2 },
        ],
      },
    ],
    steps: [
      { run: { update: '@', updates: [{ q: { v: { $gte: 5 } }, u: { $set: { 'v.$': 6 } } }] }, gives: { nModified: 1 } },
      { run: { update: '@', updates: [{ q: { _id: 1 }, u: { $inc: { 'v.$[]': 10 } } }] }, gives: { nModified: 1 } },
      { run: { update: '@', updates: [{ q: { 'd.k': 'b' }, u: { $inc: { 'd.$.n': 5 } } }] }, gives: { nModified: 1 } },
      {
        run: { update: '@', updates: [{ q: {}, u: { $set: { 'd.$[x].n': 0 } }, arrayFilters: [{ 'x.k': 'a' }] }] },
        gives: { nModified: 1 },
      },
      { run: { update: '@', updates: [{ q: { _id: 1 }, u: { $set: { 'v.$': 0 } } }] }, gives: { writeErrors: [{ code: 2 }] } },
      { run: { update: '@', updates: [{ q: {}, u: { $set: { 'd.$[y].n': 0 } } }] }, gives: { writeErrors: [{ code: 2 }] } },
      { run: { update: '@', updates: [{ q: {}, u: { $set: { 'v.5': 1 } } }] }, gives: { nModified: 1 } },
    ],
    leaves: [
      {
        _id: 1,
        v: [11, 16, 18, null, null, 1],
        d: [
          { k: 'a', n: 0 },
          { k: 'b', n: 7 },
        ],
      },
    ],
  },
];
