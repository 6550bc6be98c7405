import { formTokenOf } from '@riparo/shared/http/page-session';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { euro, repairIn } from './workshop.js';

describe('/reports, /reports/export and /board', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const open = (path: string, role: Role = 'AGENT', headers: Record<string, string> = {}) =>
    bench.api.get(path, { root: true, headers: { cookie: `riparo-session=${bench.world.tokenFor({ role })}`, ...headers } });

  /** Two repairs of a technician on 2 and 4 March, one of them refused, and a ticket. */
  const workshop = async (name = 'Tina') => {
    const tina = await bench.technician(name);
    for (const [day, decide] of [
      ['02', 'completed'],
      ['04', 'refused'],
    ] as const) {
      const life = repairIn(bench, { createdAt: `2026-03-${day}T08:00:00.000Z` });
      await life.received();
      await life[decide](`2026-03-${day}T12:00:00.000Z`, tina, { productionCost: euro(1_234) });
      await life.paid(`2026-03-${day}T13:00:00.000Z`, 10_000);
    }
    await bench.ticket().opened();
    bench.world.clock.set('2026-03-05T10:00:00.000Z');
  };

  it('when a period is chosen, then the four figures and what is behind them are those of the API', async () => {
    await workshop();
    const { status, text, headers } = await open('/reports?from=2026-03-01&until=2026-03-04');
    expect([status, headers.get('cache-control')]).to.deep.equal([200, 'no-store']);
    const tile = (name: string) => new RegExp(`<span>${name}</span><a href="(#[a-z-]+)">([^<]*)</a>`).exec(text)?.slice(1);
    expect(tile('Repairs completed')).to.deep.equal(['#repairs', '1']);
    expect(tile('Repairs refused')).to.deep.equal(['#repairs', '1']);
    expect(tile('Production cost')).to.deep.equal(['#by-technician', '€24.68']);
    expect(tile('Technicians with repairs')).to.deep.equal(['#by-technician', '1']);
    for (const [, id] of text.matchAll(/href="#([a-z-]+)"/g)) expect(text).to.include(`id="${id}"`);
    // The table beside the bars leads to the report of a day.
    expect(text).to.include('<svg role="img"').and.include('href="/reports?from=2026-03-04&amp;until=2026-03-04"');
    const ofDay = await open('/reports?from=2026-03-04&until=2026-03-04');
    expect(ofDay.text).to.match(/Repairs completed<\/span><a href="#repairs">0</);
  });

  it('when the last day is asked for, then it belongs to the period, in the page and in its CSV', async () => {
    await workshop();
    for (const [until, refused] of [
      ['2026-03-03', '0'],
      ['2026-03-04', '1'],
    ]) {
      const csv = await open(`/reports/export?report=repairs&from=2026-03-01&until=${until}`);
      expect([csv.status, csv.headers.get('content-type')]).to.deep.equal([200, 'text/csv; charset=utf-8']);
      expect(csv.text).to.include(`totals,refused,,${refused}`);
    }
  });

  it('when what is asked for is no period, then the page says so and shows the last 30 days', async () => {
    await workshop();
    for (const query of ['from=2026-03-05&until=2026-03-01', 'from=nonsense', 'from=1900-01-01&until=2026-01-01', 'until=2026-02-30']) {
      const { status, text } = await open(`/reports?${query}`);
      expect([status, text.includes('not a period'), text.includes('value="2026-02-04"')], query).to.deep.equal([422, true, true]);
    }
    expect((await open('/reports?from=2026-03-01&from=2026-03-01&utm=x')).status).to.equal(200);
  });

  it('when names are long or hold signs of HTML, then they stand as they are and the page stays small', async () => {
    await workshop('<script>alert(1)</script> "مركز الصيانة"');
    const { text } = await open('/reports?from=2016-04-01&until=2026-03-31');
    expect(text).to.include('&lt;script&gt;alert(1)').and.not.include('<script');
    expect(Buffer.byteLength(text)).to.be.below(50_000);
  });

  it('when there is nothing, then the page says so', async () => {
    const { status, text } = await open('/reports', 'AGENT', { 'accept-language': 'it' });
    expect([status, text.includes('Nessun dato in questo periodo'), text.includes('<svg')]).to.deep.equal([200, true, false]);
    expect(text).to.include('lang="it"').and.include('name="lang" value="it"');
  });

  it('when roles ask, then exactly those see the pages that may read the reports of the API', async () => {
    for (const role of ['TECH', 'ENGINEER', 'CUSTOMER_ADMIN', 'CUSTOMER_USER'] as const)
      for (const path of ['/reports', '/reports/export', '/board']) expect((await open(path, role)).status, path).to.equal(403);
    for (const role of ['AGENT', 'ADMIN', 'SUPER_ADMIN'] as const)
      for (const path of ['/reports', '/reports/export?report=equipment', '/board'])
        expect((await open(path, role)).status, path).to.equal(200);
    const signedOut = await bench.api.get('/board', { root: true, token: bench.token });
    expect([signedOut.status, signedOut.headers.get('location')]).to.deep.equal([303, '/sign-in?next=%2Fboard']);
  });

  it('when a page is open, then it has the form that signs out, for this session alone', async () => {
    const token = bench.token;
    const { text } = await bench.api.get('/board', { root: true, headers: { cookie: `riparo-session=${token}` } });
    expect(text).to.include(`action="/sign-out?lang=en"><input type="hidden" name="form" value="${formTokenOf(token)}"`);
    expect(text).to.not.include(token);
  });

  it('when the board is open, then it shows what is to be done now and asks again by itself', async () => {
    await workshop();
    const life = repairIn(bench, { createdAt: '2026-03-05T08:00:00.000Z' });
    await life.received();
    await bench.ticket({ slaDueAt: '2026-03-05T09:00:00.000Z' }).opened();
    await bench.ticket({ slaDueAt: '2026-03-05T18:00:00.000Z' }).opened();
    const { text, headers } = await open('/board');
    const tile = (name: string) => new RegExp(`<span>${name}</span><a href="[^"]*">(\\d+)<`).exec(text)?.[1];
    expect([tile('Due later today'), tile('Overdue'), tile('Queue: nobody has it')]).to.deep.equal(['1', '1', '1']);
    expect([headers.get('refresh'), text.includes('As of 11:00')]).to.deep.equal(['60', true]);
    const still = await open('/board?still=1');
    expect([still.headers.get('refresh'), still.text.includes('refreshes itself')]).to.deep.equal([null, false]);
  });
});
