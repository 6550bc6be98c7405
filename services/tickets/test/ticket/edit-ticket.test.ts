import { expect } from 'chai';
import { startBench, type Bench, type TicketView } from '../bench.js';

describe('PUT /tickets/:id', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  it('when a customer edits an OPEN one, then it is changed, told, and the timeline has before and after', async () => {
    const rosa = await bench.customer();
    const { id } = await bench.open(rosa);
    const { status, body } = await bench.api.put<TicketView>(`/tickets/${id}`, { title: 'Screen black', priority: 'LOW' }, rosa);
    expect(status).to.equal(200);
    expect(body.data).to.include({ title: 'Screen black', priority: 'LOW', category: 'HARDWARE', version: 2 });
    const { activities } = await bench.read(rosa, id);
    expect(activities.at(-1)?.metadata?.changes).to.deep.equal({
      title: { from: "Laptop won't boot", to: 'Screen black' },
      priority: { from: 'HIGH', to: 'LOW' },
    });
    expect((await bench.events()).at(-1)?.type).to.equal('ticket-updated');
    expect((await bench.api.get('/tickets?search=screen', rosa)).body.pagination.totalCount).to.equal(1);
  });

  it('when nothing is different, then nothing is written or told', async () => {
    const rosa = await bench.customer();
    const { id } = await bench.open(rosa);
    const { body } = await bench.api.put<TicketView>(`/tickets/${id}`, { priority: 'HIGH' }, rosa);
    expect(body.data.version).to.equal(1);
  });

  it('when a customer edits one in progress, then 409 TICKET_NOT_EDITABLE; staff may', async () => {
    const rosa = await bench.customer();
    const elena = await bench.technician();
    const { id } = await bench.open(rosa);
    await bench.api.post(`/tickets/${id}/accept`, undefined, elena);
    const refused = await bench.api.put(`/tickets/${id}`, { title: 'Other' }, rosa);
    expect([refused.status, refused.body.code]).to.deep.equal([409, 'TICKET_NOT_EDITABLE']);
    expect((await bench.api.put(`/tickets/${id}`, { title: 'Other' }, elena)).status).to.equal(200);
  });

  it('when the priority changes, then the due times follow; closed ones keep theirs', async () => {
    const rosa = await bench.customer();
    const agent = bench.person('AGENT');
    const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
    const urgent = await bench.read(rosa, id);
    await bench.api.put(`/tickets/${id}`, { priority: 'LOW' }, agent);
    const relaxed = await bench.read(rosa, id);
    expect(String(relaxed.slaDueAt) > String(urgent.slaDueAt)).to.equal(true);
    await bench.api.patch(`/tickets/${id}/status`, { status: 'CLOSED' }, agent);
    await bench.api.put(`/tickets/${id}`, { priority: 'CRITICAL' }, agent);
    expect((await bench.read(rosa, id)).slaDueAt).to.equal(relaxed.slaDueAt);
  });

  it('when the body is empty or wrong, then 422 with every fault', async () => {
    const rosa = await bench.customer();
    const { id } = await bench.open(rosa);
    expect((await bench.api.put(`/tickets/${id}`, {}, rosa)).status).to.equal(422);
    const body = { title: 7, category: 'X', status: 'CLOSED', assignedToUserId: id, ticketNumber: 'TKT-1' };
    const answer = await bench.api.put(`/tickets/${id}`, body, rosa);
    expect(answer.body.errors.map(({ path }) => path)).to.have.members(Object.keys(body));
  });

  it("when it is somebody else's, then 404", async () => {
    const rosa = await bench.customer();
    await bench.technician();
    const { id } = await bench.open(rosa);
    for (const stranger of [await bench.customer(), bench.person('TECH')]) {
      expect((await bench.api.put(`/tickets/${id}`, { title: 'Mine now' }, stranger)).status).to.equal(404);
    }
  });
});

describe('POST /tickets/:id/attach-asset', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  it("when it is one of the customer's devices, then the ticket is about it and the location follows", async () => {
    const rosa = await bench.customer();
    const asset = await bench.asset({ customerId: rosa.customer.id });
    const { id } = await bench.open(rosa);
    const { status, body } = await bench.api.post<TicketView>(`/tickets/${id}/attach-asset`, { assetId: asset.id }, rosa);
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ asset: { id: asset.id, friendlyName: "Rosa's laptop" }, locationId: asset.locationId });
    expect((await bench.events()).at(-1)?.data.ticket).to.include({ assetId: asset.id });
    expect((await bench.api.get('/tickets?search=latitude', rosa)).body.pagination.totalCount).to.equal(1);
  });

  it("when it is another customer's, then 404 ASSET_NOT_FOUND, also for the desk", async () => {
    const [rosa, other] = [await bench.customer(), await bench.customer()];
    const asset = await bench.asset({ customerId: other.customer.id });
    const { id } = await bench.open(rosa);
    for (const by of [rosa, bench.person('AGENT')]) {
      const { status, body } = await bench.api.post(`/tickets/${id}/attach-asset`, { assetId: asset.id }, by);
      expect([status, body.code]).to.deep.equal([404, 'ASSET_NOT_FOUND']);
    }
  });

  it('when the ticket is closed, then 409 TICKET_CLOSED', async () => {
    const rosa = await bench.customer();
    const asset = await bench.asset({ customerId: rosa.customer.id });
    const { id } = await bench.open(rosa);
    await bench.api.patch(`/tickets/${id}/status`, { status: 'CLOSED' }, rosa);
    const { status, body } = await bench.api.post(`/tickets/${id}/attach-asset`, { assetId: asset.id }, rosa);
    expect([status, body.code]).to.deep.equal([409, 'TICKET_CLOSED']);
  });
});
