import { AssetRetired } from '@riparo/shared/contracts/assets.events';
import { CustomerUpdated } from '@riparo/shared/contracts/auth.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildTicket, startBench, type Bench, type TicketView } from '../bench.js';

describe('POST /tickets', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  it('when a customer opens one, then 201 with number, stage and Location', async () => {
    const rosa = await bench.customer();
    const { status, body, headers } = await bench.api.post<TicketView>('/tickets', buildTicket(), rosa);
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/api/v1/tickets/${body.data.id}`);
    expect(headers.get('etag')).to.equal('"1"');
    expect(body.data).to.include({ ticketNumber: 'TKT-2026-001', status: 'OPEN', stage: 'NEW', source: 'PORTAL', slaBreached: false });
    expect(body.data.customer).to.deep.equal({ id: rosa.customer.id, name: 'Rosa Bianchi' });
    expect(body.data).not.to.have.any.keys('declinedBy', 'held', 'words', 'sla', 'outbox', 'tenantId', 'timeline');
  });

  it('when a technician is free, then it is assigned in the same moment and both are announced', async () => {
    const rosa = await bench.customer();
    const elena = await bench.technician({ name: 'Elena' });
    const ticket = await bench.open(rosa);
    expect(ticket).to.include({ stage: 'OPENED', version: 1 });
    expect(ticket.assignedTo).to.deep.equal({ id: elena.user.id, name: 'Elena' });
    const events = await bench.events();
    expect(events.map(({ type }) => type)).to.deep.equal(['ticket-opened', 'ticket-assigned']);
    expect(events[1]?.data.ticket).to.include({ id: ticket.id, assignedToUserId: elena.user.id, stage: 'OPENED' });
  });

  it('when several faults are in the body, then 422 names them all', async () => {
    const rosa = await bench.customer();
    const body = { title: '', category: 'GARDEN', priority: 'NOW', assetId: 'x', colour: 'red' };
    const answer = await bench.api.post('/tickets', body, rosa);
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ path }) => path)).to.have.members([
      'title',
      'description',
      'category',
      'priority',
      'assetId',
      'colour',
    ]);
  });

  it('when nothing in a title or a description can be seen, then 422 as without one', async () => {
    const rosa = await bench.customer();
    for (const nothing of ['\u200b', '\u200e\u202e', '\u3164', '\u2800\u00a0', '\ufe0f']) {
      const answer = await bench.api.post('/tickets', buildTicket({ title: nothing, description: nothing }), rosa);
      const faults = answer.body.errors.map(({ path, message }) => `${path} ${message}`);
      expect([answer.status, ...faults]).to.deep.equal([422, 'title must not be empty', 'description must not be empty']);
    }
  });

  it('when texts are pasted, then the title is in its normal form and emoji stay whole', async () => {
    const rosa = await bench.customer();
    const emoji = '\u{1f469}\u200d\u{1f527}';
    const ticket = await bench.open(rosa, { title: `Caffe\u0300\u00a0${emoji}\u200b`, description: `e\u0300\u00a0${emoji}` });
    expect(ticket).to.include({ title: `Caff\u00e8 ${emoji}`, description: `\u00e8\u00a0${emoji}` });
  });

  it('when a customer names a customer or a source, then 422: those fields are not theirs', async () => {
    const rosa = await bench.customer();
    const answer = await bench.api.post('/tickets', buildTicket({ customerId: rosa.customer.id, source: 'PHONE' }), rosa);
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ path }) => path)).to.have.members(['customerId', 'source']);
  });

  it('when nobody is signed in, then 401', async () => {
    expect((await bench.api.post('/tickets', buildTicket())).status).to.equal(401);
  });

  it('when a technician tries, then 403', async () => {
    const elena = await bench.technician();
    expect((await bench.api.post('/tickets', buildTicket(), elena)).status).to.equal(403);
  });

  it("when the device is another customer's, then 404 ASSET_NOT_FOUND", async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const asset = await bench.asset({ customerId: other.customer.id });
    const { status, body } = await bench.api.post('/tickets', buildTicket({ assetId: asset.id }), rosa);
    expect([status, body.code]).to.deep.equal([404, 'ASSET_NOT_FOUND']);
  });

  it("when the location is another customer's, then 404 LOCATION_NOT_FOUND", async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const location = await bench.location({ customerId: other.customer.id });
    const { status, body } = await bench.api.post('/tickets', buildTicket({ locationId: location.id }), rosa);
    expect([status, body.code]).to.deep.equal([404, 'LOCATION_NOT_FOUND']);
  });

  it('when the device is retired, then 409 ASSET_RETIRED', async () => {
    const rosa = await bench.customer();
    const asset = await bench.asset({ customerId: rosa.customer.id });
    await bench.test.publish(AssetRetired, { asset: { ...asset, status: 'RETIRED' } }, { subject: asset.id, version: 2 });
    const { status, body } = await bench.api.post('/tickets', buildTicket({ assetId: asset.id }), rosa);
    expect([status, body.code]).to.deep.equal([409, 'ASSET_RETIRED']);
  });

  it('when the device is not known here and the assets service is away, then 503 and nothing is opened', async () => {
    const rosa = await bench.customer();
    const { status, headers } = await bench.api.post('/tickets', buildTicket({ assetId: randomUUID() }), rosa);
    expect(status).to.equal(503);
    expect(headers.get('retry-after')).to.equal('5');
    expect((await bench.api.get<TicketView[]>('/tickets', rosa)).body.pagination.totalCount).to.equal(0);
  });

  it('when a device is named, then its location and name come with it', async () => {
    const rosa = await bench.customer();
    const location = await bench.location({ customerId: rosa.customer.id });
    const asset = await bench.asset({ customerId: rosa.customer.id, locationId: location.id });
    const ticket = await bench.open(rosa, { assetId: asset.id });
    expect(ticket).to.include({ assetId: asset.id, locationId: location.id });
    expect(ticket.asset).to.deep.equal({ id: asset.id, friendlyName: "Rosa's laptop" });
  });

  it('when an agent opens one for a customer, then source and customer are theirs to say', async () => {
    const rosa = await bench.customer();
    const agent = bench.person('AGENT');
    const ticket = await bench.open(agent, { customerId: rosa.customer.id, source: 'PHONE' });
    expect(ticket).to.include({ customerId: rosa.customer.id, source: 'PHONE', createdByUserId: agent.caller.userId });
  });

  it('when an agent names no customer, then 422; an unknown one, then 404', async () => {
    const agent = bench.person('AGENT');
    const none = await bench.api.post('/tickets', buildTicket(), agent);
    expect(none.body.errors.map(({ path }) => path)).to.deep.equal(['customerId']);
    const unknown = await bench.api.post('/tickets', buildTicket({ customerId: randomUUID() }), agent);
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'CUSTOMER_NOT_FOUND']);
  });

  it('when the customer is suspended, then 409 CUSTOMER_NOT_ACTIVE', async () => {
    const rosa = await bench.customer();
    const customer = { ...rosa.customer, status: 'SUSPENDED' as const };
    await bench.test.publish(CustomerUpdated, { customer }, { subject: customer.id, version: 2 });
    const { status, body } = await bench.api.post('/tickets', buildTicket(), rosa);
    expect([status, body.code]).to.deep.equal([409, 'CUSTOMER_NOT_ACTIVE']);
  });

  it('when the same Idempotency-Key comes twice, then there is one ticket and one number', async () => {
    const rosa = await bench.customer();
    const options = { ...rosa, headers: { 'idempotency-key': 'once-only' } };
    const body = buildTicket();
    const [first, second] = [await bench.api.post('/tickets', body, options), await bench.api.post('/tickets', body, options)];
    expect(second.status).to.equal(201);
    expect(second.body.data.id).to.equal(first.body.data.id);
    expect((await bench.open(rosa)).ticketNumber).to.equal('TKT-2026-002');
  });

  it('when fifty arrive at once, then their numbers are 1 to 50 without a gap', async () => {
    const rosa = await bench.customer();
    const tickets = await Promise.all(Array.from({ length: 50 }, () => bench.open(rosa)));
    const numbers = tickets.map(({ ticketNumber }) => ticketNumber).sort();
    expect(numbers).to.deep.equal(Array.from({ length: 50 }, (_, index) => `TKT-2026-${String(index + 1).padStart(3, '0')}`));
  });

  it("when the year has turned in the tenant's time zone only, then the number is of the new year", async () => {
    bench.test.clock.set('2026-12-31T23:30:00Z');
    await bench.settings();
    const rosa = await bench.customer();
    expect((await bench.open(rosa)).ticketNumber).to.equal('TKT-2027-001');
  });
});
