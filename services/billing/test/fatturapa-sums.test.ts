import { totalsOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import { expect } from 'chai';
import fc from 'fast-check';
import { CENT, readDecimal, roundToCent, times, writeCents } from '../src/invoice/fatturapa/decimals.js';
import type { Fattura } from '../src/invoice/fatturapa/fattura.js';
import { createCheckSchema } from '../src/invoice/fatturapa/schema/check-schema.js';
import { writeXml } from '../src/invoice/fatturapa/schema/write-xml.js';
import type { InvoiceContent } from '../src/invoice/invoice.js';
import { buildLine, codesOf, describeOf, euros } from './fatturapa.bench.js';

const RATES = [22, 10, 5, 4, 0];

const line = fc
  .record({
    kind: fc.constantFrom('LABOUR' as const, 'PART' as const, 'FEE' as const),
    quantity: fc.integer({ min: 1, max: 99 }),
    price: fc.integer({ min: 0, max: 1_000_000 }),
    vatRate: fc.constantFrom(...RATES),
  })
  .map(({ price, ...rest }): PriceLine => buildLine({ ...rest, unitPrice: euros(price) }));

/** At each rate at most as much as the lines charge is taken off. */
const withDiscounts = fc
  .array(line, { minLength: 1, maxLength: 12 })
  .chain((lines) =>
    fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: RATES.length, maxLength: RATES.length })
      .map((percents) => [
        ...lines,
        ...totalsOf(lines, 'EUR').vatGroups.map(({ vatRate, net }, index) =>
          buildLine({ kind: 'DISCOUNT', vatRate, unitPrice: euros(Math.floor((net.amount * (percents[index] ?? 0)) / 100)) }),
        ),
      ]),
  );

const exempt = (content: Partial<InvoiceContent>): Partial<InvoiceContent> => ({ vatExemption: 'N4', ...content });

const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((all, number) => all + number, 0n);

/** Every difference between what is written and what follows from the rest, in units of the eighth decimal. */
const differencesIn = ({ FatturaElettronicaBody: body }: Fattura): readonly bigint[] => {
  const { DettaglioLinee: lines, DatiRiepilogo: sums } = body.DatiBeniServizi;
  const { ImportoTotaleDocumento, Arrotondamento = '0.00' } = body.DatiGenerali.DatiGeneraliDocumento;
  const lineDifferences = lines.map(
    ({ PrezzoUnitario, Quantita = '', PrezzoTotale }) =>
      times(readDecimal(PrezzoUnitario), readDecimal(Quantita)) - readDecimal(PrezzoTotale),
  );
  const sumDifferences = sums.flatMap(({ AliquotaIVA, Natura, ImponibileImporto, Imposta }) => {
    const own = lines.filter((each) => each.AliquotaIVA === AliquotaIVA && each.Natura === Natura);
    const net = readDecimal(ImponibileImporto);
    return [
      sum(own.map(({ PrezzoTotale }) => readDecimal(PrezzoTotale))) - net,
      roundToCent(times(readDecimal(AliquotaIVA), net) / 100n) - readDecimal(Imposta),
    ];
  });
  const all = sum(sums.map(({ ImponibileImporto, Imposta }) => readDecimal(ImponibileImporto) + readDecimal(Imposta)));
  return [...lineDifferences, ...sumDifferences, all + readDecimal(Arrotondamento) - readDecimal(ImportoTotaleDocumento)];
};

describe('sums of electronic invoices', () => {
  it('when lines, rates and discounts are any, then no sum differs by anything and nothing is rounded', () => {
    fc.assert(
      fc.property(withDiscounts, fc.boolean(), (lines, chargesStampDuty) => {
        const fattura = describeOf(exempt({ lines, chargesStampDuty, stampDuty: euros(200) }));
        expect(codesOf(fattura)).to.deep.equal([]);
        expect(differencesIn(fattura).filter((difference) => difference !== 0n)).to.deep.equal([]);
        expect(fattura.FatturaElettronicaBody.DatiGenerali.DatiGeneraliDocumento.Arrotondamento).to.equal(undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('when charges are said in one sum, then the total is that sum and at most a cent is rounded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(22, 10, 5, 4), (gross, vatRate) => {
        const net = Math.round((gross * 100) / (100 + vatRate));
        const group = { vatRate, net: euros(net), vat: euros(gross - net) };
        const sums = { net: group.net, vat: group.vat, total: euros(gross), vatGroups: [group] };
        const fattura = describeOf({ lines: [buildLine({ unitPrice: euros(net), vatRate })], ...sums });
        const { ImportoTotaleDocumento, Arrotondamento = '0.00' } = fattura.FatturaElettronicaBody.DatiGenerali.DatiGeneraliDocumento;
        expect(codesOf(fattura)).to.deep.equal([]);
        expect(differencesIn(fattura).filter((difference) => difference !== 0n)).to.deep.equal([]);
        expect(ImportoTotaleDocumento).to.equal(writeCents(gross));
        expect(['-0.01', '0.00', '0.01']).to.include(Arrotondamento);
      }),
      { numRuns: 500 },
    );
  });

  it('when descriptions are any text that is told no fault of, then the file is valid', async () => {
    const checkSchema = createCheckSchema();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 5 }), async (descriptions) => {
        const fattura = describeOf({ lines: descriptions.map((description) => buildLine({ description })) });
        if (codesOf(fattura).length > 0) return;
        expect(await checkSchema(await writeXml(fattura))).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  for (const [cents, written] of [
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [-1250, '-12.50'],
    [99_999_999_999, '999999999.99'],
  ] as const)
    it(`when an amount is ${cents} cents, then it is written ${written} and read as that`, () => {
      expect(writeCents(cents)).to.equal(written);
      expect(readDecimal(written)).to.equal(BigInt(cents) * CENT);
    });
});
