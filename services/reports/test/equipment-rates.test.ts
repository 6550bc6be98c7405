import { expect } from 'chai';
import { groupsOf } from '../src/equipment/export-equipment.js';
import { buildWorkReport, CUSTOMER_ID, LAPTOP, startKnowledgeBench, type KnowledgeBench } from './knowledge/knowledge-bench.js';
import { repairIn } from './workshop.js';

interface Counted {
  readonly text: string;
  readonly count: number;
}
interface Model {
  readonly model: string;
  readonly count: number;
  readonly registered: number;
  readonly rate: number | null;
  readonly meanHoursToRepair: number | null;
  readonly repeats: number;
  readonly repeatRate: number | null;
  readonly components: readonly Counted[];
  readonly parts: readonly Counted[];
  readonly ages: readonly { readonly years: number; readonly count: number }[];
  readonly cases: readonly { readonly id: string; readonly symptom: string }[];
  readonly problems: readonly (Counted & { readonly solutions: readonly Counted[] })[];
}
interface Report {
  readonly models: readonly Model[];
  readonly components: readonly Counted[];
}

const MARCH = '/reports/equipment?from=2026-03-01&to=2026-04-01';
const EXPORT = '/reports/equipment/export.csv?from=2026-03-01&to=2026-04-01';
const TAKEN = '2026-03-02T09:00:00.000Z';
const DONE = '2026-03-02T19:00:00.000Z';

