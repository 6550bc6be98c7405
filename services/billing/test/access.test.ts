import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { startBench, type Bench, type Person, type QuoteView } from './bench.js';

describe('who may do what with quotes', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let tech: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    rosa = await bench.customer();
    agent = bench.person('AGENT');
    tech = bench.person('TECH');
    repair = await bench.repair({ customerId: rosa.caller.customerId, assignedToUserId: tech.caller.userId });
  });
  afterEach(() => bench.stop());

  const ids = async ({ token }: Person, query = ''): Promise<readonly string[]> =>
    (await bench.api.get<readonly QuoteView[]>(`/quotes${query}`, { token })).body.data.map(({ id }) => id);
  const statusOf = async ({ token }: Person, path: string): Promise<number> => (await bench.api.get(path, { token })).status;

  it('when a quote is a draft, then staff see it and customers do not', async () => {
    const { id } = await bench.draft(tech.token, { repairId: repair.id });
    expect([
      await statusOf(rosa, `/quotes/${id}`),
      await statusOf(tech, `/quotes/${id}`),
      await statusOf(agent, `/quotes/${id}`),
    ]).to.deep.equal([404, 200, 200]);
    expect([await statusOf(rosa, `/quotes/${id}/quote.pdf`), await statusOf(tech, `/quotes/${id}/quote.pdf`)]).to.deep.equal([404, 200]);
    expect([await ids(rosa), await ids(tech), await ids(agent)]).to.deep.equal([[], [id], [id]]);
    expect((await bench.act(id, 'accept', rosa.token, { version: 1 })).status).to.equal(404);
  });

  it('when somebody of another customer or tenant asks, then there is no such quote', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    const strangers = [
      await bench.customer(),
      bench.person('ADMIN', { tenantId: 'other' }),
      bench.person('CUSTOMER_USER', { ...rosa.caller, tenantId: 'other' }),
    ];
    for (const stranger of strangers) {
      for (const path of [`/quotes/${id}`, `/quotes/${id}/quote.pdf`]) expect(await statusOf(stranger, path)).to.equal(404);
      const { status, body } = await bench.act(id, 'accept', stranger.token, { version: 1, name: 'X' });
      expect([status, body.code]).to.deep.equal([404, 'QUOTE_NOT_FOUND']);
      expect(await ids(stranger)).to.deep.equal([]);
    }
  });

  it('when a colleague of the customer asks, then the quote is theirs too', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    const colleague = bench.person('CUSTOMER_ADMIN', { customerId: rosa.caller.customerId ?? '' });
    expect(await ids(colleague)).to.deep.equal([id]);
    expect((await bench.act(id, 'accept', colleague.token, { version: 1 })).status).to.equal(200);
  });

  it('when a technician does not have the repair, then they neither see its quote nor make one', async () => {
    const other = bench.person('ENGINEER');
    const made = await bench.api.post('/quotes', { repairId: repair.id }, { token: other.token });
    expect([made.status, made.body.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
    const { id } = await bench.draft(agent.token, { repairId: repair.id });
    expect(await statusOf(other, `/quotes/${id}`)).to.equal(404);
    expect((await bench.act(id, 'send', other.token)).status).to.equal(404);
    expect(await ids(other)).to.deep.equal([]);
  });

  it('when the repair is given to somebody else, then its quotes go with it', async () => {
    const { id } = await bench.draft(agent.token, { repairId: repair.id });
    const other = bench.person('TECH');
    await bench.repair({ ...repair, assignedToUserId: other.caller.userId }, 2);
    expect([await ids(tech), await ids(other)]).to.deep.equal([[], [id]]);
    // The news of this change has not arrived yet.
    bench.known.set(repair.id, { ...repair, version: 3 });
    expect(await statusOf(tech, `/quotes/${id}`)).to.equal(200);
  });

  const MAY: Readonly<Record<'write' | 'answer', readonly Role[]>> = {
    write: ['AGENT', 'ADMIN', 'SUPER_ADMIN', 'TECH', 'ENGINEER'],
    answer: ['AGENT', 'ADMIN', 'SUPER_ADMIN', 'CUSTOMER_USER', 'CUSTOMER_ADMIN'],
  };
  for (const role of ['AGENT', 'ADMIN', 'SUPER_ADMIN', 'TECH', 'ENGINEER', 'CUSTOMER_USER', 'CUSTOMER_ADMIN'] as const)
    it(`when a ${role} asks, then writing and answering are allowed as the permissions say`, async () => {
      const { id } = await bench.sent(agent.token, { repairId: repair.id });
      const part = MAY.answer.includes(role) && !MAY.write.includes(role) ? { customerId: rosa.caller.customerId ?? '' } : {};
      const { token } = bench.person(role, { ...part, userId: tech.caller.userId });
      const answered = await bench.act(id, 'accept', token, { version: 1, name: 'Rosa' });
      expect(answered.status).to.equal(MAY.answer.includes(role) ? 200 : 403);
      const written = await bench.api.put(`/quotes/${id}`, {}, { token });
      expect(written.status).to.equal(MAY.write.includes(role) ? 200 : 403);
    });

  it('when quotes are filtered, then customers filter by what they see', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    await bench.api.put(`/quotes/${id}`, {}, { token: agent.token });
    expect(await ids(agent, '?status=DRAFT')).to.deep.equal([id]);
    expect([await ids(rosa, '?status=DRAFT'), await ids(rosa, '?status=SENT')]).to.deep.equal([[], [id]]);
    expect(await ids(agent, `?repairId=${repair.id}&customerId=${rosa.caller.customerId}`)).to.deep.equal([id]);
    expect(await ids(agent, `?ticketId=${repair.id}`)).to.deep.equal([]);
    expect(await ids(rosa, `?customerId=${tech.caller.userId}`)).to.deep.equal([]);
  });

  it('when quotes are listed, then what is read has no lines of any version', async () => {
    const { id, number } = await bench.sent(agent.token, { repairId: repair.id });
    await bench.api.put(`/quotes/${id}`, { lines: [] }, { token: agent.token });
    const listed = async ({ token }: Person) => (await bench.api.get<readonly QuoteView[]>('/quotes', { token })).body.data;
    const before = [await listed(agent), await listed(rosa)];
    expect(before.map(([quote]) => [quote?.status, quote?.quoteVersion, quote?.total.amount])).to.deep.equal([
      ['DRAFT', 2, 0],
      ['SENT', 1, 6100],
    ]);
    const stored = bench.platform.connection.collection('quotes');
    const { modifiedCount } = await stored.updateOne({ number }, { $unset: { versions: '' } });
    expect([modifiedCount, await listed(agent), await listed(rosa)]).to.deep.equal([1, ...before]);
  });

  it('when a customer reads before a draft is written, then the ETag still holds for the answer', async () => {
    const { id } = await bench.sent(agent.token, { repairId: repair.id });
    const { headers } = await bench.api.get(`/quotes/${id}`, { token: rosa.token });
    await bench.api.put(`/quotes/${id}`, {}, { token: agent.token });
    const ifMatch = { 'if-match': headers.get('etag') ?? '' };
    const stale = await bench.api.post(`/quotes/${id}/accept`, { version: 1 }, { token: rosa.token, headers: { 'if-match': '"99"' } });
    expect(stale.status).to.equal(412);
    const answer = await bench.api.post(`/quotes/${id}/accept`, { version: 1 }, { token: rosa.token, headers: ifMatch });
    expect(answer.status).to.equal(200);
  });
});
