import { randomUUID } from 'node:crypto';
import { plansOf, type QueryPlan } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { buildServicePlan, startBench, type Bench, type Somebody } from './bench.js';

/** Documents as they lie in the collection, of which only what lists are found by matters here. */
interface Stored {
  readonly _id: string;
  readonly [field: string]: unknown;
}

const PAGE = 20;
const MANY = 1_200;
const FEW = 10;

/** What one page may look at: a few times what it shows, or all of a few that are sorted. */
const MOST_READ = 600;
/** What a total may look at: index entries, or documents. */
const MOST_COUNTED = 10_001;

describe('GET /assets, with many of everybody else and many newer ones', () => {
  let bench: Bench;
  let rossi: Somebody;
  let agent: string;
  let planId: string;
  let locationId: string;

  const insert = async (template: Stored, count: number, from: number, fields: Readonly<Record<string, unknown>>): Promise<void> => {
    const documents = Array.from({ length: count }, (_, index): Stored => {
      const number = String(from + index).padStart(12, '0');
      return { ...template, _id: `018f0000-0000-7000-8000-${number}`, serialKey: `S${number}`, nameKey: `device ${number}`, ...fields };
    });
    await bench.world.platform.connection.collection<Stored>('assets').insertMany(documents);
  };

  before(async () => {
    bench = await startBench();
    rossi = await bench.customer();
    agent = bench.staff().token;
    const plan = buildServicePlan(rossi.customerId, { endDate: '2026-12-31' });
    planId = (await bench.api.post('/service-plans', plan, { token: agent })).body.data.id;
    const id = await bench.asset(rossi);
    const found = await bench.world.platform.connection.collection<Stored>('assets').findOne({ _id: id });
    if (found === null) throw new Error('there is no device');
    const { servicePlanId: _plan, warrantyEndDate: _warranty, ...template } = found;
    locationId = String(template.locationId);
    const elsewhere = { locationId: randomUUID(), category: 'LAPTOP', searchWords: ['dell', 'latitude'], tags: [] };
    const rare = { tags: ['rare'], searchWords: ['zebra', 'dell'] };
    // The old ones: hers, and rare in every way; one kind for each coverage status.
    await insert(template, FEW, 1_000, { ...rare, status: 'IN_REPAIR', category: 'SERVER', warrantyEndDate: '2025-01-01' });
    await insert(template, FEW, 2_000, { ...rare, category: 'SERVER', servicePlanId: planId });
    // Newer ones of hers without any of that, and those of others.
    await insert(template, MANY, 10_000, elsewhere);
    await insert(template, MANY, 20_000, { ...elsewhere, customerId: randomUUID() });
  });
  after(() => bench.stop());

  const ask = async (token: string, query: string): Promise<{ readonly count: number; readonly plans: readonly QueryPlan[] }> => {
    let count = 0;
    const plans = await plansOf(bench.world.platform.connection, 'assets', async () => {
      const { status, body, text } = await bench.api.get<object[]>(`/assets?pageSize=${PAGE}&${query}`, { token });
      expect(status, text).to.equal(200);
      count = (body.data as unknown as readonly object[]).length;
    });
    return { count, plans };
  };

  /** What is asked, and how many are on the first page. */
  const cases = (): readonly (readonly [query: string, found: number])[] => [
    ['', PAGE],
    ['status=IN_REPAIR', FEW],
    ['category=SERVER', PAGE],
    ['category=SERVER&status=IN_REPAIR', FEW],
    ['category=LAPTOP&status=ACTIVE', PAGE],
    ['tag=rare', PAGE],
    ['tag=rare&status=IN_REPAIR', FEW],
    ['search=zebra', PAGE],
    ['search=dell%20zeb', PAGE],
    ['search=dell', PAGE],
    ['search=d', PAGE],
    ['search=nothing', 0],
    ['search=.*', 0],
    [`locationId=${locationId}`, PAGE],
    [`servicePlanId=${planId}`, FEW],
    ['coverageStatus=IN_PLAN', FEW],
    ['coverageStatus=EXPIRED', FEW],
    ['coverageStatus=OUT_OF_PLAN', PAGE],
    ['coverageStatus=EXPIRED&search=latitude', 0],
    [`tag=none&coverageStatus=OUT_OF_PLAN`, 0],
  ];

  for (const sort of ['-createdAt', 'friendlyName', '-warrantyEndDate'])
    for (const who of ['a customer', 'staff'] as const)
      it(`when ${who} asks for sort=${sort}, whatever else, then a page costs a page`, async () => {
        for (const [query, found] of cases()) {
          const { count, plans } = await ask(who === 'staff' ? agent : rossi.token, `${query}&sort=${sort}`);
          expect(count, query).to.equal(found);
          for (const { command, examined, filter, plan } of plans) {
            const told = `${query}: ${command} ${JSON.stringify(filter)}\n${plan}`;
            expect(plan, told).to.include('IXSCAN').and.not.include('COLLSCAN');
            expect(examined.documents, told).to.be.at.most(command === 'find' ? MOST_READ : MOST_COUNTED);
            expect(examined.keys, told).to.be.at.most(command === 'find' ? MOST_READ : MOST_COUNTED);
          }
        }
      });
});
