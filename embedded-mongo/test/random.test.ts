import { expect } from 'chai';
import fc from 'fast-check';
import { type Collection, Decimal128, type Document, Double, Long, type Sort } from 'mongodb';
import { withServer } from './test-server.js';

type Item = Document & { _id: number };

const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      0.5,
      -0.5,
      1e10,
      new Double(NaN),
      Long.fromString('9007199254740993'),
      Decimal128.fromString('0.5'),
      Decimal128.fromString('1E+3'),
    ),
  },
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'ab', 'b', 'a\u0000', 'é') },
  { weight: 1, arbitrary: fc.constantFrom(null, true, false, new Date(0), new Date(1000)) },
);
const value = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar }) },
);
const subdocuments = fc.array(fc.record({ k: scalar, x: scalar }, { requiredKeys: [] }), { maxLength: 2 });
const fields = fc.record({ a: value, b: scalar, c: fc.oneof(subdocuments, fc.record({ k: value })) }, { requiredKeys: [] });

const path = fc.constantFrom('a', 'b', 'c.k', 'c.x', 'a.x', 'a.0');
const comparison = fc.oneof(
  fc.tuple(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte', '$ne'), value).map(([op, operand]) => ({ [op]: operand })),
  fc
    .tuple(fc.constantFrom('$gt', '$gte'), scalar, fc.constantFrom('$lt', '$lte'), scalar)
    .map(([low, x, high, y]) => ({ [low]: x, [high]: y })),
  fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 3 })).map(([op, list]) => ({ [op]: list })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.constantFrom({ $regex: '^a' }, { $type: 'number' }, { $size: 2 }, { $elemMatch: { $gte: 0, $lt: 2 } }, { $not: { $gt: 0 } }),
);
const condition = fc.tuple(path, comparison).map(([name, test]): Document => ({ [name]: test }));
const filter = fc.oneof(
  { weight: 3, arbitrary: condition },
  { weight: 3, arbitrary: fc.array(condition, { minLength: 2, maxLength: 3 }).map((list): Document => ({ $and: list })) },
  { weight: 1, arbitrary: fc.array(condition, { minLength: 2, maxLength: 3 }).map((list): Document => ({ $or: list })) },
);
const direction = fc.constantFrom(1 as const, -1 as const);
const sort = fc.uniqueArray(fc.tuple(path, direction), { maxLength: 2, selector: ([name]) => name });

const update = fc.oneof(
  fields.map((set): Document => ({ $set: { touched: 1, ...set } })),
  fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: -2, max: 2 })).map(([name, n]): Document => ({ $max: { [name]: n } })),
  fc
    .tuple(fc.constantFrom('a', 'c'), fc.array(value, { maxLength: 3 }))
    .map(([name, $each]): Document => ({ $push: { [name]: { $each } } })),
  subdocuments.map(($each): Document => ({ $push: { c: { $each } }, $set: { touched: 1 } })),
  subdocuments.map(($each): Document => ({ $push: { c: { $each } }, $set: { b: 1 } })),
  fc.constantFrom<Document>({ $unset: { a: '' } }, { $unset: { 'c.k': '' } }, { $rename: { a: 'd' } }, { $set: { c: [] } }),
);

