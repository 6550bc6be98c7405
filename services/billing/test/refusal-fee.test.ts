import { pdfText } from '@riparo/shared/testing/pdf-text';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

const EUR_15 = { amount: 1500, currency: 'EUR' };

describe('the refusal fee of a quote', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    rosa = await bench.customer();
  });
  afterEach(() => bench.stop());

  const repairWith = (part: Partial<PublishedRepair>) => bench.repair({ customerId: rosa.caller.customerId, ...part });
  const put = (id: string, body: object) => bench.api.put<QuoteView>(`/quotes/${id}`, body, { token: agent.token });
  const page = async (quote: QuoteView) => (await bench.api.get(`/quote/${bench.linkTo(quote)}`, { root: true })).text;
  const publicView = async (quote: QuoteView) => (await bench.api.get<QuoteView>(`/public/quotes/${bench.linkTo(quote)}`)).body.data;

  it('when the quote asks for more than was agreed at the intake, then it is refused', async () => {
    const { id: repairId } = await repairWith({ refusalFee: EUR_15 });
    const made = await bench.api.post('/quotes', { repairId, lines: [LABOUR], refusalFee: 1501 }, { token: agent.token });
    expect([made.status, made.body.errors.map(({ path }) => path)]).to.deep.equal([422, ['refusalFee']]);
    const { id, refusalFee } = await bench.draft(agent.token, { repairId });
    expect(refusalFee).to.deep.equal(EUR_15);
    const edited = await put(id, { refusalFee: 99_900 });
    expect([edited.status, edited.body.errors.map(({ path }) => path)]).to.deep.equal([422, ['refusalFee']]);
    for (const [wanted, amount] of [
      [1000, 1000],
      [0, 0],
      [null, 1500],
    ])
      expect((await put(id, { refusalFee: wanted })).body.data.refusalFee).to.deep.equal({ amount, currency: 'EUR' });
  });

  it('when the fee is the one of the intake, then the page says that it was agreed', async () => {
    const agreed = await bench.sent(agent.token, { repairId: (await repairWith({ refusalFee: EUR_15 })).id });
    expect(await page(agreed)).to.include('costo concordato alla consegna');
    const none = await bench.sent(agent.token, { repairId: (await repairWith({})).id, refusalFee: 1500 });
    const text = await page(none);
    expect(text).to.include('addebiteremo').and.include('15,00').and.not.include('concordato');
  });

  it('when a version was accepted, then the next one has no fee anywhere', async () => {
    const { id } = await bench.sent(agent.token, { repairId: (await repairWith({ refusalFee: EUR_15 })).id });
    await bench.act(id, 'accept', rosa.token, { version: 1 });
    const refused = await put(id, { refusalFee: 100 });
    expect([refused.status, refused.body.errors[0]?.path]).to.deep.equal([422, 'refusalFee']);
    await put(id, { lines: [{ ...LABOUR, unitPrice: 9000 }] });
    const next = (await bench.act(id, 'send', agent.token)).body.data;
    expect([next, await publicView(next), (await bench.events()).at(-1)?.quote].map((view) => view?.refusalFee)).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await page(next)).to.not.include('15,00');
    const response = await fetch(`${bench.url}/api/v1/quotes/${id}/quote.pdf`, { headers: { authorization: `Bearer ${rosa.token}` } });
    expect(pdfText(Buffer.from(await response.arrayBuffer())).join(' ')).to.not.include('15,00');
  });
});
