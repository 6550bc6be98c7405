import { expect } from 'chai';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { startBench, type Bench } from './bench.js';

interface Result {
  readonly technicianId: string | null;
  readonly name: string;
  readonly resolved: number;
  readonly reopened: number;
  readonly tickets: readonly { readonly ticketNumber: string; readonly resolvedAt: string }[];
}
interface Report {
  readonly period: { readonly from: string; readonly to: string; readonly timeZone: string };
  readonly opened: number;
  readonly resolved: number;
  readonly closed: number;
  readonly reopened: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byPriority: Readonly<Record<string, number>>;
  readonly byCategory: Readonly<Record<string, number>>;
  readonly byDay: readonly { readonly date: string; readonly opened: number; readonly resolved: number; readonly closed: number }[];
  readonly firstResponse: Readonly<Record<string, number | null>>;
  readonly resolution: Readonly<Record<string, number | null>>;
  readonly sla: {
    readonly kept: number;
    readonly breached: number;
    readonly firstResponse: { readonly kept: number; readonly breached: number };
  };
  readonly backlog: { readonly open: number; readonly oldestCreatedAt: string | null };
  readonly resolvedByTechnician: readonly Result[];
}

const MARCH = '/reports/tickets?from=2026-03-01&to=2026-04-01';

describe('GET /reports/tickets', () => {
  let bench: Bench;
  beforeEach(async () => (bench = await startBench()));
  afterEach(() => bench.stop());

  const whoResolved = async (path: string) =>
    (await bench.report<Report>(path)).resolvedByTechnician.map(({ name, resolved, reopened }) => [name, resolved, reopened]);

  it('when a ticket is merged into another, then it counts neither as opened nor as closed', async () => {
    const [kept, duplicate] = [bench.ticket({ ticketNumber: 'T1' }), bench.ticket({ ticketNumber: 'T2' })];
    await kept.opened();
    await duplicate.opened();
    await duplicate.merged('2026-03-02T12:00:00.000Z', kept.id);
    const report = await bench.report<Report>(MARCH);
    expect(report).to.deep.include({ opened: 1, closed: 0 });
    expect(report.backlog.open).to.equal(1);
    expect(report.byDay.find(({ date }) => date === '2026-03-02')).to.include({ opened: 1, closed: 0 });
  });

  it('when tickets are resolved, then it shows how many, and by whom', async () => {
    const [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
    for (const [number, by] of [
      ['T1', tina],
      ['T2', tina],
      ['T3', tom],
    ] as const) {
      const life = bench.ticket({ ticketNumber: number });
      await life.opened();
      await life.resolved('2026-03-02T12:00:00.000Z', by);
    }
    await bench.ticket({ ticketNumber: 'T4' }).opened();
    const report = await bench.report<Report>(MARCH);
    expect(report).to.deep.include({ opened: 4, resolved: 3, closed: 0, reopened: 0 });
    expect(report.resolvedByTechnician.map(({ technicianId, name, resolved }) => ({ technicianId, name, resolved }))).to.deep.equal([
      { technicianId: tina, name: 'Tina', resolved: 2 },
      { technicianId: tom, name: 'Tom', resolved: 1 },
    ]);
    expect(report.resolvedByTechnician[0]?.tickets.map(({ ticketNumber }) => ticketNumber)).to.have.members(['T1', 'T2']);
    expect(report.byStatus).to.deep.equal({ OPEN: 1, IN_PROGRESS: 0, WAITING_CUSTOMER: 0, RESOLVED: 3, CLOSED: 0 });
    expect(report.byPriority).to.include({ HIGH: 4, LOW: 0 });
    expect(report.byCategory).to.include({ HARDWARE: 4, OTHER: 0 });
    expect(report.backlog).to.deep.include({ open: 1, oldestCreatedAt: '2026-03-02T09:00:00.000Z' });
  });

  it('when a ticket is reopened and resolved again, then each outcome counts on its own day', async () => {
    const [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
    const life = bench.ticket();
    await life.opened();
    await life.resolved('2026-03-03T12:00:00.000Z', tina);
    await life.reopened('2026-03-04T12:00:00.000Z');
    await life.resolved('2026-03-05T12:00:00.000Z', tom);
    await life.closed('2026-03-06T12:00:00.000Z');
    expect(await whoResolved('/reports/tickets?from=2026-03-03&to=2026-03-04')).to.deep.equal([['Tina', 1, 0]]);
    expect(await whoResolved('/reports/tickets?from=2026-03-05&to=2026-03-06')).to.deep.equal([['Tom', 1, 0]]);
    expect(await whoResolved(MARCH)).to.have.deep.members([
      ['Tom', 1, 0],
      ['Tina', 0, 1],
    ]);
    expect(await bench.report<Report>(MARCH)).to.include({ opened: 1, resolved: 1, reopened: 1, closed: 1 });
    const days = (await bench.report<Report>(MARCH)).byDay.filter(({ opened, resolved, closed }) => opened + resolved + closed > 0);
    expect(days).to.deep.equal([
      { date: '2026-03-02', opened: 1, resolved: 0, closed: 0 },
      { date: '2026-03-05', opened: 0, resolved: 1, closed: 0 },
      { date: '2026-03-06', opened: 0, resolved: 0, closed: 1 },
    ]);
  });

  it('when events arrive in any order and any number of times, then the report is the same', async () => {
    const [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
    const live = async (life: ReturnType<Bench['ticket']>) => {
      await life.opened();
      await life.replied('2026-03-02T10:30:00.000Z');
      await life.resolved('2026-03-03T12:00:00.000Z', tina);
      await life.reopened('2026-03-04T12:00:00.000Z');
      await life.resolved('2026-03-05T12:00:00.000Z', tom);
    };
    const part = { id: '01890000-0000-7000-8000-000000000001', ticketNumber: 'T1' };
    const orders = [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [2, 4, 0, 3, 1, 4, 2, 0],
    ];
    const reports: Report[] = [];
    for (const order of orders) {
      const other = await startBench();
      try {
        const life = other.quietTicket(part);
        await live(life);
        for (const index of order) await life.told[index]?.();
        other.world.clock.set('2026-03-06T00:00:00.000Z');
        reports.push(await other.report<Report>(MARCH));
      } finally {
        await other.stop();
      }
    }
    expect(reports[0]).to.include({ opened: 1, resolved: 1, reopened: 1 });
    expect(reports[1]).to.deep.equal(reports[0]);
    expect(reports[2]).to.deep.equal(reports[0]);
  });

  it('when tickets are answered and resolved, then mean, median, 90th percentile and SLA are measured', async () => {
    const tina = await bench.technician('Tina');
    for (const minutes of [10, 20, 30, 40, 500]) {
      const at = (offset: number) => new Date(Date.parse('2026-03-02T09:00:00.000Z') + offset * 60_000).toISOString();
      const life = bench.ticket({ responseDueAt: at(60), slaDueAt: at(300) });
      await life.opened();
      await life.replied(at(minutes));
      await life.resolved(at(minutes + 10), tina);
    }
    const report = await bench.report<Report>(MARCH);
    expect(report.firstResponse).to.deep.equal({ count: 5, meanMinutes: 120, medianMinutes: 30, p90Minutes: 500 });
    expect(report.resolution).to.deep.equal({ count: 5, meanMinutes: 130, medianMinutes: 40, p90Minutes: 510 });
    expect(report.sla).to.deep.equal({ kept: 4, breached: 1, firstResponse: { kept: 4, breached: 1 } });
  });

  it('when the settings have a time zone, then days are taken in it, from inclusive, to exclusive', async () => {
    const calendar = { timeZone: 'America/New_York', weekly: {}, exceptions: [] };
    const settings = { companyName: 'C', timeZone: 'America/New_York', locale: 'en', currency: 'USD', calendar };
    await bench.world.publish(SettingsChanged, { settings });
    const inside = ['2026-03-08T05:00:00.000Z', '2026-03-09T03:59:59.000Z'];
    const outside = ['2026-03-08T04:59:59.000Z', '2026-03-09T04:00:00.000Z'];
    for (const createdAt of [...inside, ...outside]) await bench.ticket({ createdAt }).opened();
    // Clocks go forward that day: it lasts 23 hours.
    const report = await bench.report<Report>('/reports/tickets?from=2026-03-08&to=2026-03-09');
    expect(report.period).to.deep.equal({ from: '2026-03-08', to: '2026-03-09', timeZone: 'America/New_York' });
    expect(report.opened).to.equal(2);
    expect(report.byDay).to.deep.equal([{ date: '2026-03-08', opened: 2, resolved: 0, closed: 0 }]);
  });

  it('when an outcome is at midnight, then it counts on the day that begins', async () => {
    const life = bench.ticket({ createdAt: '2026-03-02T22:00:00.000Z' });
    await life.opened();
    await life.resolved('2026-03-02T23:00:00.000Z', await bench.technician('Tina'));
    expect((await bench.report<Report>('/reports/tickets?from=2026-03-02&to=2026-03-03')).resolved).to.equal(0);
    expect((await bench.report<Report>('/reports/tickets?from=2026-03-03&to=2026-03-04')).resolved).to.equal(1);
  });

  it('when nothing happened, then zeros', async () => {
    const report = await bench.report<Report>(MARCH);
    expect(report).to.deep.include({ opened: 0, resolved: 0, resolvedByTechnician: [] });
    expect(report.byDay).to.have.length(31);
    expect(report.firstResponse).to.deep.equal({ count: 0, meanMinutes: null, medianMinutes: null, p90Minutes: null });
  });

  it('when there is no period, then it shows the last 30 days, today included', async () => {
    expect((await bench.report<Report>('/reports/tickets')).period).to.include({ from: '2026-02-01', to: '2026-03-03' });
  });

  it('when CSV is asked for, then it comes, with formula cells harmless, and otherwise JSON', async () => {
    const evil = await bench.technician('=HYPERLINK("http://x","y")');
    const life = bench.ticket();
    await life.opened();
    await life.resolved('2026-03-02T12:00:00.000Z', evil);
    const answer = await bench.api.get(MARCH, { token: bench.token, headers: { accept: 'text/csv' } });
    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.equal('attachment; filename="tickets.csv"');
    expect(answer.text).to.include(`resolvedByTechnician,${evil},"'=HYPERLINK(""http://x"",""y"")",1\r\n`);
    const linked = await bench.api.get(`${MARCH}&format=csv`, { token: bench.token });
    expect(linked.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    const json = await bench.api.get(MARCH, { token: bench.token, headers: { accept: 'application/json, text/csv' } });
    expect(json.headers.get('content-type')).to.match(/^application\/json/);
  });

  it('when the period is upside down, unreal or endless, then 422', async () => {
    for (const query of [
      'from=2026-03-02&to=2026-03-02',
      'from=2026-13-01&to=x',
      'from=1900-01-01&to=2026-01-01',
      'from[$gt]=1',
      'foo=1',
    ]) {
      const { status, body } = await bench.api.get(`/reports/tickets?${query}`, { token: bench.token });
      expect([query, status, body.code]).to.deep.equal([query, 422, 'VALIDATION_FAILED']);
    }
  });

  it('when somebody other than the desk asks, then 403, and without a token 401', async () => {
    for (const role of ['CUSTOMER_ADMIN', 'CUSTOMER_USER', 'TECH', 'ENGINEER'] as const) {
      for (const path of [MARCH, '/reports/technicians', '/reports/dashboard']) {
        expect((await bench.api.get(path, { token: bench.world.tokenFor({ role }) })).status).to.equal(403);
      }
    }
    expect((await bench.api.get(MARCH)).status).to.equal(401);
  });

  it('when another tenant asks, then it sees nothing of this one', async () => {
    await bench.ticket().opened();
    const { body } = await bench.api.get<Report>(MARCH, { token: bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' }) });
    expect(body.data.opened).to.equal(0);
  });
});
