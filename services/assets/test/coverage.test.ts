import { expect } from 'chai';
import fc from 'fast-check';
import { coverageFilter, coverageOf, COVERAGE_STATUSES, hasEnded, isInForce, type PlanTerm } from '../src/asset/coverage.js';
import { startBench, buildServicePlan, type Bench } from './bench.js';

const TODAY = '2026-03-02';
const plan = (startDate: string, endDate: string, status: PlanTerm['status'] = 'ACTIVE'): PlanTerm => ({ startDate, endDate, status });

describe('Coverage of a device', () => {
  const table: readonly [string, string | undefined, PlanTerm | undefined, object][] = [
    ['nothing', undefined, undefined, { coverageStatus: 'OUT_OF_PLAN' }],
    ['a plan on its first day', undefined, plan(TODAY, '2026-12-31'), { coverageStatus: 'IN_PLAN', coveredUntil: '2026-12-31' }],
    ['a plan on its last day', undefined, plan('2026-01-01', TODAY), { coverageStatus: 'IN_PLAN', coveredUntil: TODAY }],
    ['a plan that has not begun', undefined, plan('2026-03-03', '2026-12-31'), { coverageStatus: 'OUT_OF_PLAN' }],
    ['a plan that ended yesterday', undefined, plan('2026-01-01', '2026-03-01'), { coverageStatus: 'EXPIRED' }],
    ['a cancelled plan', undefined, plan('2026-01-01', '2026-12-31', 'CANCELLED'), { coverageStatus: 'EXPIRED' }],
    ['a warranty on its last day', TODAY, undefined, { coverageStatus: 'OUT_OF_PLAN', coveredUntil: TODAY, daysUntilWarrantyExpires: 0 }],
    ['a warranty that ended yesterday', '2026-03-01', undefined, { coverageStatus: 'EXPIRED', daysUntilWarrantyExpires: -1 }],
    [
      'an ended plan within the warranty',
      '2026-03-10',
      plan('2026-01-01', '2026-03-01'),
      { coverageStatus: 'OUT_OF_PLAN', coveredUntil: '2026-03-10', daysUntilWarrantyExpires: 8 },
    ],
    [
      'an ended warranty within a plan',
      '2026-02-28',
      plan('2026-01-01', '2026-12-31'),
      { coverageStatus: 'IN_PLAN', coveredUntil: '2026-12-31', daysUntilWarrantyExpires: -2 },
    ],
  ];
  for (const [what, warranty, term, expected] of table) {
    it(`when there is ${what}, then the coverage says so`, () => expect(coverageOf(warranty, term, TODAY)).to.deep.equal(expected));
  }

  describe('as a filter', () => {
    let bench: Bench;
    before(async () => (bench = await startBench()));
    after(() => bench.stop());

    it('when filtered by status, then exactly the devices that have it are found', async () => {
      const rossi = await bench.customer();
      const { token } = bench.staff();
      const terms = [plan('2026-01-01', '2026-12-31'), plan('2026-04-01', '2026-12-31'), plan('2026-01-01', TODAY)];
      for (const { startDate, endDate } of terms) {
        const { body } = await bench.api.post('/service-plans', buildServicePlan(rossi.customerId, { startDate, endDate }), { token });
        for (const warrantyEndDate of [TODAY, '2026-03-03', undefined]) {
          const asset = await bench.asset(rossi, warrantyEndDate === undefined ? {} : { warrantyEndDate });
          await bench.api.post(`/service-plans/${body.data.id}/assets`, { assetIds: [asset] }, { token });
        }
      }
      for (const warrantyEndDate of [TODAY, '2026-03-03']) await bench.asset(rossi, { warrantyEndDate });
      await bench.asset(rossi);
      bench.world.clock.set('2026-03-03T08:00:00.000Z');
      const list = async (query: string, by: string) =>
        (await bench.api.get<{ id: string; coverageStatus: string }[]>(`/assets?pageSize=100${query}`, { token: by })).body.data;
      for (const by of [rossi.token, token]) {
        const all = await list('', by);
        for (const status of COVERAGE_STATUSES) {
          const found = await list(`&coverageStatus=${status}`, by);
          expect(found.map(({ id }) => id)).to.deep.equal(
            all.filter(({ coverageStatus }) => coverageStatus === status).map(({ id }) => id),
          );
          expect(found).not.to.have.length(0);
        }
      }
    });
  });

  it('when a plan is in force, then it covers, and EXPIRED means that plan or warranty has ended', () => {
    const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(Date.UTC(2026, 1, 10 + n)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        day,
        day,
        fc.option(day, { nil: undefined }),
        fc.constantFrom('ACTIVE' as const, 'EXPIRED' as const, 'CANCELLED' as const),
        (startDate, endDate, warranty, status) => {
          const term = { startDate, endDate, status };
          const { coverageStatus } = coverageOf(warranty, term, TODAY);
          expect(coverageStatus === 'IN_PLAN').to.equal(isInForce(term, TODAY));
          if (coverageStatus === 'EXPIRED') expect(hasEnded(term, TODAY) || (warranty ?? TODAY) < TODAY).to.equal(true);
        },
      ),
    );
    expect(coverageFilter('IN_PLAN', { inForce: [], notBegun: [] }, TODAY)).to.deep.equal({ servicePlanId: { $in: [] } });
  });
});
