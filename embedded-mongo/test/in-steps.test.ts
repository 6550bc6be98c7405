import { expect } from 'chai';
import { serialize } from 'bson';
import fc from 'fast-check';
import { decode, decodeInSteps, decodeValueInSteps } from '../src/bson/decode.js';
import { encode, encodeElement, encodeElementInSteps, encodeInSteps } from '../src/bson/encode.js';
import { pick, FieldSet, pickInSteps } from '../src/bson/raw.js';
import type { Doc } from '../src/bson/values.js';
import { compileFilter } from '../src/query/filter.js';
import { indexKeys } from '../src/storage/index-keys.js';
import { compileUpdate } from '../src/update/update.js';
import { stretch } from '../src/stretch.js';
import { errorOf } from './test-server.js';
import { finished, pausing } from './finished.js';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const bson = (source: object): Buffer => Buffer.from(serialize(source, { ignoreUndefined: true }));

const MANY = 400_000;
/** Work on so many values may be done in one piece: some milliseconds. */
const AT_ONCE = 50_000;
const long = bson({ _id: 1, list: range(MANY), docs: range(MANY / 10).map((n) => ({ n, s: `s${n}` })) });
const parsed = decode(long);

const leaf = fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.constant(null), fc.double({ noNaN: true }));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('tree')),
  ),
}));
/** What makes every level around it long. */
const PADDING = 'x'.repeat(70_000);
const padded = fc.tuple(tree, tree, tree).map(([x, y, z]) => bson({ x, deep: { y, list: [z, { z, PADDING }], PADDING } }));

