import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startPartsBench, type PartsBench } from './parts-bench.js';

/** Documents as they lie in the collection, of which only what lists are found by matters here. */
interface Stored {
  readonly _id: string;
  readonly [field: string]: unknown;
}

const PAGE = 20;
const FEW = 10;
const MANY = 2_400;
/** What one page may look at: a few times what it shows, or all of a few that are sorted. */
const MOST_READ = 600;

describe('GET /parts, with many parts', () => {
  let parts: PartsBench;
  before(async () => {
    parts = await startPartsBench();
    const { id } = await parts.part({ name: 'Display', brand: 'Apple', compatibleWith: [{ brand: 'Apple', model: 'iPhone 12' }] });
    const collection = parts.bench.world.platform.connection.collection<Stored>('parts');
    const template = await collection.findOne({ _id: id });
    if (template === null) throw new Error('there is no part');
    const insert = (count: number, from: number, fields: object) =>
      collection.insertMany(
        Array.from({ length: count }, (_, index): Stored => {
          const number = String(from + index).padStart(12, '0');
          return { ...template, _id: `018f0000-0000-7000-8000-${number}`, skuKey: number, nameKey: `display ${number}`, ...fields };
        }),
      );
    // The old ones are rare in every way.
    await insert(FEW, 1_000, { searchWords: ['zebra', 'display'], brandKeys: ['rare'], modelKeys: ['rare'], low: true, active: false });
    await insert(MANY, 10_000, {});
  });
  after(() => parts.bench.stop());

  const cases: readonly (readonly [query: string, found: number])[] = [
    ['', PAGE],
    ['active=true', PAGE],
    ['active=false', FEW],
    ['lowStock=true', FEW],
    ['lowStock=true&active=true', 0],
    ['lowStock=false&active=true', PAGE],
    ['search=zebra', FEW],
    ['search=display%20zeb', FEW],
    ['search=display', PAGE],
    ['search=d&active=true', PAGE],
    ['search=nothing', 0],
    ['brand=rare&model=rare', FEW],
    ['brand=apple', PAGE],
    ['model=iphone%2012&active=true', PAGE],
  ];

  for (const sort of ['-createdAt', 'name', '-sku'])
    it(`when sort=${sort} is asked for, whatever else, then a page costs a page`, async () => {
      for (const [query, found] of cases) {
        const plans = await plansOf(parts.bench.world.platform.connection, 'parts', async () => {
          const path = `/parts?pageSize=${PAGE}&sort=${sort}&${query}`;
          const { body } = await parts.bench.api.get<object[]>(path, { token: parts.desk.token });
          expect(body.data, query).to.have.length(found);
        });
        for (const { command, examined, filter, plan } of plans) {
          const told = `${query}: ${command} ${JSON.stringify(filter)}\n${plan}`;
          expect(plan, told).to.include('IXSCAN').and.not.include('COLLSCAN');
          if (command === 'find') expect(Math.max(examined.documents, examined.keys), told).to.be.at.most(MOST_READ);
        }
      }
    });

  it('when parts have many reservations, then lists and exports do not read them', async () => {
    for (const path of ['/parts?pageSize=1', '/parts/export.csv']) {
      const plans = await plansOf(parts.bench.world.platform.connection, 'parts', () =>
        parts.bench.api.get(path, { token: parts.desk.token }),
      );
      for (const { plan } of plans.filter(({ command }) => command === 'find'))
        expect(plan, path).to.include('"reservations":0').and.include('"unfiled":0');
    }
  });

  it('when a part or a repair has many reservations, then those of one state cost a page', async () => {
    const { id } = await parts.part();
    const repair = await parts.repair();
    await parts.reserve(id, repair.id);
    const collection = parts.bench.world.platform.connection.collection<Stored>('reservations');
    const { _id: _one, ...template } = (await collection.findOne({ partId: id })) ?? { _id: '' };
    const over = (from: number): Stored => ({ ...template, _id: `018f0000-0000-7000-9000-${from}`, state: 'RELEASED' });
    await collection.insertMany(Array.from({ length: MANY }, (_, index) => over(100_000_000_000 + index)));
    for (const by of [`partId=${id}`, `repairId=${repair.id}`]) {
      const plans = await plansOf(parts.bench.world.platform.connection, 'reservations', async () => {
        expect(await parts.reservations(`${by}&state=BACKORDERED`)).to.have.length(1);
      });
      expectIndexed(plans, by, [by.replace(/=.*/, ''), 'state']);
    }
  });
});
