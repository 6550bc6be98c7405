import { TICKET_STATUSES, type TicketStatus } from '@riparo/shared/contracts/enums';
import { expect } from 'chai';
import { startBench, type Bench, type Person, type TicketView } from './bench.js';

const ROLES = ['customer', 'technician', 'agent'] as const;
type Who = (typeof ROLES)[number];

/** From the table of transitions: what each role may turn a status into. */
const ALLOWED: Readonly<Record<TicketStatus, Readonly<Record<Who, readonly TicketStatus[]>>>> = {
  OPEN: {
    customer: ['CLOSED'],
    technician: ['IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
    agent: ['IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
  },
  IN_PROGRESS: {
    customer: ['CLOSED'],
    technician: ['WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
    agent: ['WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
  },
  WAITING_CUSTOMER: {
    customer: ['CLOSED'],
    technician: ['IN_PROGRESS', 'RESOLVED', 'CLOSED'],
    agent: ['IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  },
  RESOLVED: { customer: ['CLOSED'], technician: ['CLOSED', 'IN_PROGRESS'], agent: ['CLOSED', 'IN_PROGRESS'] },
  CLOSED: { customer: [], technician: [], agent: ['IN_PROGRESS'] },
};

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

  for (const from of TICKET_STATUSES) {
    for (const who of ROLES) {
      for (const to of TICKET_STATUSES) {
        const allowed = ALLOWED[from][who];
        it(`when ${from} and a ${who} asks for ${to}, then ${allowed.includes(to) ? '200' : '409'}`, async () => {
          const { id } = await ticketIn(from);
          const { status, body } = await patch(id, request(to), people[who]);
          if (allowed.includes(to)) {
            expect(status).to.equal(200);
            expect(body.data.status).to.equal(to);
          } else {
            expect(status).to.equal(409);
            expect(body).to.include({ code: 'TICKET_TRANSITION_NOT_ALLOWED', current: from });
            expect(body.allowed).to.deep.equal(allowed);
          }
        });
      }
    }
  }

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

  it('when fifty edit with the same If-Match, then one wins and 49 get 412', async () => {
    const { id, version } = await ticketIn('OPEN');
    const edits = Array.from({ length: 50 }, (_, index) =>
      bench.api.put(`/tickets/${id}`, { title: `Title ${index}` }, { ...people.agent, headers: { 'if-match': `"${version}"` } }),
    );
    const statuses = (await Promise.all(edits)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).to.have.length(1);
    expect(statuses.filter((status) => status === 412)).to.have.length(49);
  });

  it('when reopened, then the outcome is gone from the ticket and stays in the timeline', async () => {
    const { id } = await ticketIn('RESOLVED');
    const { body } = await patch(id, { status: 'IN_PROGRESS', reason: 'It came back' }, people.agent);
    expect(body.data).not.to.have.any.keys('resolution', 'resolvedAt', 'closedAt');
    const { activities } = await bench.read(people.agent, id);
    expect(activities.slice(-2).map(({ body: text }) => text)).to.deep.equal(['New drive', 'It came back']);
  });
});
