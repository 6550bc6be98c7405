import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { withDerived } from '../src/quote/quote.js';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

const MOST = 50;

describe('a quote that has all the versions that it can have', () => {
  let bench: Bench;
  let agent: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    const { caller } = await bench.customer();
    repair = await bench.repair({ customerId: caller.customerId });
  });
  afterEach(() => bench.stop());

  /** Sending 50 versions takes ten hours by the clock: all but the newest and the first are written as copies of the first. */
  const fill = async ({ id }: QuoteView) => {
    await bench.deps.quotes.in('default').update(id, (quote) => {
      const first = quote.versions[0];
      if (first === undefined) throw new Error('a quote has a version');
      const next = Array.from({ length: MOST - 1 }, (_, index) => {
        const status = index === MOST - 2 ? ('SENT' as const) : ('WITHDRAWN' as const);
        const { decision: _decision, ...version } = first;
        return { ...version, quoteVersion: index + 2, status };
      });
      return { state: withDerived({ ...quote, versions: [first, ...next] }) };
    });
  };
  const edit = (id: string) => bench.api.put<QuoteView>(`/quotes/${id}`, { note: 'Once more' }, { token: agent.token });
  const make = () => bench.api.post<QuoteView>('/quotes', { repairId: repair.id, lines: [LABOUR] }, { token: agent.token });

  it('when none was accepted, then it is withdrawn and a new quote is made', async () => {
    const quote = await bench.sent(agent.token, { repairId: repair.id });
    await bench.deps.quotes.in('default').update(quote.id, (before) => ({
      state: withDerived({ ...before, versions: before.versions.map((version) => ({ ...version, status: 'WITHDRAWN' as const })) }),
    }));
    await fill(quote);
    const { status, body } = await edit(quote.id);
    expect([status, body.code, body.acceptedVersion]).to.deep.equal([409, 'QUOTE_VERSIONS_FULL', undefined]);
    expect((await make()).body.code).to.equal('QUOTE_IN_FORCE');
    expect((await bench.act(quote.id, 'withdraw', agent.token, { version: MOST })).status).to.equal(200);
    expect((await make()).status).to.equal(201);
  });

  it('when one was accepted, then the refusal names it, because it holds whatever becomes of the newest', async () => {
    const quote = await bench.sent(agent.token, { repairId: repair.id });
    await bench.act(quote.id, 'accept', agent.token, { version: 1, name: 'Rosa Bianchi' });
    await fill(quote);
    for (const withdraw of [false, true]) {
      if (withdraw) await bench.act(quote.id, 'withdraw', agent.token, { version: MOST });
      const { status, body } = await edit(quote.id);
      expect([status, body.code, body.acceptedVersion]).to.deep.equal([409, 'QUOTE_VERSIONS_FULL', 1]);
      expect((await make()).body.code).to.equal('QUOTE_IN_FORCE');
    }
  });
});
