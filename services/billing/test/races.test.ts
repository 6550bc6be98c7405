import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { runQuoteClock } from '../src/quote/clock/run-quote-clock.js';
import { startBench, type Bench, type Person, type QuoteView } from './bench.js';

/** Each race is run so often: whoever wins differs from time to time, and what must hold does not. */
const TIMES = [1, 2, 3, 4, 5];

describe('races about a quote', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    rosa = await bench.customer();
    agent = bench.person('AGENT');
  });
  afterEach(() => bench.stop());

  const fresh = async (time: number): Promise<QuoteView> => {
    repair = await bench.repair({ customerId: rosa.caller.customerId, number: `REP-2026-00000${time}` });
    return bench.sent(agent.token, { repairId: repair.id });
  };
  const accept = (id: string) => bench.act(id, 'accept', rosa.token, { version: 1 });
  const eventsOf = async (id: string) =>
    (await bench.events()).filter(({ quote }) => quote.id === id).map(({ type, quote }) => `${type} ${quote.quoteVersion}`);
  const read = async (id: string) => (await bench.api.get<QuoteView>(`/quotes/${id}`, { token: agent.token })).body.data;

  for (const time of TIMES)
    it(`when acceptance meets the next version, then one of the two holds (${time})`, async () => {
      const { id } = await fresh(time);
      await bench.api.put(`/quotes/${id}`, { note: 'New' }, { token: agent.token });
      const [accepted, sent] = await Promise.all([accept(id), bench.act(id, 'send', agent.token)]);
      const answers = [accepted, sent].map(({ status, body }) => (status === 200 ? 'ok' : body.code));
      expect(answers).to.deep.equal(accepted.status === 200 ? ['ok', 'QUOTE_OVERTAKEN'] : ['QUOTE_VERSION_NOT_CURRENT', 'ok']);
      expect(await eventsOf(id)).to.deep.equal(accepted.status === 200 ? ['sent 1', 'accepted 1'] : ['sent 1', 'sent 2']);
    });

  it('when the customer accepted while the draft was written, then the draft has to be looked at again', async () => {
    const { id } = await fresh(1);
    await bench.api.put(`/quotes/${id}`, { note: 'New' }, { token: agent.token });
    await accept(id);
    const { status, body } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, body.quoteVersion]).to.deep.equal([409, 'QUOTE_OVERTAKEN', 1]);
    expect((await bench.api.put(`/quotes/${id}`, {}, { token: agent.token })).status).to.equal(200);
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });

  for (const time of TIMES)
    it(`when acceptance meets refusal, then the first one holds (${time})`, async () => {
      const { id } = await fresh(time);
      const answers = await Promise.all([accept(id), bench.act(id, 'decline', rosa.token, { version: 1 })]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
      const winner = answers[0].status === 200 ? 'accepted' : 'declined';
      expect(await eventsOf(id)).to.deep.equal(['sent 1', `${winner} 1`]);
      expect((await read(id)).status).to.equal(winner.toUpperCase());
    });

  it('when many accept at once, then it is accepted once and everybody hears so', async () => {
    const { id } = await fresh(1);
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(id)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.data.decision))).size).to.equal(1);
    expect(await eventsOf(id)).to.deep.equal(['sent 1', 'accepted 1']);
  });

  for (const time of TIMES)
    it(`when acceptance meets withdrawal, then the first one holds (${time})`, async () => {
      const { id } = await fresh(time);
      const [accepted, withdrawn] = await Promise.all([accept(id), bench.act(id, 'withdraw', agent.token, { version: 1 })]);
      expect([accepted.status, withdrawn.status].toSorted()).to.deep.equal([200, 409]);
      expect(await eventsOf(id)).to.deep.equal(['sent 1', accepted.status === 200 ? 'accepted 1' : 'withdrawn 1']);
    });

  it('when acceptance meets the end of the validity, then it is too late for it', async () => {
    const { id } = await fresh(1);
    // 1 April ends in Rome at 22:00 UTC.
    bench.clock.set('2026-04-01T22:00:00Z');
    rosa = { ...rosa, token: bench.tokenFor(rosa.caller) };
    const [late] = await Promise.all([accept(id), runQuoteClock(bench.deps)()]);
    expect([late.status, late.body.code, late.body.validUntil]).to.deep.equal([409, 'QUOTE_EXPIRED', '2026-04-01']);
    expect(await eventsOf(id)).to.deep.equal(['sent 1', 'expired 1']);
  });

  it('when many quotes are made at once, then their numbers have no gap', async () => {
    const repairs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => bench.repair({ customerId: rosa.caller.customerId, number: `REP-2026-1${index}` })),
    );
    // Two for each repair: one of them is refused and takes no number.
    const asked = [...repairs, ...repairs].map(({ id }) => bench.api.post<QuoteView>('/quotes', { repairId: id }, { token: agent.token }));
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([...Array<number>(12).fill(201), ...Array<number>(12).fill(409)]);
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.data.number);
    expect(numbers.toSorted()).to.deep.equal(Array.from({ length: 12 }, (_, index) => `QUO-2026-${String(index + 1).padStart(6, '0')}`));
  });

  it('when the same request to make a quote comes several times, then there is one quote', async () => {
    repair = await bench.repair({ customerId: rosa.caller.customerId });
    const headers = { 'idempotency-key': 'the same' };
    const ask = () => bench.api.post<QuoteView>('/quotes', { repairId: repair.id }, { token: agent.token, headers });
    const first = await ask();
    const second = await ask();
    expect([first.status, second.status, second.body.data.id]).to.deep.equal([201, 201, first.body.data.id]);
  });
});
