import { expect } from 'chai';
import { startBench, type Bench, type Person, type QuoteView } from './bench.js';

const TIMES = [1, 2, 3];

describe('two instances of billing over one database', () => {
  let first: Bench;
  let second: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    first = await startBench();
    const { platform, tokens, clock } = first;
    second = await startBench({ connection: platform.connection, tokens, clock });
    rosa = await first.customer();
    agent = first.person('AGENT');
  });
  afterEach(async () => {
    await second.stop();
    await first.stop();
  });

  const repair = (index: number) => first.repair({ customerId: rosa.caller.customerId, number: `REP-2026-${index}` });

  for (const time of TIMES)
    it(`when one takes an acceptance and the other a refusal, then one of them holds (${time})`, async () => {
      const { id } = await first.sent(agent.token, { repairId: (await repair(time)).id });
      const answers = await Promise.all([
        first.act(id, 'accept', rosa.token, { version: 1 }),
        second.act(id, 'decline', rosa.token, { version: 1 }),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 409]);
      const events = [...(await first.events()), ...(await second.events())].filter(({ quote }) => quote.id === id);
      expect(events.length).to.equal(2);
    });

  for (const time of TIMES)
    it(`when one sends the next version while the other takes an acceptance, then one holds (${time})`, async () => {
      const { id } = await first.sent(agent.token, { repairId: (await repair(time)).id });
      await first.api.put(`/quotes/${id}`, {}, { token: agent.token });
      const [sent, accepted] = await Promise.all([
        first.act(id, 'send', agent.token),
        second.act(id, 'accept', rosa.token, { version: 1 }),
      ]);
      expect([sent.status, accepted.status].toSorted()).to.deep.equal([200, 409]);
    });

  it('when both send the same draft, then it is sent once', async () => {
    const { id } = await first.draft(agent.token, { repairId: (await repair(1)).id });
    const answers = await Promise.all([first, second].map((bench) => bench.act(id, 'send', agent.token)));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(new Set(answers.map(({ body }) => body.data.documentHash)).size).to.equal(1);
    expect([...(await first.events()), ...(await second.events())].length).to.equal(1);
  });

  it('when both make quotes, then numbers have no gap and each repair has one', async () => {
    const repairs = await Promise.all(Array.from({ length: 10 }, (_, index) => repair(index)));
    const asked = repairs.flatMap(({ id }) =>
      [first, second].map((bench) => bench.api.post<QuoteView>('/quotes', { repairId: id }, { token: agent.token })),
    );
    const made = (await Promise.all(asked)).filter(({ status }) => status === 201);
    expect(made.map(({ body }) => body.data.number).toSorted()).to.deep.equal(
      Array.from({ length: 10 }, (_, index) => `QUO-2026-${String(index + 1).padStart(6, '0')}`),
    );
  });
});