describe('long documents in steps', () => {
  const jobs: [string, () => unknown, () => Generator<symbol, unknown>][] = [
    ['decoding', () => decode(long), () => decodeInSteps(long)],
    ['decoding some fields', () => pick(long, new FieldSet(new Set(['list']))), () => pickInSteps(long, new FieldSet(new Set(['list'])))],
    ['encoding', () => encode(parsed), () => encodeInSteps(parsed)],
    ['encoding one field', () => encodeElement('a', parsed), () => encodeElementInSteps('a', parsed)],
    [
      'matching',
      () => compileFilter(new Map([['list', -1]])).matches(parsed),
      () => compileFilter(new Map([['list', -1]])).matchesInSteps(parsed),
    ],
  ];
  for (const [what, once, inSteps] of jobs) {
    it(`${what} pauses, and comes to the same`, () => {
      const { value, pauses } = pausing(inSteps() as ReturnType<typeof decodeInSteps>);
      expect(value).to.deep.equal(once());
      expect(pauses).to.be.greaterThan(MANY / AT_ONCE);
    });
  }

  const list = range(60_000);
  const some = bson({ list, docs: list.slice(0, 10_000).map((n) => ({ n: n % 7 })) });
  const map = { $map: { input: '$list', in: { $multiply: ['$$this', { $size: { $ifNull: ['$$CURRENT.docs', []] } }] } } };
  const updates: [string, unknown, number][] = [
    ['$map', [{ $set: { x: map } }], 2],
    ['$filter of what $map gave', [{ $set: { x: { $filter: { input: map, cond: { $gt: ['$$this', 50_000] } } } } }], 4],
    ['$reduce', [{ $set: { x: { $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } } } }], 2],
    ['$setUnion', [{ $set: { x: { $setUnion: [{ $slice: ['$list', 10_000] }, [-1]] } } }], 2],
    ['$sortArray', [{ $set: { x: { $sortArray: { input: '$docs', sortBy: { n: 1 } } } } }], 2],
    ['$regexFindAll', [{ $set: { x: { $regexFindAll: { input: 'ab'.repeat(6000), regex: 'b' } } } }], 2],
    ['a sorted $push', { $push: { list: { $each: list, $sort: -1 } } }, 10],
    ['a $push sorted by fields', { $push: { docs: { $each: [], $sort: { n: -1 } } } }, 4],
    ['$addToSet', { $addToSet: { list: { $each: list.map((n) => n + 30_000) } } }, 5],
    ['$pullAll', { $pullAll: { list: list.slice(0, 20_000) } }, 2],
  ];
  for (const [what, update, least] of updates) {
    it(`computes ${what} with pauses, and comes to the same`, () => {
      const compiled = compileUpdate(decode(bson({ update })).get('update'), undefined);
      const context = { position: undefined, inserting: false };
      const { value, pauses } = pausing(compiled.apply(decode(some), context));
      expect(value).to.deep.equal(stretch.inParts(() => compiled.apply(decode(some), context)));
      expect(value).not.to.deep.equal(decode(some));
      expect(pauses).to.be.at.least(least);
    });
  }

  it('takes a long filter apart with pauses, and comes to the same', () => {
    const filter = decode(bson({ $or: range(300).map((n) => ({ n, m: { $gt: n } })) }));
    const { value, pauses } = pausing(stretch.repeating(() => compileFilter(filter)));
    expect(JSON.stringify(value)).to.equal(JSON.stringify(compileFilter(filter)));
    expect(pauses).to.be.at.least(10);
  });

  it('spends on what it does again only once', () => {
    const sum = { $reduce: { input: '$list', initialValue: 0, in: { $add: ['$$value', '$$this'] } } };
    const sums = (n: number): Doc => {
      const update = compileUpdate(decode(bson({ u: [{ $set: { x: { $add: range(n).map(() => sum) } } }] })).get('u'), undefined);
      return pausing(update.apply(decode(some), { position: undefined, inserting: false })).value;
    };
    expect(sums(3).get('x')).to.deep.equal((3n * 60_000n * 59_999n) / 2n);
    expect(() => sums(5)).to.throw('takes too long');
  });

  it('makes the keys of an array with pauses', () => {
    const index = { id: 1, name: 'list', fields: [{ path: 'list', parts: ['list'], descending: false }], multikey: [false] };
    const { value, pauses } = pausing(indexKeys(index as unknown as Parameters<typeof indexKeys>[0], parsed));
    expect(value.keys).to.have.length(MANY);
    expect(pauses).to.be.greaterThan(MANY / AT_ONCE);
  });

  it('reads and writes any document as in one piece', () => {
    fc.assert(
      fc.property(padded, (bytes) => {
        const document = finished(decodeInSteps(bytes));
        expect(document).to.deep.equal(decode(bytes));
        expect(finished(encodeInSteps(document)).equals(bytes)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses the same bytes', async () => {
    const broken = Buffer.from(long);
    broken[broken.length - 2] = 1;
    const refused = await errorOf(Promise.resolve().then(() => decode(broken)));
    expect(await errorOf(Promise.resolve().then(() => finished(decodeInSteps(broken))))).to.deep.include({ message: refused.message });
    expect(() => finished(decodeValueInSteps(Buffer.from([1, 0, 0, 0]), 3, 0))).to.throw('document');
  });
});

describe('a long $or', () => {
  const value = fc.oneof(
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom<unknown>(null, 'x', 1.5, true, [1, 2], [[1], 3], { c: 1 }),
    fc.array(fc.record({ b: fc.integer({ min: 0, max: 3 }) }), { maxLength: 2 }),
  );
  const branch = fc
    .array(
      fc.tuple(
        fc.constantFrom('a', 'a.b', 'd'),
        fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant({ $gt: 2 }) }),
      ),
      {
        maxLength: 2,
      },
    )
    .map((fields) => Object.fromEntries(fields));
  const document = fc.record({ a: value, d: value }, { requiredKeys: [] });

  it('holds where one of its branches does', () => {
    fc.assert(
      fc.property(fc.array(branch, { minLength: 17, maxLength: 30 }), document, (branches, source) => {
        const filterOf = (filter: object): ReturnType<typeof compileFilter> => compileFilter(decode(bson(filter)));
        const read: Doc = decode(bson(source));
        const expected = branches.some((one) => filterOf(one).matches(read));
        expect(filterOf({ $or: branches }).matches(read)).to.equal(expected);
        expect(filterOf({ $nor: branches }).matches(read)).to.equal(!expected);
        expect(finished(filterOf({ $or: branches }).matchesInSteps(read))).to.equal(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
