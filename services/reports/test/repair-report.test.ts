import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import type { Money } from '@riparo/shared/contracts/money';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { euro, repairIn } from './workshop.js';

interface Row {
  readonly technicianId: string;
  readonly name: string;
  readonly processed: number;
  readonly completed: number;
  readonly refused: number;
  readonly medianHours: number | null;
}
interface Summary {
  readonly completed: number;
  readonly refused: number;
  readonly productionCost: readonly Money[];
  readonly revenue: readonly Money[];
  readonly byTechnician: readonly Row[];
}
interface Count {
  readonly completed?: number;
  readonly refused?: number;
  readonly byDay: readonly { readonly date: string; readonly count: number }[];
}

const MARCH = 'from=2026-03-01&to=2026-04-01';
const at = (day: number, hour = 12): string => `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const REPORTS = ['summary', 'completed', 'refused', 'production-cost', 'by-technician'] as const;

describe('GET /reports/repairs', () => {
  let bench: Bench;
  let [tina, tom] = ['', ''];
  beforeEach(async () => {
    bench = await startBench();
    [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
  });
  afterEach(() => bench.stop());
  const report = <T>(which: (typeof REPORTS)[number], period = MARCH): Promise<T> => bench.report<T>(`/reports/repairs/${which}?${period}`);

  /** Three completed and one refused in March, one completed in April, one still open, one called off. */
  const lastMonth = async () => {
    for (const [hours, cost] of [
      [10, 3_000],
      [20, 4_500],
    ] as const) {
      const life = repairIn(bench, { createdAt: at(3, 0) });
      await life.received();
      await life.taken(tina);
      await life.completed(new Date(Date.parse(at(3, 0)) + hours * 3_600_000).toISOString(), tina, { productionCost: euro(cost) });
    }
    await repairIn(bench, { createdAt: at(3, 0) }).completed(at(10), tom);
    await repairIn(bench, { createdAt: at(3, 0) }).refused(at(3, 6), tom, { amount: euro(2_000) });
    await repairIn(bench, { createdAt: at(3, 0) }).completed('2026-03-31T22:00:00.000Z', tina, { productionCost: euro(99_999) });
    await repairIn(bench, { createdAt: at(4) }).received();
    await repairIn(bench, { createdAt: at(4) }).canceled(at(5));
  };

  describe('as an assistance centre asks for it', () => {
    beforeEach(() => lastMonth());

    it('when completed repairs are asked for, then they are counted in all and by day', async () => {
      const { completed, byDay } = await report<Count>('completed');
      expect(completed).to.equal(3);
      expect(byDay).to.have.length(31);
      expect(byDay.filter(({ count }) => count > 0)).to.deep.equal([
        { date: '2026-03-03', count: 2 },
        { date: '2026-03-10', count: 1 },
      ]);
    });

    it('when refused repairs are asked for, then they are counted in all and by day', async () => {
      const { refused, byDay } = await report<Count>('refused');
      expect([refused, byDay[2]]).to.deep.equal([1, { date: '2026-03-03', count: 1 }]);
      expect((await report<Count>('refused', 'from=2026-03-04&to=2026-04-01')).refused).to.equal(0);
    });

    it('when the cost of production is asked for, then it is summed, with how many repairs tell one', async () => {
      const cost = await report<object>('production-cost');
      expect(cost).to.deep.include({ productionCost: [euro(7_500)], repairs: 2, repairsWithoutCost: 2 });
    });

    it('when each technician is asked for, then what they have completed and refused is counted', async () => {
      const { byTechnician } = await report<Summary>('by-technician');
      expect(byTechnician).to.deep.equal([
        { technicianId: tina, name: 'Tina', processed: 2, completed: 2, refused: 0, medianHours: 15 },
        { technicianId: tom, name: 'Tom', processed: 2, completed: 1, refused: 1, medianHours: 93 },
      ]);
    });

    it('when the summary is asked for, then it has all of it, with the revenue', async () => {
      const summary = await report<Summary>('summary');
      expect(summary).to.deep.include({ completed: 3, refused: 1, productionCost: [euro(7_500)], revenue: [euro(32_000)] });
      expect(summary.byTechnician.map(({ name, processed }) => [name, processed])).to.deep.equal([
        ['Tina', 2],
        ['Tom', 2],
      ]);
    });
  });

  it('when what was left is waived, then only what was paid is revenue, in the period of the outcome', async () => {
    const life = repairIn(bench);
    await life.completed(at(3), tina);
    await life.paid(at(4), 4_000);
    expect((await report<Summary>('summary')).revenue).to.deep.equal([euro(10_000)]);
    await life.waived('2026-05-01T10:00:00.000Z');
    expect((await report<Summary>('summary')).revenue).to.deep.equal([euro(4_000)]);
    expect((await report<Summary>('summary', 'from=2026-05-01&to=2026-06-01')).revenue).to.deep.equal([]);
  });

  it('when the currency has changed, then sums are kept apart', async () => {
    await repairIn(bench).completed(at(3), tina, { productionCost: euro(1) });
    const dollars = { amount: 500, currency: 'USD' };
    await repairIn(bench).completed(at(4), tina, { amount: dollars, productionCost: dollars });
    const { revenue, productionCost } = await report<Summary>('summary');
    expect(revenue).to.deep.equal([euro(10_000), dollars]);
    expect(productionCost).to.deep.equal([euro(1), dollars]);
  });

  it('when events arrive in any order and any number of times, then the report is the same', async () => {
    const reports: Summary[] = [];
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 4, 0, 3, 1, 4, 2, 0],
    ]) {
      const tenant = await startBench();
      try {
        const life = repairIn(tenant, { id: '01890000-0000-7000-8000-000000000001', createdAt: at(3, 0) }, true);
        await life.received();
        await life.taken(tina);
        await life.completed(at(3), tina, { productionCost: euro(3_000) });
        await life.paid(at(4), 4_000);
        await life.waived(at(5));
        for (const index of order) await life.told[index]?.();
        reports.push(await tenant.report<Summary>(`/reports/repairs/summary?${MARCH}`));
      } finally {
        await tenant.stop();
      }
    }
    expect(reports[0]).to.deep.include({ completed: 1, revenue: [euro(4_000)], productionCost: [euro(3_000)] });
    expect(reports[1]).to.deep.equal(reports[0]);
    expect(reports[2]).to.deep.equal(reports[0]);
  });

  it('when clocks change in the time zone of the settings, then the day still ends at its midnight', async () => {
    const timeZone = 'America/New_York';
    const calendar = { timeZone, weekly: {}, exceptions: [] };
    await bench.world.publish(SettingsChanged, { settings: { companyName: 'C', timeZone, locale: 'en', currency: 'USD', calendar } });
    for (const moment of ['2026-03-08T04:59:59.000Z', '2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.000Z', '2026-03-09T04:00:00.000Z'])
      await repairIn(bench).completed(moment, tina);
    const { completed, byDay } = await report<Count>('completed', 'from=2026-03-08&to=2026-03-09');
    expect([completed, byDay]).to.deep.equal([2, [{ date: '2026-03-08', count: 2 }]]);
    expect((await report<Summary>('summary', 'from=2026-03-08&to=2026-03-09')).completed).to.equal(2);
  });

  it('when nothing came out, then zeros and no sums', async () => {
    await repairIn(bench).received();
    expect(await report<Summary>('summary')).to.deep.include({
      completed: 0,
      refused: 0,
      productionCost: [],
      revenue: [],
      byTechnician: [],
    });
  });

  it('when CSV is asked for, then formula cells are harmless', async () => {
    const evil = await bench.technician('=HYPERLINK("http://x","y")');
    await repairIn(bench, { createdAt: at(3, 0) }).completed(at(3), evil, { productionCost: euro(7) });
    const csv = async (which: string) => {
      const answer = await bench.api.get(`/reports/repairs/${which}?${MARCH}`, { token: bench.token, headers: { accept: 'text/csv' } });
      expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
      return answer.text;
    };
    expect(await csv('by-technician')).to.include(`${evil},"'=HYPERLINK(""http://x"",""y"")",1,1,0,12\r\n`);
    expect(await csv('summary'))
      .to.include('totals,completed,,1\r\n')
      .and.include('revenue,EUR,,10000\r\n');
    expect(await csv('completed')).to.include('2026-03-03,1\r\n');
    expect(await csv('production-cost')).to.include('productionCost,EUR,,7\r\n');
  });

  it('when somebody asks, then only the desk is answered, each about their tenant', async () => {
    await repairIn(bench).completed(at(3), tina);
    for (const which of REPORTS) {
      for (const role of ['CUSTOMER_ADMIN', 'CUSTOMER_USER', 'TECH', 'ENGINEER'] as const) {
        const { status } = await bench.api.get(`/reports/repairs/${which}`, { token: bench.world.tokenFor({ role }) });
        expect([which, role, status]).to.deep.equal([which, role, 403]);
      }
      expect((await bench.api.get(`/reports/repairs/${which}?from=x`, { token: bench.token })).status).to.equal(422);
    }
    const elsewhere = bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' });
    const { body } = await bench.api.get<Summary>(`/reports/repairs/summary?${MARCH}`, { token: elsewhere });
    expect([body.data.completed, body.data.byTechnician]).to.deep.equal([0, []]);
  });

  it('when each report is asked for, then an index answers', async () => {
    await lastMonth();
    const { connection } = bench.world.platform;
    for (const read of [...REPORTS.map((which) => () => report(which)), () => bench.report('/reports/dashboard')]) {
      await read();
      expectIndexed(await plansOf(connection, 'day_sheets', read), 'day_sheets', ['_id']);
      // What is added up already is not read again.
      const plans = await plansOf(connection, 'repairs', read);
      expect(plans).to.deep.equal([]);
    }
  });

  it("when the dashboard is asked for, then it shows today's numbers and what lies at the desk", async () => {
    await lastMonth();
    await repairIn(bench, { status: 'AWAITING_PARTS', assignedToUserId: tina }).received();
    await repairIn(bench, { status: 'READY_FOR_PICKUP', assignedToUserId: tina }).received();
    bench.world.clock.set(at(3, 20));
    const { repairs } = await bench.report<{ repairs: { today: object; now: object } }>('/reports/dashboard');
    expect(repairs.today).to.deep.equal({
      received: 5,
      completed: 2,
      refused: 1,
      productionCost: [euro(7_500)],
      revenue: [euro(22_000)],
    });
    expect(repairs.now).to.deep.include({ open: 8, unassigned: 1, heldUp: 1, readyForPickup: 1 });
    const { text } = await bench.api.get('/reports/dashboard?format=csv', { token: bench.token });
    expect(text).to.include('2026-03-03,repairs completed,2\r\n').and.include('2026-03-03,repairs revenue EUR,22000\r\n');
  });
});
