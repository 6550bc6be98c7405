import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

interface Satisfaction {
  readonly count: number;
  readonly mean: number | null;
  readonly distribution: Readonly<Record<string, number>>;
}
interface Report {
  readonly id: string;
  readonly satisfaction: Satisfaction;
}

describe('Satisfaction', () => {
  let bench: Bench;
  let [tina, tom] = ['', ''];
  beforeEach(async () => {
    bench = await startBench();
    [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
  });
  afterEach(() => bench.stop());

  const rated = async (by: string, score: number, at: string) => {
    const life = bench.quietTicket();
    await life.opened();
    await life.resolved('2026-03-02T11:00:00.000Z', by);
    await life.closed('2026-03-02T12:00:00.000Z');
    await life.rated(at, score);
    return life.told;
  };
  const inMarch = async () => (await bench.report<Report>('/reports/tickets?from=2026-03-01&to=2026-04-01')).satisfaction;

  it('when tickets are rated, then ratings count by their day, in any order and however often told', async () => {
    const lives = [
      await rated(tina, 5, '2026-03-03T10:00:00.000Z'),
      await rated(tina, 4, '2026-03-04T10:00:00.000Z'),
      await rated(tom, 1, '2026-03-31T21:59:59.000Z'),
      await rated(tom, 2, '2026-03-31T22:00:00.000Z'),
    ];
    for (const told of lives) for (const tell of [...told].reverse()) await tell();
    for (const told of lives) await told.at(-1)?.();
    bench.world.clock.set('2026-03-31T23:00:00.000Z');
    expect(await inMarch()).to.deep.equal({ count: 3, mean: 3.33, distribution: { 1: 1, 2: 0, 3: 0, 4: 1, 5: 1 } });
    const { technicians } = await bench.report<{ id: string; technicians: ({ technicianId: string } & Report)[] }>(
      '/reports/technicians?from=2026-03-01&to=2026-04-01',
    );
    const of = (id: string) => technicians.find(({ technicianId }) => technicianId === id)?.satisfaction;
    expect([of(tina)?.count, of(tina)?.mean, of(tom)?.count, of(tom)?.mean]).to.deep.equal([2, 4.5, 1, 1]);
  });

  it('when nobody rated, then no mean', async () => {
    expect(await inMarch()).to.deep.include({ count: 0, mean: null });
  });
});
