import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { Decimal128 } from 'mongodb';
import { decimalParts, parseDecimal } from '../src/bson/decimal.js';
import { keyOf } from '../src/bson/key.js';
import { exactDouble } from '../src/bson/key-number.js';
import { type Decimal, Double } from '../src/bson/values.js';
import { describeEmbedded, withServer } from './test-server.js';

interface Exact {
  n: bigint;
  exponent: number;
}

function exactly(value: Decimal | Double): Exact {
  if (value instanceof Double) return exactDouble(value.value);
  const { negative, digits, exponent } = decimalParts(value);
  return { n: negative ? -digits : digits, exponent };
}

function compareExactly(a: Exact, b: Exact): number {
  const least = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map(({ n, exponent }) => n * 10n ** BigInt(exponent - least)) as [bigint, bigint];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Near the places where the way of writing changes as often as anywhere else. */
const exponents = fc.oneof(
  fc.integer({ min: -6176, max: 6111 }),
  fc.constantFrom(-6176, -4340, -4308, -4307, -4306, -4305, -400, -324, -323, 0, 308, 309, 3949, 3950, 3951, 3982, 3983, 3984, 6111),
);
const digits = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 34n - 1n }), fc.bigInt({ min: 0n, max: 20n }), fc.constant(10n ** 33n));
const decimals = fc
  .tuple(fc.boolean(), digits, exponents)
  .map(([negative, n, exponent]) => parseDecimal(`${negative ? '-' : ''}${n}E${exponent}`));
const doubles = fc
  .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324, 0))
  .map((value) => new Double(value));
const numbers = fc.oneof({ weight: 3, arbitrary: decimals }, { weight: 1, arbitrary: doubles });

describe('keys of decimals', () => {
  it('order as the numbers do, and are equal where these are', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(Math.sign(keyOf(a).compare(keyOf(b)))).to.equal(compareExactly(exactly(a), exactly(b)));
      }),
      { numRuns: 3000 },
    );
  });

  // The first four stand in the data of earlier versions like this.
  for (const [text, length, digest] of [
    ['0.1', 52, '4f77d1bc188a5ecb'],
    ['1E+3983', 3996, 'cce3e15f9b476f52'],
    ['-1E-400', 764, '6ba6add7367e269a'],
    ['-1E-4306', 3996, '790cea6faeecaade'],
    ['9.999999999999999999999999999999999E+6144', 47, undefined],
    ['-1E-6176', 768, undefined],
  ] as const)
    it(`${text} takes ${length} bytes`, () => {
      const key = keyOf(parseDecimal(text));
      expect(key.length).to.equal(length);
      if (digest !== undefined) expect(createHash('sha256').update(key).digest('hex').slice(0, 16)).to.equal(digest);
    });
});

describeEmbedded('decimals far out', () => {
  const server = withServer();

  it('are stored, found and sorted by an index', async () => {
    const items = server.fresh<{ _id: Decimal128 | number; text: string }>();
    const texts = ['-1E+6144', '-1', '-1E-4306', '-1E-4307', '-1E-6176', '1E-6176', '1', '1E+309', '1E+3983', '1.1E+3983', '1E+6144'];
    await items.insertMany(texts.map((text) => ({ _id: Decimal128.fromString(text), text })).reverse());
    const sorted = await items.find().sort({ _id: 1 }).hint('_id_').toArray();
    expect(sorted.map(({ text }) => text)).to.deep.equal(texts);
    for (const text of texts) expect(await items.findOne({ _id: Decimal128.fromString(text) })).to.include({ text });
    expect(await items.countDocuments({ _id: { $gt: Number.MAX_VALUE } })).to.equal(4);
    expect(await items.countDocuments({ _id: { $lt: 0, $gt: -5e-324 } })).to.equal(3);
  });
});
