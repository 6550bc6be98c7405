import { expect } from 'chai';
import fc from 'fast-check';
import type { Collection, Document, IndexSpecification } from 'mongodb';
import { Twice } from './twice.js';
import { describeEmbedded, withServer } from './test-server.js';

type Item = Document & { _id: number };
type Content = number | Content[] | Twice<Content>;

const name = fc.constantFrom('k', 'z', 'sub');
const number = fc.integer({ min: 0, max: 2 });
const pairs = (value: fc.Arbitrary<Content>): fc.Arbitrary<[string, Content][]> => fc.array(fc.tuple(name, value), { maxLength: 4 });
const inner = pairs(number).map((fields): Content => new Twice(fields));
const content = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: inner },
  { weight: 1, arbitrary: fc.array(fc.oneof(number, inner), { maxLength: 2 }) },
);
const path = fc.constantFrom('k', 'z', 'sub', 'sub.k', 'sub.z');
const query = fc.tuple(path, path, number, number).map(([one, other, a, b]): Document => (a < 2 ? { [one]: a } : { [one]: a, [other]: b }));
const change = fc.oneof(
  fc
    .tuple(fc.constantFrom('$set', '$inc', '$unset'), path, number)
    .map(([operator, target, n]): Document => ({ [operator]: { [target]: n } })),
  fc.constant<Document[]>([{ $set: { seen: 1 } }]),
);
/** Parallel arrays cannot be indexed together, so each index has one path. */
const key = path.map((target): IndexSpecification => ({ [target]: 1 }));

/** Done to the documents as they are, and to the same ones without what stands a second time. */
type Step = (raw: Collection<Item>, plain: Collection<Item>) => Promise<unknown>;
const done = (writes: Promise<unknown>[]): Promise<void> =>
  Promise.allSettled(writes)
    .then((outcomes) => expect(new Set(outcomes.map(({ status }) => status)).size).to.equal(1))
    .then(() => undefined);
const both =
  (run: (items: Collection<Item>) => Promise<unknown>): Step =>
  (raw, plain) =>
    done([run(raw), run(plain)]);
const insert = fc.tuple(fc.nat(99), pairs(content)).map(([_id, fields]): Step => (raw, plain) => {
  const document = new Twice<Content>([['_id', _id], ...fields]);
  return done([raw.insertOne(document as Document as Item), plain.insertOne(document.firstOnly() as Item)]);
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: insert },
  { weight: 2, arbitrary: fc.tuple(query, change).map(([where, what]) => both((items) => items.updateMany(where, what))) },
  { weight: 2, arbitrary: query.map((where) => both((items) => items.deleteOne(where))) },
  {
    weight: 2,
    arbitrary: key.map(
      (one): Step =>
        (raw) =>
          raw.createIndexes([{ key: one as Document }]),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((raw) => raw.dropIndexes()) },
);

describeEmbedded('names that stand twice in a document', () => {
  const server = withServer();
  const ids = (items: Collection<Item>, where: Document): Promise<number[]> =>
    items
      .find(where as never)
      .map(({ _id }) => _id)
      .toArray()
      .then((found) => found.sort((a, b) => a - b));
  /** As the server reads the documents: a driver would show the last of two. */
  const seen = (items: Collection<Item>): Promise<Document[]> =>
    items.aggregate([{ $sort: { _id: 1 } }, { $replaceWith: { document: '$$ROOT' } }]).toArray();

  it('when a name stands twice, then the first one counts in every index, query and change', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 30 }),
        fc.array(query, { minLength: 8, maxLength: 8 }),
        async (steps, queries) => {
          const [raw, plain] = [server.fresh<Item>(), server.fresh<Item>()];
          await raw.createIndexes([{ key: { k: 1 } }]);
          for (const run of steps) await run(raw, plain);
          expect(await seen(raw)).to.deep.equal(await seen(plain));
          for (const where of queries) {
            const expected = await ids(plain, where);
            expect(await ids(raw, where), JSON.stringify(where)).to.deep.equal(expected);
            expect(await raw.countDocuments(where), JSON.stringify(where)).to.equal(expected.length);
          }
          expect(await server.db.command({ validate: raw.collectionName })).to.deep.include({ errors: [], valid: true });
          await Promise.all([raw.drop(), plain.drop()]);
        },
      ),
      { numRuns: 20 },
    ));

  it('when fields are left out or kept, then what stands a second time is neither', async () => {
    const items = server.fresh();
    await items.insertOne(
      new Twice<Content>([
        ['_id', 1],
        ['k', 1],
        ['z', 3],
        ['k', 2],
      ]),
    );
    expect(await items.find().project({ k: 0 }).toArray()).to.deep.equal([{ _id: 1, z: 3 }]);
    expect(await items.find().project({ k: 1, z: 1 }).toArray()).to.deep.equal([{ _id: 1, k: 1, z: 3 }]);
  });
});
