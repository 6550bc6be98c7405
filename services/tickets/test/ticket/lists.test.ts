import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

describe('GET /tickets', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  const ids = async (by: Person, query = ''): Promise<string[]> => {
    const { status, body, text } = await bench.api.get<TicketView[]>(`/tickets${query}`, by);
    expect(status, text).to.equal(200);
    return body.data.map(({ id }) => id);
  };

  it("when a customer asks, then only their own customer's, newest first, with names", async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const first = await bench.open(rosa);
    bench.test.clock.advance(1000);
    const second = await bench.open(rosa);
    await bench.open(other);
    expect(await ids(rosa)).to.deep.equal([second.id, first.id]);
    expect(await ids(rosa, `?customerId=${other.customer.id}`)).to.deep.equal([]);
    const { body } = await bench.api.get<TicketView[]>('/tickets', rosa);
    expect(body.pagination).to.deep.equal({ page: 1, pageSize: 20, totalPages: 1, totalCount: 2 });
    expect(body.data[0]?.customer).to.deep.equal({ id: rosa.customer.id, name: 'Rosa Bianchi' });
    expect(body.data[0]).not.to.have.any.keys('activities', 'words', 'declinedBy');
  });

  it('when a technician asks, then what they have and the queue, never what others have', async () => {
    const rosa = await bench.customer();
    const elena = await bench.technician();
    const mine = await bench.open(rosa);
    const marco = await bench.technician({ skills: ['NETWORK'] });
    const theirs = await bench.open(rosa, { category: 'NETWORK' });
    const agent = bench.person('AGENT');
    const queued = await bench.open(rosa);
    await bench.api.post(`/tickets/${theirs.id}/assign`, { technicianId: marco.user.id }, agent);
    await bench.api.post(`/tickets/${queued.id}/assign`, { technicianId: null }, agent);
    expect(await ids(elena)).to.have.members([mine.id, queued.id]);
    expect(await ids(elena, `?assignedTo=${elena.user.id}`)).to.deep.equal([mine.id]);
    expect(await ids(elena, `?assignedTo=${marco.user.id}`)).to.deep.equal([]);
    expect(await ids(elena, '?unassigned=true')).to.deep.equal([queued.id]);
    expect(await ids(agent)).to.have.members([mine.id, theirs.id, queued.id]);
  });

  it('when filtered, then only what fits', async () => {
    const rosa = await bench.customer();
    const asset = await bench.asset({ customerId: rosa.customer.id });
    const agent = bench.person('AGENT');
    const hardware = await bench.open(rosa, { assetId: asset.id, priority: 'CRITICAL' });
    const network = await bench.open(rosa, { category: 'NETWORK' });
    await bench.api.patch(`/tickets/${network.id}/status`, { status: 'RESOLVED', resolution: 'New cable' }, agent);
    const expected: Record<string, readonly string[]> = {
      'status=OPEN': [hardware.id],
      'stage=NEW': [hardware.id],
      'stage=RESOLVED': [network.id],
      'priority=CRITICAL': [hardware.id],
      'category=NETWORK': [network.id],
      [`assetId=${asset.id}`]: [hardware.id],
      [`locationId=${asset.locationId}`]: [hardware.id],
      [`customerId=${rosa.customer.id}&active=true`]: [hardware.id],
      'active=false': [network.id],
      'unassigned=true': [hardware.id],
      'from=2026-03-02T10:00:00Z&to=2026-03-02T10:00:01Z&active=true': [hardware.id],
      'to=2026-03-02T10:00:00Z': [],
      [`assetId=${randomUUID()}`]: [],
    };
    for (const [query, found] of Object.entries(expected)) expect(await ids(agent, `?${query}`), query).to.have.members(found);
  });

  it('when overdue is asked for, then active ones past their due time', async () => {
    const rosa = await bench.customer();
    const late = await bench.open(rosa, { priority: 'CRITICAL' });
    bench.test.clock.set('2026-03-03T18:00:00Z');
    const agent = bench.person('AGENT');
    const fresh = await bench.open(agent, { customerId: rosa.customer.id });
    expect(await ids(agent, '?overdue=true')).to.deep.equal([late.id]);
    expect(await ids(agent, '?overdue=false')).to.deep.equal([fresh.id]);
  });

  const searches: readonly (readonly [term: string, found: boolean])[] = [
    ['TKT-2026-001', true],
    ['tkt-2026', true],
    ['boot', true],
    ["WON'T boot", true],
    ['perche', true],
    ['bianchi', true],
    ['latitude', true],
    ['abc1', true],
    ['boot printer', false],
    ['oot', false],
    ['.*', false],
    ['b.ot', false],
    ['^', false],
    ['(q+)+$', false],
    ['[', false],
  ];
  for (const [term, found] of searches) {
    it(`when searched for ${term}, then ${found ? 'found' : 'not found'}`, async () => {
      const rosa = await bench.customer();
      const asset = await bench.asset({ customerId: rosa.customer.id });
      const { id } = await bench.open(rosa, { assetId: asset.id, description: 'Perché non parte?' });
      expect(await ids(rosa, `?search=${encodeURIComponent(term)}`)).to.deep.equal(found ? [id] : []);
    });
  }

  it('when the query is wrong, then 422 names every fault', async () => {
    const { status, body } = await bench.api.get(
      '/tickets?pageSize=101&status=GONE&status[$ne]=OPEN&from=yesterday&nope=1',
      bench.person('AGENT'),
    );
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['pageSize', 'status', 'status[$ne]', 'from', 'nope']);
  });

  it('when paged, then no ticket twice and none left out', async () => {
    const rosa = await bench.customer();
    const opened = await Promise.all(Array.from({ length: 7 }, () => bench.open(rosa)));
    const pages = await Promise.all([1, 2, 3].map((page) => ids(rosa, `?page=${page}&pageSize=3`)));
    expect(pages.map((page) => page.length)).to.deep.equal([3, 3, 1]);
    expect(pages.flat()).to.have.members(opened.map(({ id }) => id));
  });

  it('when nobody is signed in, then 401', async () => {
    expect((await bench.api.get('/tickets')).status).to.equal(401);
  });
});