describe('GET /reports/equipment, rates', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());
  const device = (model: string, serialNumber = 'S', purchaseDate?: string) => ({
    ...LAPTOP,
    model,
    serialNumber,
    ...(purchaseDate === undefined ? {} : { purchaseDate }),
  });
  const fail = async (model: string, part: object = {}, outcome: object = {}) => {
    const life = repairIn(bench, {
      customerId: CUSTOMER_ID,
      createdAt: TAKEN,
      device: device(model),
      problemDescription: 'Screen stays black',
      ...part,
    });
    await life.completed(DONE, bench.userIdOf('TECH'), { description: 'New display cable', ...outcome });
    return life;
  };
  const lines = async (query = '') =>
    (await bench.api.get(`${EXPORT}${query}`, { token: bench.tokenOf('ENGINEER') })).text.trim().split('\r\n');

  it('when devices of a model are registered, then its failures are a rate of them', async () => {
    for (const model of ['T14', ' t14', 'T14!', 'T14', 'X1']) await bench.asset({ model });
    await bench.asset({ model: 'T14', status: 'RETIRED' });
    await bench.asset({ model: 'T14' }, 'elsewhere');
    await fail('T14');
    await fail('Z9');
    const { models } = await bench.report<Report>(MARCH);
    expect(models.map(({ model, registered, rate }) => [model, registered, rate])).to.deep.equal([
      ['T14', 4, 0.25],
      ['Z9', 0, null],
    ]);
  });

  it('when repairs were completed, then hours, parts, ages, solutions and knowledge cases are told', async () => {
    const part = { reservationId: CUSTOMER_ID, partId: CUSTOMER_ID, name: 'Display cable', used: 1 };
    await fail('T14', { device: device('T14', 'A', '2024-01-15') }, { parts: [part, { ...part, name: 'Lid', used: 0 }] });
    await fail('T14', { createdAt: '2026-03-02T15:00:00.000Z', device: device('T14', 'B', '2025-12-01') }, { parts: [part] });
    const published = await bench.published({ device: { ...LAPTOP, model: 'T14' }, symptom: 'Black screen' });
    const [model] = (await bench.report<Report>(MARCH)).models;
    expect(model).to.deep.include({
      meanHoursToRepair: 7,
      parts: [{ text: 'Display cable', count: 2 }],
      ages: [
        { years: 0, count: 1 },
        { years: 2, count: 1 },
      ],
    });
    expect(model?.problems[0]?.solutions).to.deep.equal([{ text: 'New display cable', count: 2 }]);
    expect(model?.cases.map(({ id }) => id)).to.deep.equal([published.id]);
  });

  it('when a device comes back within 90 days of its collection, then it is a repeat', async () => {
    await repairIn(bench, {
      customerId: CUSTOMER_ID,
      createdAt: '2026-01-02T09:00:00.000Z',
      device: device('T14', 'A'),
      collectedAt: '2026-01-05T09:00:00.000Z',
    }).completed('2026-01-04T09:00:00.000Z', bench.userIdOf('TECH'));
    await repairIn(bench, {
      customerId: CUSTOMER_ID,
      createdAt: '2025-01-02T09:00:00.000Z',
      device: device('T14', 'B'),
      collectedAt: '2025-01-05T09:00:00.000Z',
    }).completed('2025-01-04T09:00:00.000Z', bench.userIdOf('TECH'));
    await fail('T14', { device: device('T14', 'A') });
    await fail('T14', { device: device('T14', 'B') });
    const [model] = (await bench.report<Report>(MARCH)).models;
    expect([model?.count, model?.repeats, model?.repeatRate]).to.deep.equal([2, 1, 0.5]);
  });

  it('when work reports name components, then they count for the model, whenever the device becomes known', async () => {
    const life = await fail('T14');
    const report = buildWorkReport({
      ticketId: undefined,
      repairId: life.id,
      malfunctions: [{ component: 'Fan', symptom: 'loud' }, { component: 'FAN', symptom: 'hot' }, { symptom: 'dirt' }],
    });
    await bench.approved(report);
    await bench.approved(report);
    await bench.approved(buildWorkReport({ assetId: CUSTOMER_ID }));
    await bench.asset({ id: CUSTOMER_ID, model: 'T14' });
    const { models, components } = await bench.report<Report>(MARCH);
    expect(models[0]?.components).to.deep.equal([{ text: models[0]?.components[0]?.text, count: 2 }]);
    expect(components.map(({ count }) => count)).to.deep.equal([2]);
  });

  it('when a manufacturer gets the export, then no group of fewer than five is in it', async () => {
    for (let n = 0; n < 6; n++) await fail('T14', { problemDescription: n === 0 ? 'Only this one' : 'Screen stays black' });
    for (let n = 0; n < 5; n++) await fail('X1');
    for (const model of ['Z1', 'Z2']) await fail(model);
    const [header, ...rows] = await lines();
    expect(header?.split(',').slice(0, 3)).to.deep.equal(['brand', 'model', 'failures']);
    expect(rows.map((row) => row.split(',').slice(0, 3).join(' '))).to.deep.equal(['Lenovo T14 6', ' other 7']);
    expect(rows[0]).to.include('Screen stays black (5)').and.not.to.include('Only this one');
    expect((await lines('&brand=apple')).length).to.equal(1);
  });

  it('when groups are small, then they are in no row by themselves and in no difference of rows', () => {
    const of = (...counts: number[]) =>
      counts.map((count, index) => ({ brandKey: 'b', modelKey: `${index}`, brand: 'B', model: `${index}`, count }));
    const told = (...counts: number[]) => {
      const { shown, others } = groupsOf(of(...counts));
      return [shown.map(({ count }) => count), others];
    };
    expect(told(9, 5)).to.deep.equal([[9, 5], 0]);
    expect(told(9, 7, 4)).to.deep.equal([[9], 11]);
    expect(told(9, 7, 4, 1)).to.deep.equal([[9, 7], 5]);
    expect(told(4)).to.deep.equal([[], 0]);
    expect(told(6, 1)).to.deep.equal([[], 7]);
  });

  it('when texts of the export tell of somebody, then they do so no more', async () => {
    await bench.customer();
    const problemDescription = 'Brambati cannot see anything, call 347 1234567';
    for (let n = 0; n < 5; n++) await fail('T14', { problemDescription }, { description: 'Cable renewed for Sig. Ranzani' });
    const [, row] = await lines();
    expect(row).to.include('[name] cannot see anything').and.include('[phone] (5)').and.include('Cable renewed for Sig. [name] (5)');
    expect(row).to.not.match(/brambati|1234567|ranzani/i);
  });

  it('when somebody asks for the export, then only the desk and engineers get it, each of their tenant', async () => {
    for (let n = 0; n < 5; n++) await fail('T14');
    for (const [role, status] of [
      ['ENGINEER', 200],
      ['AGENT', 200],
      ['ADMIN', 200],
      ['TECH', 403],
      ['CUSTOMER_USER', 403],
      ['CUSTOMER_ADMIN', 403],
    ] as const)
      expect((await bench.api.get(EXPORT, { token: bench.tokenOf(role) })).status).to.equal(status);
    const elsewhere = await bench.api.get(EXPORT, { token: bench.tokenOf('ENGINEER', { tenantId: 'elsewhere' }) });
    expect(elsewhere.text.trim().split('\r\n').length).to.equal(1);
  });
});
