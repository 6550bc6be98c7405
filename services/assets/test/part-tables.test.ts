import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { fromDecimal, toDecimal } from '../src/part/table/decimal.js';
import { startPartsBench, type PartsBench, type ShownPart } from './parts-bench.js';

interface Report {
  readonly dryRun: boolean;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly invalid: number;
  readonly rows: readonly {
    readonly row: number;
    readonly outcome: string;
    readonly partId?: string;
    readonly errors?: readonly { readonly path: string }[];
  }[];
}

describe('Parts as a table', () => {
  let parts: PartsBench;
  beforeEach(async () => (parts = await startPartsBench()));
  afterEach(() => parts.bench.stop());

  const desk = () => ({ token: parts.desk.token });
  const send = (csv: string, query = 'dryRun=false', options: object = desk()) =>
    parts.bench.api.post<Report>(`/parts/import?${query}`, { csv }, options);
  const all = async () => (await parts.bench.api.get<ShownPart[]>('/parts?sort=sku&pageSize=100', desk())).body.data;
  const exported = async (query = '') => (await parts.bench.api.get(`/parts/export.csv?${query}`, desk())).text;

  describe('POST /parts/import', () => {
    it('when it is a dry run, which it is unless told, then it reports and changes nothing', async () => {
      const csv = 'sku,name,salePrice,cost,vatRate\nA-1,Display,"89,00",40.5,22\n';
      for (const query of ['', 'dryRun', 'dryRun=true']) {
        const { body } = await send(csv, query);
        expect(body.data).to.deep.include({ dryRun: true, created: 1, invalid: 0 });
      }
      expect(await all()).to.deep.equal([]);
    });

    it('when a supplier’s list comes twice, then parts are added, and the second time unchanged', async () => {
      const csv =
        'SKU;Name;Brand;CompatibleWith;SalePrice;Cost;VatRate;MinimumStock;Supplier;Barcode;Active\n' +
        'A-1;Display;Apple;"Apple|iPhone 12;Apple|iPhone 12 Pro";1.089,90;40,5;22;2;Screens Ltd;0123456789012;true\n' +
        'A-2;Battery;;;19;7,05;5,5;;;;FALSE\n';
      expect((await send(csv)).body.data).to.deep.include({ created: 2, invalid: 0 });
      const [display, battery] = await all();
      expect(display).to.deep.include({
        sku: 'A-1',
        compatibleWith: [
          { brand: 'Apple', model: 'iPhone 12' },
          { brand: 'Apple', model: 'iPhone 12 Pro' },
        ],
        salePrice: { amount: 108_990, currency: 'EUR' },
        cost: { amount: 4_050, currency: 'EUR' },
        barcode: '0123456789012',
        lowStock: true,
      });
      expect(battery).to.deep.include({ vatRate: 5.5, active: false });
      expect((await send(csv)).body.data).to.deep.include({ created: 0, updated: 0, unchanged: 2 });
      expect((await send('sku,cost\na-1,41\n')).body.data).to.deep.include({ updated: 1 });
      expect((await all())[0]).to.deep.include({ sku: 'A-1', name: 'Display', cost: { amount: 4_100, currency: 'EUR' } });
    });

    it('when rows have faults, then each tells all of its own, and the others are done', async () => {
      const csv =
        'sku,name,salePrice,cost,vatRate,compatibleWith\n' +
        'A-1,Display,1.234,much,22,\n,Nameless,1,1,22,\nA-2,Battery,1,1,122,Apple\nA-3,Fine,1,1,22,\na-3,Twice,1,1,22,\n';
      const { rows, created, invalid } = (await send(csv)).body.data;
      expect([created, invalid]).to.deep.equal([1, 4]);
      const faults = rows.map(({ errors = [] }) => errors.map(({ path }) => path));
      expect(faults).to.deep.equal([['salePrice', 'cost'], ['sku'], ['vatRate', 'compatibleWith.0.model'], [], ['sku']]);
    });

    it('when it is no table of parts, then 422; when technicians ask, then 403', async () => {
      expect((await send('name,colour\nX,red\n')).body.errors[0]?.path).to.equal('csv');
      expect((await send('name\nX\n')).status).to.equal(422);
      const token = parts.tech.token;
      expect((await send('sku\nX\n', '', { token })).status).to.equal(403);
      expect((await parts.bench.api.get('/parts/export.csv', { token })).status).to.equal(403);
    });
  });

  describe('GET /parts/export.csv', () => {
    it('when cells look like formulas, then they are marked, and an import takes the mark off', async () => {
      await parts.part({ sku: '=1+1', name: '@cmd', supplier: '-x' });
      const [row]: Record<string, string>[] = parse(await exported(), { bom: true, columns: true });
      expect(row).to.include({ sku: "'=1+1", name: "'@cmd", supplier: "'-x" });
      expect((await send(await exported())).body.data).to.deep.include({ unchanged: 1, invalid: 0 });
    });

    it('when a filter is given, then those parts come, with their stock', async () => {
      await parts.part({ sku: 'A-1', brand: 'Apple' }, 3);
      await parts.part({ sku: 'B-1' });
      const rows: Record<string, string>[] = parse(await exported('brand=apple'), { bom: true, columns: true });
      expect(rows).to.have.length(1);
      expect(rows[0]).to.include({ sku: 'A-1', salePrice: '89.00', cost: '40.00', onHand: '3', averageCost: '40.00', active: 'true' });
    });

    it('when any catalogue is exported and imported again, then nothing changes', async function () {
      this.timeout(60_000);
      const word = fc
        .array(fc.constantFrom('=', '+', '-', '@', ';', ',', '|', '"', "'", '\\', 'a', 'B', '1', ' ', 'è', '漢', '\u00a0'), {
          minLength: 1,
          maxLength: 7,
        })
        .map((letters) => `${letters.join('')}a`);
      const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
      const one = fc.record({
        name: word,
        brand: maybe(word),
        compatibleWith: fc.array(fc.record({ brand: word, model: word }), { maxLength: 3 }),
        salePrice: fc.nat(999_999),
        cost: fc.nat(99),
        vatRate: fc.constantFrom(0, 4, 5.5, 22, 99.99),
        warrantyMonths: maybe(fc.nat(120)),
        minimumStock: maybe(fc.nat(9)),
        supplier: maybe(word),
        shelf: maybe(word),
        barcode: maybe(word),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), async (catalogue) => {
          for (const fields of catalogue) await parts.part({ ...fields, sku: `;${randomUUID().slice(0, 12)}` });
          const { created, updated, invalid } = (await send(await exported())).body.data;
          expect([created, updated, invalid]).to.deep.equal([0, 0, 0]);
        }),
        { numRuns: 12 },
      );
    });
  });

  describe('prices as people write them', () => {
    it('when they can be read in one way, then they are read, else not', () => {
      const read = (text: string) => fromDecimal(text, 'EUR');
      expect(['12,50', '12.5', '12', '1.234,5', '1,234.50', '1 234,00', '0,01'].map(read)).to.deep.equal([
        ...[1_250, 1_250, 1_200, 123_450, 123_450, 123_400, 1],
      ]);
      expect(['1.234', '1,234', '12,505', '-1', 'x', '', '1.2.3', '1,,2', '12.'].map(read)).to.deep.equal(Array(9).fill(undefined));
      expect(['1200', '1.200', '12,5'].map((text) => fromDecimal(text, 'JPY'))).to.deep.equal([1_200, 1_200, undefined]);
    });

    it('when an amount is written, then it is read as the same', () => {
      fc.assert(
        fc.property(fc.nat(1_000_000_000), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
          expect(fromDecimal(toDecimal(amount, currency), currency)).to.equal(amount);
        }),
      );
    });
  });
});
