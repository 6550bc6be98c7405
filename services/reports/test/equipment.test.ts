import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { repairIn } from './workshop.js';

interface Counted {
  readonly text: string;
  readonly count: number;
}
interface Model {
  readonly brand: string;
  readonly model: string;
  readonly count: number;
  readonly share: number;
  readonly medianDaysSincePurchase: number | null;
  readonly problems: readonly Counted[];
  readonly problemWords: readonly Counted[];
  readonly solutions: readonly Counted[];
}
interface Report {
  readonly total: number;
  readonly failures: number;
  readonly modelCount: number;
  readonly models: readonly Model[];
}

const MARCH = '/reports/equipment?from=2026-03-01&to=2026-04-01';
const IN_MARCH = '2026-03-05T12:00:00.000Z';

describe('GET /reports/equipment', () => {
  let bench: Bench;
  let tina = '';
  beforeEach(async () => {
    bench = await startBench();
    tina = await bench.technician('Tina');
  });
  afterEach(() => bench.stop());

  const device = (brand: string, model: string, purchaseDate?: string) => ({
    category: 'LAPTOP' as const,
    brand,
    model,
    serialNumber: 'S1',
    ...(purchaseDate === undefined ? {} : { purchaseDate }),
  });

  /** Four laptops of one kind, under several spellings, and a phone. */
  const failures = async () => {
    const createdAt = '2026-03-02T09:00:00.000Z';
    for (const [brand, model, purchaseDate, problem, solution] of [
      ['Dell', 'XPS 13', '2026-02-20', 'Screen stays black', 'New display cable.'],
      ['dell', 'xps-13', '2026-02-10', 'screen stays BLACK!', 'new display cable'],
      ['DELL', 'XPS  13', '2025-03-02', 'The battery does not charge; the screen flickers', 'New battery'],
    ] as const)
      await repairIn(bench, { createdAt, device: device(brand, model, purchaseDate), problemDescription: problem }).completed(
        IN_MARCH,
        tina,
        {
          description: solution,
        },
      );
    await repairIn(bench, { createdAt, device: device('Dell', 'XPS 13') }).refused('2026-03-05T13:00:00.000Z', tina, {
      description: 'Too wet',
    });
    await repairIn(bench, { createdAt, device: device('Apple', 'iPhone 12') }).completed(IN_MARCH, tina);
    await repairIn(bench, { device: device('Apple', 'iPhone 12') }).received();
    await repairIn(bench, { device: device('Apple', 'iPhone 12') }).completed('2026-04-02T12:00:00.000Z', tina);
  };

  it('when devices fail, then failures count per brand and model, however they are written', async () => {
    await failures();
    const { models, ...totals } = await bench.report<Report>(MARCH);
    expect(totals).to.deep.include({ total: 5, failures: 5, modelCount: 2 });
    const [dell, apple] = models;
    expect([dell?.brand, dell?.count, dell?.share, dell?.medianDaysSincePurchase]).to.deep.equal(['Dell', 4, 0.8, 20]);
    expect(dell?.problems[0]).to.deep.include({ count: 2 });
    expect(dell?.problems[0]?.text).to.match(/screen stays black/i);
    expect(dell?.problemWords[0]).to.deep.equal({ text: 'screen', count: 3 });
    expect(dell?.solutions.map(({ count }) => count)).to.deep.equal([2, 1]);
    expect(apple).to.deep.include({ brand: 'Apple', model: 'iPhone 12', count: 1, share: 0.2, medianDaysSincePurchase: null });
  });

  it('when a brand or a model is asked for, in any case, then only that, with its share of all', async () => {
    await failures();
    for (const query of ['brand=APPLE', 'model=iphone%2012', 'brand=apple&model=iPhone-12']) {
      const report = await bench.report<Report>(`${MARCH}&${query}`);
      expect(report.models.map(({ model, share }) => [model, share])).to.deep.equal([['iPhone 12', 0.2]]);
      expect([report.total, report.failures]).to.deep.equal([5, 1]);
    }
    expect((await bench.report<Report>(`${MARCH}&brand=apple&model=xps`)).models).to.deep.equal([]);
  });

  it('when a brand is typed in another way, then it is the same brand', async () => {
    await repairIn(bench, { device: device('Łódź‑Tech', 'PF\u20113X') }).completed(IN_MARCH, tina);
    await repairIn(bench, { device: device('lodz-tech', 'pf-3x') }).completed(IN_MARCH, tina);
    const { models } = await bench.report<Report>(`${MARCH}&brand=${encodeURIComponent('LODZ-TECH')}`);
    expect(models.map(({ count }) => count)).to.deep.equal([2]);
  });

  it('when keys were stored by an earlier version, then repairs from before and after count together', async () => {
    const [createdAt, problemDescription] = ['2026-03-02T09:00:00.000Z', 'Łańcuch broke'];
    const fail = () =>
      repairIn(bench, { createdAt, device: device('Łódź', 'Straße 1'), problemDescription }).completed(IN_MARCH, tina, {
        description: 'Glued łańcuch',
      });
    await fail();
    const collection = (name: string) => bench.world.platform.connection.collection(name);
    const [problemKey, solutionKey] = ['łancuch broke', 'glued łancuch'];
    const earlier = { brandKey: 'łodz', modelKey: 'straße 1', problemKey, problemWords: ['łancuch', 'broke'] };
    await collection('repairs').updateMany({}, { $set: { ...earlier, 'outcome.solutionKey': solutionKey } });
    await collection('derived_fields').deleteMany({});
    await fail();
    expect((await bench.report<Report>(MARCH)).models).to.have.length(2);
    await bench.renewKeys();
    const { models } = await bench.report<Report>(MARCH);
    expect(
      models.map(({ count, problems, problemWords, solutions }) => [count, problems.length, problemWords, solutions.length]),
    ).to.deep.equal([[2, 1, ['broke', 'lancuch'].map((text) => ({ text, count: 2 })), 1]]);
  });

  it('when CSV is asked for, then formula cells are harmless', async () => {
    await repairIn(bench, { device: device('=1+1', 'M') }).completed(IN_MARCH, tina);
    const { text } = await bench.api.get(`${MARCH}&format=csv`, { token: bench.token });
    expect(text).to.include(`'=1+1,M,1,1,,Does not start (1),start (1),New mainboard (1),`);
  });

  it('when it is asked for, then an index answers', async () => {
    await failures();
    const { connection } = bench.world.platform;
    for (const query of [MARCH, `${MARCH}&brand=dell`]) {
      const plans = await plansOf(connection, 'repairs', () => bench.report(query));
      // Earlier repairs of the same devices are asked for by serial number and by registration.
      const earlier = plans.filter(({ filter }) => !JSON.stringify(filter).includes('outcome.at'));
      expectIndexed(earlier, `earlier ${query}`, []);
      expectIndexed(
        plans.filter((plan) => !earlier.includes(plan)),
        query,
        ['outcome.at'],
      );
      expectIndexed(await plansOf(connection, 'assets', () => bench.report(query)), 'devices', ['brandKey']);
    }
  });

  it('when somebody asks, then only the desk and engineers are answered, each about their tenant', async () => {
    await failures();
    for (const [role, expected] of [
      ['ENGINEER', 200],
      ['AGENT', 200],
      ['TECH', 403],
      ['CUSTOMER_ADMIN', 403],
    ] as const)
      expect((await bench.api.get(MARCH, { token: bench.world.tokenFor({ role }) })).status).to.equal(expected);
    expect((await bench.api.get(`${MARCH}&brand[$ne]=x`, { token: bench.token })).status).to.equal(422);
    const elsewhere = bench.world.tokenFor({ role: 'ENGINEER', tenantId: 'elsewhere' });
    expect((await bench.api.get<Report>(MARCH, { token: elsewhere })).body.data).to.deep.include({ total: 0, failures: 0, models: [] });
  });
});
