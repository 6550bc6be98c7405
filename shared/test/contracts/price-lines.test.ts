import { expect } from 'chai';
import fc from 'fast-check';
import { LINE_KINDS, lineNet, overDiscounted, totalsOf, type PriceLine } from '../../src/contracts/price-lines.js';

const EUR = 'EUR';
const line = (part: Partial<PriceLine>): PriceLine => ({
  kind: 'LABOUR',
  description: 'Work',
  quantity: 1,
  unitPrice: { amount: 100, currency: EUR },
  vatRate: 22,
  ...part,
});
const priced = (amount: number): Pick<PriceLine, 'unitPrice'> => ({ unitPrice: { amount, currency: EUR } });

/** Few rates, so that several lines share one; two decimals at most. */
const rate = fc.constantFrom(0, 4, 5, 5.5, 8.1, 10, 19.25, 22, 99.99, 100);
const anyLine: fc.Arbitrary<PriceLine> = fc
  .record({
    kind: fc.constantFrom(...LINE_KINDS),
    quantity: fc.integer({ min: 1, max: 10_000 }),
    amount: fc.integer({ min: 0, max: 1_000_000_000 }),
    vatRate: rate,
  })
  .map(({ amount, ...part }) => line({ ...part, ...priced(amount) }));
const lines = fc.array(anyLine, { maxLength: 200 }).filter((all) => overDiscounted(all).length === 0);

/** VAT with pencil and paper: digits of a decimal number, in hundredths of a percent of a cent, rounded half up. */
const onPaper = (net: bigint, vatRate: number): bigint => {
  const [whole = '0', decimals = ''] = String(vatRate).split('.');
  const exact = net * BigInt(`${whole}${decimals.padEnd(2, '0')}`);
  const digits = exact.toString().padStart(5, '0');
  const [kept, first] = [digits.slice(0, -4), digits.at(-4)];
  return BigInt(kept) + (Number(first) >= 5 ? 1n : 0n);
};

const sumOf = (values: readonly number[]): bigint => values.reduce((sum, value) => sum + BigInt(value), 0n);

describe('the sums under a document', () => {
  it('when VAT is counted by hand for each rate, then it is the same', () => {
    fc.assert(
      fc.property(lines, (all) => {
        for (const { vatRate, net, vat } of totalsOf(all, EUR).vatGroups) {
          const byHand = sumOf(all.filter((each) => each.vatRate === vatRate).map(lineNet));
          expect([BigInt(net.amount), BigInt(vat.amount)]).to.deep.equal([byHand, onPaper(byHand, vatRate)]);
        }
      }),
    );
  });

  it('when the printed amounts are added up, then they give the printed sums', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const { net, vat, total, vatGroups } = totalsOf(all, EUR);
        expect(BigInt(net.amount)).to.equal(sumOf(all.map(lineNet)));
        expect(BigInt(net.amount)).to.equal(sumOf(vatGroups.map((group) => group.net.amount)));
        expect(BigInt(vat.amount)).to.equal(sumOf(vatGroups.map((group) => group.vat.amount)));
        expect(BigInt(total.amount)).to.equal(BigInt(net.amount) + BigInt(vat.amount));
      }),
    );
  });

  it('when lines stand in another order, then the sums are the same', () => {
    fc.assert(
      fc.property(lines, (all) => {
        expect(totalsOf(all.toReversed(), EUR)).to.deep.equal(totalsOf(all, EUR));
      }),
    );
  });

  it('when a rate has more discount than charge, then it is named, and only then', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (all) => {
        const negative = new Set(
          all.map(({ vatRate }) => vatRate).filter((vatRate) => sumOf(all.filter((each) => each.vatRate === vatRate).map(lineNet)) < 0n),
        );
        expect(new Set(overDiscounted(all))).to.deep.equal(negative);
      }),
    );
  });

  for (const [what, all, wanted] of [
    ['nothing', [], [0, 0, 0]],
    ['two lines whose VAT rounds differently together', [line(priced(33)), line(priced(33))], [66, 15, 81]],
    ['half a cent, which is rounded up', [line({ ...priced(10), vatRate: 5 })], [10, 1, 11]],
    ['less than half a cent', [line({ ...priced(9), vatRate: 5 })], [9, 0, 9]],
    ['a rate that binary fractions do not hold', [line({ ...priced(5_000), vatRate: 8.1 })], [5_000, 405, 5_405]],
    ['a discount at its own rate', [line(priced(1_000)), line({ kind: 'DISCOUNT', ...priced(1_000) })], [0, 0, 0]],
  ] as const)
    it(`when there is ${what}, then the sums are these`, () => {
      const { net, vat, total } = totalsOf(all, EUR);
      expect([net.amount, vat.amount, total.amount]).to.deep.equal(wanted);
    });
});
