import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { createSweepDocuments } from '../src/quote/document/sweep-documents.js';
import { runQuoteClock } from '../src/quote/clock/run-quote-clock.js';
import { startBench, type Bench, type Person, type QuoteView } from './bench.js';

const HOUR_MS = 3_600_000;

describe('the clock of quotes', () => {
  let bench: Bench;
  let agent: Person;
  let repair: PublishedRepair;
  let quote: QuoteView;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    repair = await bench.repair();
    quote = await bench.sent(agent.token, { repairId: repair.id });
  });
  afterEach(() => bench.stop());

  const run = () => runQuoteClock(bench.deps)();
  const later = async (hours: number) => {
    bench.clock.advance(hours * HOUR_MS);
    await run();
    return (await bench.events()).map(({ type }) => type).slice(1);
  };

  it('when nobody answers, then reminders come after 24 and after 72 hours, each once', async () => {
    expect(await later(23.9)).to.deep.equal([]);
    expect(await later(0.1)).to.deep.equal(['reminder-due']);
    expect(await later(40)).to.deep.equal(['reminder-due']);
    expect(await later(8)).to.deep.equal(['reminder-due', 'reminder-due']);
    expect(await later(100)).to.deep.equal(['reminder-due', 'reminder-due']);
  });

  it('when several instances look at once, then the reminder is given once', async () => {
    bench.clock.advance(24 * HOUR_MS);
    await Promise.all([run(), run(), run()]);
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'reminder-due']);
  });

  it('when the system was down at both reminders, then one is given', async () => {
    expect(await later(80)).to.deep.equal(['reminder-due']);
    expect(await later(80)).to.deep.equal(['reminder-due']);
  });

  it('when it was answered or withdrawn, then nobody is reminded', async () => {
    await bench.act(quote.id, 'accept', agent.token, { version: 1, name: 'Rosa' });
    const other = await bench.sent(agent.token, { repairId: (await bench.repair()).id });
    await bench.act(other.id, 'withdraw', agent.token, { version: 1 });
    bench.clock.advance(1_000 * HOUR_MS);
    await run();
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'accepted', 'sent', 'withdrawn']);
  });

  it('when the work ends, then the quote is closed at once, once, and its event asks for no mail', async () => {
    for (const version of [2, 3]) await bench.repair({ ...repair, status: 'CANCELED' }, version);
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'expired']);
    expect(await later(1_000)).to.deep.equal(['expired']);
    expect((await bench.events()).at(-1)?.quote).to.deep.include({ status: 'EXPIRED', workEnded: true });
    const { data } = (await bench.api.get<QuoteView>(`/quotes/${quote.id}`, { token: bench.tokenFor(agent.caller) })).body;
    expect(data).to.deep.include({ status: 'EXPIRED', reason: 'WORK_ENDED' });
  });

  it('when the quote was sent while the work ended, then the clock closes it instead of reminding', async () => {
    await bench.deps.replicas.repairs.in('default').keep(repair.id, 2, { ...repair, status: 'CANCELED' });
    expect(await later(24)).to.deep.equal(['expired']);
    expect((await bench.events()).at(-1)?.quote.workEnded).to.equal(true);
  });

  it('when a quote cannot be looked at, then the clock goes on with the others', async () => {
    const others = [await bench.repair(), await bench.repair()];
    for (const other of others) await bench.sent(agent.token, { repairId: other.id });
    bench.clock.advance(24 * HOUR_MS);
    const findWork: typeof bench.deps.findWork = (tenantId, work) =>
      work.repairId === repair.id ? Promise.reject(new Error('cannot be read')) : bench.deps.findWork(tenantId, work);
    await runQuoteClock({ ...bench.deps, findWork }, 1)();
    const reminded = (await bench.events()).filter(({ type }) => type === 'reminder-due').map(({ quote: { repairId } }) => repairId);
    expect(reminded).to.have.members(others.map(({ id }) => id));
  });

  it('when the last day has passed, then the event says nothing of ended work', async () => {
    expect((await later(1_000)).at(-1)).to.equal('expired');
    expect((await bench.events()).at(-1)?.quote).not.to.have.property('workEnded');
  });

  it('when the next version was sent, then its reminders count from its own sending', async () => {
    bench.clock.advance(20 * HOUR_MS);
    await bench.api.put(`/quotes/${quote.id}`, {}, { token: agent.token });
    await bench.act(quote.id, 'send', agent.token);
    expect(await later(20)).to.deep.equal(['sent']);
    expect(await later(4)).to.deep.equal(['sent', 'reminder-due']);
  });

  it('when the last day has ended where the centre is, then the quote expires', async () => {
    const view = async () => (await bench.api.get<QuoteView>(`/quotes/${quote.id}`, { token: bench.tokenFor(agent.caller) })).body.data;
    bench.clock.set('2026-04-01T21:59:59Z');
    await run();
    expect((await view()).status).to.equal('SENT');
    bench.clock.set('2026-04-01T22:00:00Z');
    expect((await view()).status).to.equal('EXPIRED');
    await run();
    await run();
    const events = (await bench.events()).filter(({ type }) => type === 'expired');
    expect(events.map(({ quote: { status, quoteVersion } }) => [status, quoteVersion])).to.deep.equal([['EXPIRED', 1]]);
  });

  it('when the centre lies in another time zone, then its days count', async () => {
    await bench.settings({ timeZone: 'America/New_York' });
    const { validUntil, id } = await bench.sent(agent.token, { repairId: (await bench.repair()).id, validUntil: '2026-03-02' });
    expect(validUntil).to.equal('2026-03-02');
    bench.clock.set('2026-03-03T04:59:59Z');
    const token = bench.tokenFor(agent.caller);
    expect((await bench.api.get<QuoteView>(`/quotes/${id}`, { token })).body.data.status).to.equal('SENT');
    bench.clock.set('2026-03-03T05:00:00Z');
    expect((await bench.api.get<QuoteView>(`/quotes/${id}`, { token })).body.data.status).to.equal('EXPIRED');
  });

  it('when PDFs lie about that no version names, then they are removed and the others stay', async () => {
    const { documents } = bench.deps;
    const loose = { tenantId: 'default', fileId: 'left-by-a-crash', ownerId: quote.id };
    await documents.put(loose, { pdf: { bytes: Buffer.from('x'), contentType: 'application/pdf' } });
    const { sending } = (await bench.deps.quotes.in('default').find(quote.id))?.versions[0] ?? {};
    const kept = sending?.document.fileId ?? '';
    await documents.loosen('default', kept);
    bench.clock.advance(2 * HOUR_MS);
    await createSweepDocuments(bench.deps)();
    expect(await documents.get('default', loose.fileId, 'pdf')).to.equal(undefined);
    expect(await documents.get('default', kept, 'pdf')).to.have.property('bytes');
    expect(await documents.findLoose(bench.clock.now(), 10)).to.deep.equal([]);
  });
});
