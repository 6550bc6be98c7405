import { expect } from 'chai';
import { hash } from 'node:crypto';
import { startBench, type Bench, type Person, type QuoteView, LABOUR } from './bench.js';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';

describe('the life of a quote', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    rosa = await bench.customer();
    agent = bench.person('AGENT');
    repair = await bench.repair({ customerId: rosa.caller.customerId, contactUserId: rosa.caller.userId });
  });
  afterEach(() => bench.stop());

  const put = (id: string, body: object) => bench.api.put<QuoteView>(`/quotes/${id}`, body, { token: agent.token });
  const read = async (id: string, { token }: Person) => (await bench.api.get<QuoteView>(`/quotes/${id}`, { token })).body.data;
  const pdf = async (id: string, { token }: Person, query = '') => {
    const response = await fetch(`${bench.url}/api/v1/quotes/${id}/quote.pdf${query}`, { headers: { authorization: `Bearer ${token}` } });
    return Buffer.from(await response.arrayBuffer());
  };

  it('when a draft is sent and accepted, then the answer is told and bound to the PDF', async () => {
    const draft = await bench.draft(agent.token, { repairId: repair.id });
    expect(draft).to.deep.include({ number: 'QUO-2026-000001', status: 'DRAFT', quoteVersion: 1, subjectNumber: repair.number });
    expect(draft.total).to.deep.equal({ amount: 6100, currency: 'EUR' });
    const { status, body } = await bench.act(draft.id, 'send', agent.token);
    expect([status, body.data.status, body.data.validUntil]).to.deep.equal([200, 'SENT', '2026-04-01']);
    const accepted = await bench.act(draft.id, 'accept', rosa.token, { version: 1, comment: 'Go ahead.' });
    expect([accepted.status, accepted.body.data.status]).to.deep.equal([200, 'ACCEPTED']);
    const { documentHash } = body.data;
    expect(hash('sha256', await pdf(draft.id, rosa))).to.equal(documentHash);
    expect(accepted.body.data.decision).to.deep.equal({
      by: 'CUSTOMER_USER',
      name: rosa.caller.name,
      at: '2026-03-02T09:00:00.000Z',
      documentHash,
      comment: 'Go ahead.',
    });
    const events = await bench.events();
    expect(events.map(({ type, quote }) => [type, quote.status, quote.quoteVersion, quote.total.amount])).to.deep.equal([
      ['sent', 'SENT', 1, 6100],
      ['accepted', 'ACCEPTED', 1, 6100],
    ]);
    expect(events[1]?.quote).to.deep.include({
      decidedBy: 'CUSTOMER_USER',
      comment: 'Go ahead.',
      contactUserId: rosa.caller.userId,
      device: 'Dell Latitude 7420',
    });
  });

  it('when a sent quote is changed, then its next version is a draft that customers do not see', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    const next = (await put(sent.id, { lines: [{ ...LABOUR, unitPrice: 6000 }] })).body.data;
    expect(next).to.deep.include({ status: 'DRAFT', quoteVersion: 2, hasDraft: true });
    const seen = await read(sent.id, rosa);
    expect(seen).to.deep.include({ status: 'SENT', quoteVersion: 1, version: 2 });
    expect(seen.versions.length).to.equal(1);
    expect(seen).not.to.have.any.keys('hasDraft', 'createdByUserId');
    await bench.act(sent.id, 'send', agent.token);
    expect((await read(sent.id, rosa)).versions.map(({ status }) => status)).to.deep.equal(['WITHDRAWN', 'SENT']);
    const late = await bench.act(sent.id, 'accept', rosa.token, { version: 1 });
    expect([late.status, late.body.code, late.body.currentVersion]).to.deep.equal([409, 'QUOTE_VERSION_NOT_CURRENT', 2]);
    expect((await bench.events()).map(({ type, quote }) => [type, quote.quoteVersion])).to.deep.equal([
      ['sent', 1],
      ['sent', 2],
    ]);
  });

  it('when versions follow each other, then every one keeps its bytes', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    const first = await pdf(sent.id, rosa);
    await put(sent.id, { note: 'With a new cable.' });
    const draft = await pdf(sent.id, agent);
    await bench.act(sent.id, 'send', agent.token);
    await bench.settings({ companyName: 'Another name' });
    bench.clock.advance(12 * 3_600_000);
    expect((await pdf(sent.id, rosa, '?version=1')).equals(first)).to.equal(true);
    const second = await pdf(sent.id, rosa);
    expect((await pdf(sent.id, agent, '?version=2')).equals(second)).to.equal(true);
    const { versions } = await read(sent.id, rosa);
    expect(versions.map(({ documentHash }) => documentHash)).to.deep.equal([first, second].map((bytes) => hash('sha256', bytes)));
    expect(draft.equals(second)).to.equal(false);
  });

  it('when a version was accepted, then the next one has to be accepted anew', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    await bench.act(sent.id, 'accept', agent.token, { version: 1, name: 'Rosa Bianchi' });
    await put(sent.id, {});
    const { body } = await bench.act(sent.id, 'send', agent.token);
    expect(body.data.status).to.equal('SENT');
    expect(body.data.versions.map(({ status }) => status)).to.deep.equal(['ACCEPTED', 'SENT']);
  });

  it('when versions follow each other, then each event tells what became of those before', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    await bench.act(id, 'accept', rosa.token, { version: 1 });
    for (const note of ['More work', 'Even more']) {
      await put(id, { note });
      await bench.act(id, 'send', agent.token);
    }
    const told = (await bench.events()).map(({ quote: { earlier = [] } }) => earlier.map(({ status }) => status));
    expect(told).to.deep.equal([[], [], ['ACCEPTED'], ['ACCEPTED', 'WITHDRAWN']]);
    const [first] = (await bench.events()).at(-1)?.quote.earlier ?? [];
    const at = bench.clock.now().toISOString();
    expect(first).to.deep.equal({
      quoteVersion: 1,
      status: 'ACCEPTED',
      total: { amount: 6_100, currency: 'EUR' },
      sentAt: at,
      decidedAt: at,
    });
  });

  it('when the first draft was dropped, then the version that is sent replaces none', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id });
    await bench.act(id, 'withdraw', agent.token, { version: 1 });
    for (const note of ['Again', 'And again']) {
      await put(id, { note });
      await bench.act(id, 'send', agent.token);
    }
    expect((await bench.events()).map(({ quote }) => [quote.quoteVersion, quote.replaces])).to.deep.equal([
      [2, undefined],
      [3, 2],
    ]);
  });

  it('when the desk answers for the customer, then the name is needed and kept', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    const unnamed = await bench.act(sent.id, 'decline', agent.token, { version: 1 });
    expect([unnamed.status, unnamed.body.errors[0]?.path]).to.deep.equal([422, 'name']);
    const { body } = await bench.act(sent.id, 'decline', agent.token, { version: 1, name: 'Rosa Bianchi' });
    expect(body.data.status).to.equal('DECLINED');
    expect(body.data.decision).to.deep.include({ by: 'COUNTER', name: 'Rosa Bianchi' }).and.to.have.property('ip');
    expect((await read(sent.id, rosa)).decision).not.to.have.property('ip');
  });

  it('when the same answer comes again, then it is the same; another one is refused', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    await bench.act(sent.id, 'accept', rosa.token, { version: 1 });
    await bench.repair({ ...repair, status: 'CLOSED' }, 2);
    const again = await bench.act(sent.id, 'accept', rosa.token, { version: 1, comment: 'Again' });
    expect([again.status, again.body.data.status]).to.deep.equal([200, 'ACCEPTED']);
    const other = await bench.act(sent.id, 'decline', rosa.token, { version: 1 });
    expect(other.status).to.equal(409);
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'accepted']);
  });

  it('when the centre withdraws, then nothing can be accepted, and doing it twice does no harm', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    for (const time of [1, 2])
      expect((await bench.act(sent.id, 'withdraw', agent.token, { version: 1 })).body.data.status, String(time)).to.equal('WITHDRAWN');
    const late = await bench.act(sent.id, 'accept', rosa.token, { version: 1 });
    expect([late.status, late.body.code]).to.deep.equal([409, 'QUOTE_WITHDRAWN']);
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'withdrawn']);
  });

  it('when a draft after a sent version is withdrawn, then the sent version stays', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    await put(sent.id, { note: 'Never mind' });
    for (const time of [1, 2]) {
      const { body } = await bench.act(sent.id, 'withdraw', agent.token, { version: 2 });
      expect(body.data, String(time)).to.deep.include({ status: 'SENT', quoteVersion: 1, hasDraft: false });
    }
    const decided = await bench.act(sent.id, 'accept', rosa.token, { version: 1 });
    expect(decided.status).to.equal(200);
    const nothing = await bench.act(sent.id, 'withdraw', agent.token, { version: 1 });
    expect([nothing.status, nothing.body.code]).to.deep.equal([409, 'QUOTE_NOT_WITHDRAWABLE']);
  });

  it('when another version is withdrawn than the newest, then it is refused', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    await put(id, { note: 'A draft' });
    for (const version of [1, 3]) {
      const { status, body } = await bench.act(id, 'withdraw', agent.token, { version });
      expect([status, body.code, body.currentVersion]).to.deep.equal([409, 'QUOTE_VERSION_NOT_CURRENT', 2]);
    }
    expect((await bench.act(id, 'withdraw', agent.token)).status).to.equal(422);
    await bench.act(id, 'send', agent.token);
    expect((await bench.act(id, 'withdraw', agent.token, { version: 1 })).body.code).to.equal('QUOTE_VERSION_NOT_CURRENT');
    expect((await bench.events()).map(({ type }) => type)).to.deep.equal(['sent', 'sent']);
  });

  it('when a draft was dropped, then a late repetition does not drop the next one', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    await put(id, { note: 'First' });
    await bench.act(id, 'withdraw', agent.token, { version: 2 });
    expect((await put(id, { note: 'Second' })).body.data.quoteVersion).to.equal(3);
    const repeated = await bench.act(id, 'withdraw', agent.token, { version: 2 });
    expect([repeated.status, repeated.body.data.hasDraft]).to.deep.equal([200, true]);
  });

  it('when a quote is in force, then a second one for the work is refused and named', async () => {
    const first = await bench.draft(agent.token, { repairId: repair.id });
    const second = await bench.api.post('/quotes', { repairId: repair.id }, { token: agent.token });
    expect([second.status, second.body.code, second.body.number, second.body.quoteId]).to.deep.equal([
      409,
      'QUOTE_IN_FORCE',
      first.number,
      first.id,
    ]);
    await bench.act(first.id, 'withdraw', agent.token, { version: 1 });
    const third = await bench.draft(agent.token, { repairId: repair.id });
    expect(third.number).to.equal('QUO-2026-000002');
    const revived = await put(first.id, {});
    expect([revived.status, revived.body.code, revived.body.number]).to.deep.equal([409, 'QUOTE_IN_FORCE', third.number]);
  });

  it('when a version was accepted, then no other quote is made, whatever becomes of later versions', async () => {
    const { id, number } = await bench.sent(agent.token, { repairId: repair.id });
    await bench.act(id, 'accept', rosa.token, { version: 1 });
    await put(id, { lines: [{ ...LABOUR, unitPrice: 9000 }] });
    await bench.act(id, 'send', agent.token);
    await bench.act(id, 'decline', rosa.token, { version: 2 });
    const other = await bench.api.post('/quotes', { repairId: repair.id }, { token: agent.token });
    expect([other.status, other.body.code, other.body.number]).to.deep.equal([409, 'QUOTE_IN_FORCE', number]);
    expect((await put(id, {})).body.data.quoteVersion).to.equal(3);
  });

  it('when the work has ended, then nothing is quoted, sent or accepted for it', async () => {
    const sent = await bench.sent(agent.token, { repairId: repair.id });
    await put(sent.id, {});
    await bench.repair({ ...repair, status: 'CANCELED' }, 2);
    bench.known.set(repair.id, { ...repair, status: 'CANCELED', version: 2 });
    for (const answer of [
      await bench.act(sent.id, 'accept', rosa.token, { version: 1 }),
      await bench.act(sent.id, 'send', agent.token),
      await put(sent.id, {}),
      await bench.api.post('/quotes', { repairId: repair.id }, { token: agent.token }),
    ])
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'REPAIR_WORK_ENDED']);
  });

  it('when a repair of a moment ago has not arrived yet, then the tickets service is asked', async () => {
    const other = { ...repair, id: 'e9f1c6a0-0000-4000-8000-000000000001', number: 'REP-2026-000002' };
    bench.known.set(other.id, { ...other, version: 1 });
    expect((await bench.draft(agent.token, { repairId: other.id })).subjectNumber).to.equal('REP-2026-000002');
    const unknown = await bench.api.post('/quotes', { repairId: 'e9f1c6a0-0000-4000-8000-000000000002' }, { token: agent.token });
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
  });

  it('when a draft is sent twice, then it is sent once', async () => {
    const draft = await bench.draft(agent.token, { repairId: repair.id });
    const answers = await Promise.all([1, 2].map(() => bench.act(draft.id, 'send', agent.token)));
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect((await bench.events()).length).to.equal(1);
    await bench.act(draft.id, 'accept', rosa.token, { version: 1 });
    const again = await bench.act(draft.id, 'send', agent.token);
    expect([again.status, again.body.code]).to.deep.equal([409, 'QUOTE_NOT_A_DRAFT']);
  });

  it('when a draft has no lines, then it cannot be sent', async () => {
    const draft = await bench.draft(agent.token, { repairId: repair.id, lines: [] });
    const { status, body } = await bench.act(draft.id, 'send', agent.token);
    expect([status, body.code, body.missing]).to.deep.equal([409, 'QUOTE_INCOMPLETE', ['lines']]);
  });

  it('when versions are sent again and again, then the sixth within an hour waits', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    for (const note of ['With a new cable.', 'With a new battery.', 'With both.', 'With neither.']) {
      await put(id, { note });
      expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
    }
    await put(id, {});
    const { status, body, headers } = await bench.act(id, 'send', agent.token);
    expect([status, body.code, headers.get('retry-after')]).to.deep.equal([429, 'QUOTE_SENT_TOO_OFTEN', '3600']);
    bench.clock.advance(3_600_000);
    expect((await bench.act(id, 'send', agent.token)).status).to.equal(200);
  });

  it('when one quote after the other is sent and withdrawn, then their sendings count together', async () => {
    for (const time of [1, 2, 3, 4, 5]) {
      const { id } = await bench.sent(agent.token, { repairId: repair.id });
      expect((await bench.act(id, 'withdraw', agent.token, { version: 1 })).status, String(time)).to.equal(200);
    }
    const { id } = await bench.draft(agent.token, { repairId: repair.id });
    expect((await bench.act(id, 'send', agent.token)).body.code).to.equal('QUOTE_SENT_TOO_OFTEN');
    const other = await bench.repair({ customerId: rosa.caller.customerId });
    expect((await bench.sent(agent.token, { repairId: other.id })).status).to.equal('SENT');
  });
});
