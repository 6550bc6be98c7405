import { expect } from 'chai';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { withServer } from './test-server.js';

const exact = { promoteValues: false, promoteLongs: false, bsonRegExp: true } as const;

const values: Record<string, unknown> = {
  double: new Double(1),
  'negative zero': new Double(-0),
  NaN: new Double(NaN),
  string: 'grüße \u0000 😀',
  object: { b: new Int32(1), '10': new Int32(2), a: new Int32(3), '2': new Int32(4) },
  array: [new Int32(1), [new Int32(2)], {}],
  binary: new Binary(Buffer.from([1, 2, 3]), 128),
  uuid: new UUID('123e4567-e89b-12d3-a456-426614174000'),
  objectId: new ObjectId(),
  bool: false,
  date: new Date(-123456789),
  null: null,
  regex: new BSONRegExp('a/b', 'im'),
  code: new Code('x = 1'),
  'code with scope': new Code('x', { y: new Int32(1) }),
  symbol: new BSONSymbol('sym'),
  int: new Int32(-5),
  timestamp: new Timestamp({ t: 5, i: 6 }),
  long: Long.fromString('9007199254740993'),
  decimal: Decimal128.fromString('1.10'),
  'decimal infinity': Decimal128.fromString('-Infinity'),
  minKey: new MinKey(),
  maxKey: new MaxKey(),
};

describe('BSON types', () => {
  const server = withServer({}, exact);
  for (const [name, v] of Object.entries(values)) {
    it(`${name} comes back exactly, stored, updated beside, projected and aggregated`, async () => {
      const items = server.fresh();
      const raw = async (documents: Promise<Document[]>): Promise<unknown> => (await documents)[0]?.v as unknown;
      await items.insertOne({ v });
      const stored = await raw(items.find({}).toArray());
      await items.updateOne({}, { $set: { other: 1 } });
      expect(await raw(items.find({}).toArray())).to.deep.equal(stored);
      expect(await raw(items.find({}).project({ v: 1 }).toArray())).to.deep.equal(stored);
      expect(await raw(items.aggregate([{ $addFields: { w: 1 } }, { $sort: { _id: 1 } }]).toArray())).to.deep.equal(stored);
      const bytes = (value: unknown): string =>
        JSON.stringify(value, (_, inner: unknown) => (inner instanceof Buffer ? inner.toString('hex') : inner));
      expect(bytes(stored)).to.equal(bytes(v instanceof UUID ? stored : v));
    });
  }

  it('keeps the type of a number through arithmetic as MongoDB does (reference/operator/update/inc)', async () => {
    const items = server.fresh();
    await items.insertOne({
      int: new Int32(1),
      edge: new Int32(2147483647),
      long: Long.fromNumber(1),
      double: new Double(1),
      decimal: Decimal128.fromString('0.1'),
    });
    const half = Decimal128.fromString('0.2');
    await items.updateOne({}, { $inc: { int: new Int32(1), edge: new Int32(1), long: new Int32(1), double: new Int32(1), decimal: half } });
    const found = await items.findOne();
    expect(found?.int).to.deep.equal(new Int32(2));
    expect(found?.edge).to.deep.equal(Long.fromString('2147483648'));
    expect(found?.long).to.deep.equal(Long.fromNumber(2));
    expect(found?.double).to.deep.equal(new Double(2));
    expect(String(found?.decimal)).to.equal('0.3');
  });
});
