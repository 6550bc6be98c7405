import type { TicketStatus } from '@riparo/shared/contracts/enums';
import { expect } from 'chai';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

type Who = 'customer' | 'technician' | 'agent';

const request = (status: TicketStatus) => (status === 'RESOLVED' ? { status, resolution: 'New drive' } : { status });

describe('PATCH /tickets/:id/status', () => {
  let bench: Bench;
  let people: Readonly<Record<Who, Person>>;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '1000' } });
    people = { customer: await bench.customer(), technician: await bench.technician(), agent: bench.person('AGENT') };
  });
  after(() => bench.stop());

  const patch = (id: string, body: unknown, by: Person, headers = {}) =>
    bench.api.patch<TicketView>(`/tickets/${id}/status`, body, { ...by, headers });

  /** A ticket brought into a status by the desk. */
  const ticketIn = async (status: TicketStatus): Promise<TicketView> => {
    const ticket = await bench.open(people.customer);
    if (status !== 'OPEN') expect((await patch(ticket.id, request(status), people.agent)).status).to.equal(200);
    return bench.read(people.agent, ticket.id);
  };

  it('when resolved, then resolution, who and when are kept, told and in the timeline', async () => {
    const { id } = await ticketIn('IN_PROGRESS');
    const { body } = await patch(id, { status: 'RESOLVED', resolution: 'Replaced the drive' }, people.technician);
    expect(body.data).to.include({ resolution: 'Replaced the drive', resolvedAt: '2026-03-02T10:00:00.000Z', stage: 'RESOLVED' });
    const [event] = (await bench.events()).slice(-1);
    expect(event?.type).to.equal('ticket-resolved');
    expect(event?.data).to.deep.include({ from: 'IN_PROGRESS', to: 'RESOLVED', actorUserId: people.technician.caller.userId });
    expect(event?.data.ticket).to.include({ resolvedByUserId: people.technician.caller.userId, resolution: 'Replaced the drive' });
    const { activities } = await bench.read(people.customer, id);
    expect(activities.at(-1)).to.include({ type: 'RESOLUTION', body: 'Replaced the drive' });
    expect(activities.at(-1)?.metadata).to.deep.equal({ from: 'IN_PROGRESS', to: 'RESOLVED' });
  });

  it('when resolved without a resolution, then 422', async () => {
    const { id } = await ticketIn('OPEN');
    const { status, body } = await patch(id, { status: 'RESOLVED' }, people.technician);
    expect([status, body.errors]).to.deep.equal([422, [{ path: 'resolution', message: 'is required' }]]);
  });

  it('when a resolution comes with another status and the status is unknown, then 422 names both faults', async () => {
    const { id } = await ticketIn('OPEN');
    const { status, body } = await patch(id, { status: 'GONE', resolution: 'x', why: 1 }, people.technician);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.include.members(['status', 'why']);
  });

  it('when a technician who has not got it asks, then 403 TICKET_NOT_ASSIGNED_TO_YOU', async () => {
    const { id } = await ticketIn('OPEN');
    await bench.api.post(`/tickets/${id}/assign`, { technicianId: null }, people.agent);
    const { status, body } = await patch(id, { status: 'IN_PROGRESS' }, people.technician);
    expect([status, body.code]).to.deep.equal([403, 'TICKET_NOT_ASSIGNED_TO_YOU']);
  });

  it("when it is another customer's or another technician's, then 404", async () => {
    const { id } = await ticketIn('OPEN');
    for (const stranger of [await bench.customer(), bench.person('TECH'), bench.person('ENGINEER')]) {
      const { status, body } = await patch(id, { status: 'CLOSED' }, stranger);
      expect([status, body.code]).to.deep.equal([404, 'TICKET_NOT_FOUND']);
    }
  });

  it('when nobody is signed in, then 401', async () => {
    const { id } = await ticketIn('OPEN');
    expect((await bench.api.patch(`/tickets/${id}/status`, { status: 'CLOSED' })).status).to.equal(401);
  });

  it('when If-Match is stale, then 412 and nothing changes', async () => {
    const { id, version } = await ticketIn('OPEN');
    const { status } = await patch(id, { status: 'CLOSED' }, people.agent, { 'if-match': `"${version - 1}"` });
    expect(status).to.equal(412);
    expect((await bench.read(people.agent, id)).status).to.equal('OPEN');
  });

  it('when reopened, then the outcome is gone from the ticket and stays in the timeline', async () => {
    const { id } = await ticketIn('RESOLVED');
    const { body } = await patch(id, { status: 'IN_PROGRESS', reason: 'It came back' }, people.agent);
    expect(body.data).not.to.have.any.keys('resolution', 'resolvedAt', 'closedAt');
    const { activities } = await bench.read(people.agent, id);
    expect(activities.slice(-2).map(({ body: text }) => text)).to.deep.equal(['New drive', 'It came back']);
  });
});