type Write = (items: Collection<Item>) => Promise<unknown>;
const id = fc.integer({ min: 0, max: 15 });
const write: fc.Arbitrary<Write> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(id, fields).map(
      ([_id, rest]): Write =>
        (items) =>
          items.insertOne({ _id, ...rest }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(id, fields).map(
      ([_id, rest]): Write =>
        (items) =>
          items.replaceOne({ _id }, rest, { upsert: true }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(id, update).map(
      ([_id, change]): Write =>
        (items) =>
          items.updateOne({ _id }, change),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(condition, update).map(
      ([where, change]): Write =>
        (items) =>
          items.updateMany(where, change),
    ),
  },
  {
    weight: 1,
    arbitrary: id.map(
      (_id): Write =>
        (items) =>
          items.deleteOne({ _id }),
    ),
  },
);

/** The outcome of a write as far as it must not depend on indexes: whether it worked, and if not, the code. */
async function attempt(run: Write, items: Collection<Item>): Promise<unknown> {
  try {
    await run(items);
    return 'done';
  } catch (error) {
    return (error as { code?: number }).code;
  }
}

const indexes: Parameters<Collection['createIndexes']>[0] = [
  { key: { a: 1 } },
  { key: { b: -1, a: 1 } },
  { key: { 'c.k': 1, b: 1 } },
  { key: { 'c.x': 1, 'c.k': -1 } },
  { key: { a: -1 }, sparse: true, name: 'a_sparse' },
  { key: { 'a.0': 1 }, name: 'a_first' },
  { key: { b: 1 }, partialFilterExpression: { b: { $gt: 0 } }, name: 'b_partial' },
];

function text(documents: readonly Document[]): string {
  return JSON.stringify(documents, (_, inner: unknown) => (typeof inner === 'number' && !Number.isFinite(inner) ? String(inner) : inner));
}

describe('random writes and queries', () => {
  const server = withServer();
  const all = (items: Collection<Item>): Promise<Item[]> => items.find().sort({ _id: 1 }).toArray();
  const valid = async (items: Collection<Item>): Promise<boolean> =>
    Boolean((await server.db.command({ validate: items.collectionName })).valid);

  it('any sequence of writes gives the same with and without indexes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 30 }), async (writes) => {
        const [plain, indexed] = [server.fresh<Item>(), server.fresh<Item>()];
        await indexed.createIndexes(indexes);
        for (const run of writes) expect(await attempt(run, indexed)).to.equal(await attempt(run, plain));
        expect(text(await all(indexed))).to.equal(text(await all(plain)));
        expect(await valid(indexed)).to.equal(true);
        await Promise.all([plain.drop(), indexed.drop()]);
      }),
      { numRuns: 20 },
    );
  });

  it('a query through any index equals the same query without, counted as well', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fields, { minLength: 5, maxLength: 25 }),
        fc.array(fc.tuple(filter, sort), { minLength: 8, maxLength: 12 }),
        async (documents, queries) => {
          const items = server.fresh<Item>();
          await items.insertMany(documents.map((document, _id) => ({ ...document, _id })));
          await items.createIndexes(indexes);
          for (const [where, by] of queries) {
            const order: Sort = [...by.map(([name, way]): [string, 1 | -1] => [name, way]), ['_id', 1]];
            const expected = await items
              .find(where as never)
              .sort(order)
              .hint({ $natural: 1 })
              .toArray();
            expect(
              text(
                await items
                  .find(where as never)
                  .sort(order)
                  .toArray(),
              ),
              JSON.stringify(where),
            ).to.equal(text(expected));
            const unsorted = (await items.find(where as never).toArray()).map(({ _id }) => _id).sort((x, y) => x - y);
            expect(unsorted, JSON.stringify(where)).to.deep.equal(expected.map(({ _id }) => _id).sort((x, y) => x - y));
            expect(await items.countDocuments(where)).to.equal(expected.length);
            expect((await server.db.command({ count: items.collectionName, query: where })).n).to.equal(expected.length);
          }
          await items.drop();
        },
      ),
      { numRuns: 20 },
    );
  });

  it('everything is the same after a restart', async () => {
    const names: string[] = [];
    const before: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 5, maxLength: 30 }), async (writes) => {
        const items = server.fresh<Item>();
        await items.createIndexes(indexes);
        for (const run of writes) await attempt(run, items);
        names.push(items.collectionName);
        before.push(text(await all(items)));
      }),
      { numRuns: 5 },
    );
    await server.restart();
    for (const [i, name] of names.entries()) {
      const items = server.db.collection<Item>(name);
      expect(text(await all(items))).to.equal(before[i]);
      expect(await valid(items)).to.equal(true);
    }
  });
});
