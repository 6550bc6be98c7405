import { QUOTE_LINK, RATING_LINK } from '@riparo/shared/contracts/links';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { hash, randomUUID } from 'node:crypto';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

const DAY_MS = 86_400_000;

describe('the link of a quote', () => {
  let bench: Bench;
  let agent: Person;
  let repair: PublishedRepair;
  let quote: QuoteView;
  let token: string;
  beforeEach(async () => {
    bench = await startBench();
    const rosa = await bench.customer();
    agent = bench.person('AGENT');
    repair = await bench.repair({ customerId: rosa.caller.customerId, contactUserId: rosa.caller.userId });
    quote = await bench.sent(agent.token, { repairId: repair.id, finding: 'The display is cracked.', refusalFee: 1500 });
    token = bench.linkTo(quote);
  });
  afterEach(() => bench.stop());

  const look = (link = token) => bench.api.get<QuoteView>(`/public/quotes/${link}`);
  const answer = (verb: string, body: object, link = token) => bench.api.post<QuoteView>(`/public/quotes/${link}/${verb}`, body);
  const sendNext = async () => {
    await bench.api.put(`/quotes/${quote.id}`, { lines: [{ ...LABOUR, unitPrice: 4000 }] }, { token: agent.token });
    return (await bench.act(quote.id, 'send', agent.token)).body.data;
  };

  it('when the link is opened, then the offer is shown and nothing about people', async () => {
    const { status, body, text } = await look();
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ number: quote.number, status: 'SENT', canAccept: true, canDecline: true, hasNewerVersion: false });
    expect(body.data).to.deep.include({ company: { name: 'Officina Verdi', email: 'desk@example.test', phone: '+39 059 123456' } });
    for (const secret of ['Bianchi', 'rosa@', quote.id, repair.id, 'customerId', 'partId', agent.caller.userId])
      expect(text).not.to.include(secret);
  });

  it('when the customer accepts by the link, then name, address and document are kept', async () => {
    const { status, body } = await answer('accept', { version: 1, name: 'Rosa Bianchi', comment: 'Please call.' });
    expect([status, body.data.status, body.data.canAccept]).to.deep.equal([200, 'ACCEPTED', false]);
    const { decision } = (await bench.api.get<QuoteView>(`/quotes/${quote.id}`, { token: agent.token })).body.data;
    expect(decision).to.deep.include({ by: 'LINK', name: 'Rosa Bianchi', comment: 'Please call.', documentHash: quote.documentHash });
    expect(decision).to.have.property('ip').that.is.a('string').and.is.not.empty;
    const [, accepted] = await bench.events();
    expect([accepted?.type, accepted?.quote.decidedBy, accepted?.actorUserId]).to.deep.equal(['accepted', 'LINK', undefined]);
  });

  it('when the link is used twice, then the same answer does no harm and another is refused', async () => {
    await answer('decline', { version: 1, name: 'Rosa' });
    expect((await answer('decline', { version: 1, name: 'Rosa' })).status).to.equal(200);
    const other = await answer('accept', { version: 1, name: 'Rosa' });
    expect([other.status, other.body.code]).to.deep.equal([409, 'QUOTE_ALREADY_DECIDED']);
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'declined']);
  });

  it('when the link is of an older version, then it says so and cannot be answered', async () => {
    const next = await sendNext();
    expect((await look()).body.data).to.deep.include({ quoteVersion: 1, status: 'WITHDRAWN', canAccept: false, hasNewerVersion: true });
    for (const version of [1, 2]) {
      const { status, body } = await answer('accept', { version, name: 'Rosa' });
      expect([status, body.code, body.currentVersion]).to.deep.equal([409, 'QUOTE_VERSION_NOT_CURRENT', 2]);
    }
    expect((await answer('accept', { version: 2, name: 'Rosa' }, bench.linkTo(next))).status).to.equal(200);
  });

  it('when somebody accepts a version that they were not shown, then it is refused', async () => {
    const { status, body } = await answer('accept', { version: 2, name: 'Rosa' });
    expect([status, body.code]).to.deep.equal([409, 'QUOTE_VERSION_NOT_CURRENT']);
  });

  it('when the link is late, then it is read and not accepted', async () => {
    bench.clock.set('2026-04-01T22:00:00Z');
    expect((await look()).body.data).to.deep.include({ status: 'EXPIRED', canAccept: false });
    const { status, body } = await answer('accept', { version: 1, name: 'Rosa' });
    expect([status, body.code]).to.deep.equal([409, 'QUOTE_EXPIRED']);
  });

  it('when the work has ended and the quote is not closed yet, then nothing can be answered', async () => {
    expect((await look()).body.data.workEnded).to.equal(false);
    await bench.deps.replicas.repairs.in('default').keep(repair.id, 2, { ...repair, status: 'CANCELED' });
    const ended = { status: 'SENT', workEnded: true, canAccept: false, canDecline: false };
    expect((await look()).body.data).to.deep.include(ended);
    expect((await bench.api.get(`/quote/${token}`, { root: true })).text)
      .to.include('già concluso')
      .and.not.include('<form');
  });

  it('when the last second of the last day has not passed in Rome, then it can be accepted', async () => {
    bench.clock.set('2026-04-01T21:59:59Z');
    expect((await answer('accept', { version: 1, name: 'Rosa' })).status).to.equal(200);
  });

  it('when the link is forged, foreign or for something else, then there is nothing behind it', async () => {
    const { links } = bench.platform;
    const soon = new Date(bench.clock.now().getTime() + DAY_MS);
    const grant = { tenantId: 'default', subjectId: quote.id, state: '1' };
    const draft = await bench.draft(agent.token, { repairId: (await bench.repair()).id });
    for (const link of [
      'nonsense',
      `${token.slice(0, -2)}AA`,
      links.sign(RATING_LINK, grant, soon),
      links.sign(QUOTE_LINK, grant, new Date(bench.clock.now().getTime() - 1_000)),
      links.sign(QUOTE_LINK, { ...grant, tenantId: 'other' }, soon),
      links.sign(QUOTE_LINK, { ...grant, subjectId: randomUUID() }, soon),
      links.sign(QUOTE_LINK, { ...grant, state: '7' }, soon),
      bench.linkTo(draft),
    ]) {
      const answers = [await look(link), await answer('accept', { version: 1, name: 'Rosa' }, link)];
      for (const { status, body } of answers) expect([status, body.code]).to.deep.equal([422, 'LINK_NOT_VALID']);
    }
  });

  it('when the name is missing, then nothing is accepted', async () => {
    const { status, body } = await answer('accept', { version: 1, name: ' ' });
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'name']);
  });

  it('when the PDF is fetched by the link, then it is the one that is accepted', async () => {
    const response = await fetch(`${bench.url}/api/v1/public/quotes/${token}/quote.pdf`);
    expect(hash('sha256', Buffer.from(await response.arrayBuffer()))).to.equal(quote.documentHash);
  });

  it('when a part costs more later, then the quoted price holds', async () => {
    const part = await bench.part();
    const other = await bench.repair();
    const line = { kind: 'PART', description: 'Display', quantity: 2, unitPrice: 9000, vatRate: 22, partId: part.id };
    const sent = await bench.sent(agent.token, { repairId: other.id, lines: [line] });
    await bench.part({ ...part, salePrice: { amount: 99_000, currency: 'EUR' } }, 2);
    await answer('accept', { version: 1, name: 'Rosa' }, bench.linkTo(sent));
    const accepted = (await bench.events()).at(-1)?.quote;
    expect(accepted?.lines).to.deep.equal([{ ...line, unitPrice: { amount: 9000, currency: 'EUR' } }]);
    expect(accepted?.total.amount).to.equal(21_960);
  });
});
