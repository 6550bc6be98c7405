import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

interface Result {
  readonly id: string;
  readonly outcome: string;
  readonly version?: number;
  readonly code?: string;
}
interface Results {
  readonly id: string;
  readonly results: readonly Result[];
  readonly done: number;
}

describe('POST /tickets/bulk', () => {
  let bench: Bench;
  let rosa: Person;
  let elena: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '3' } });
    [rosa, elena, agent] = [await bench.customer(), await bench.technician(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const bulk = (ticketIds: readonly string[], action: unknown, by = agent, headers = {}) =>
    bench.api.post<Results>('/tickets/bulk', { ticketIds, action }, { ...by, headers });
  const outcomes = async (...args: Parameters<typeof bulk>): Promise<readonly (string | undefined)[]> => {
    const { status, body, text } = await bulk(...args);
    expect(status, text).to.equal(200);
    expect(body.data.results.map(({ id }) => id)).to.deep.equal(args[0]);
    return body.data.results.map(({ outcome, code }) => code ?? outcome);
  };
  const open = (count: number): Promise<TicketView[]> => Promise.all(Array.from({ length: count }, () => bench.open(rosa)));
  const ids = (tickets: readonly TicketView[]): string[] => tickets.map(({ id }) => id);

  it('when the priority of many is changed, then each by itself, with its entry and its event', async () => {
    const tickets = await open(4);
    const { body } = await bulk(ids(tickets), { type: 'PRIORITY', priority: 'CRITICAL' });
    expect(body.data.done).to.equal(4);
    for (const { id, version } of body.data.results) {
      const ticket = await bench.read(rosa, id);
      expect(ticket).to.include({ priority: 'CRITICAL', version });
      expect(ticket.activities.at(-1)?.metadata?.changes).to.deep.equal({ priority: { from: 'HIGH', to: 'CRITICAL' } });
    }
    expect((await bench.events()).filter(({ type }) => type === 'ticket-updated')).to.have.length(4);
    expect(await outcomes(ids(tickets), { type: 'PRIORITY', priority: 'CRITICAL' })).to.deep.equal(Array(4).fill('UNCHANGED'));
  });

  it('when some cannot be changed, then the others are, and each says why', async () => {
    const [done, open_, merged, into] = await open(4);
    await bench.api.patch(`/tickets/${done!.id}/status`, { status: 'CLOSED' }, agent);
    await bench.api.post(`/tickets/${merged!.id}/merge`, { intoTicketId: into!.id }, agent);
    const all = [done!.id, open_!.id, merged!.id, randomUUID()];
    expect(await outcomes(all, { type: 'STATUS', status: 'RESOLVED', resolution: 'New cable' })).to.deep.equal([
      'TICKET_TRANSITION_NOT_ALLOWED',
      'DONE',
      'TICKET_MERGED',
      'TICKET_NOT_FOUND',
    ]);
    expect(await bench.read(agent, open_!.id)).to.include({ status: 'RESOLVED', resolution: 'New cable' });
    expect((await outcomes(all.slice(0, 2), { type: 'STATUS', status: 'CLOSED' }))[0]).to.equal('UNCHANGED');
  });

  it('when many are assigned, unassigned and assigned again, then places and queue follow', async () => {
    const tickets = await open(3);
    const marco = await bench.technician();
    expect(await outcomes(ids(tickets), { type: 'ASSIGN', technicianId: marco.user.id })).to.deep.equal(['DONE', 'DONE', 'DONE']);
    expect((await bench.open(rosa)).assignedToUserId).to.equal(elena.caller.userId);
    expect(await outcomes(ids(tickets), { type: 'ASSIGN', technicianId: marco.user.id })).to.deep.equal(Array(3).fill('UNCHANGED'));
    expect(await outcomes(ids(tickets), { type: 'ASSIGN', technicianId: null, reason: 'Training' })).to.deep.equal(Array(3).fill('DONE'));
    expect((await bench.api.get('/tickets?unassigned=true', agent)).body.pagination.totalCount).to.equal(3);
    expect(await outcomes(ids(tickets), { type: 'ASSIGN', technicianId: randomUUID() })).to.deep.equal(
      Array(3).fill('TECHNICIAN_NOT_FOUND'),
    );
  });

  it('when a technician does it, then only their own tickets change, and assigning is 403', async () => {
    const [mine] = await open(1);
    const marco = await bench.technician({ skills: ['NETWORK'] });
    const theirs = await bench.open(rosa, { category: 'NETWORK' });
    await bench.api.post(`/tickets/${theirs.id}/assign`, { technicianId: marco.user.id }, agent);
    const queued = await bench.open(rosa);
    await bench.api.post(`/tickets/${queued.id}/assign`, { technicianId: null }, agent);
    expect(await outcomes([mine!.id, theirs.id, queued.id], { type: 'STATUS', status: 'IN_PROGRESS' }, elena)).to.deep.equal([
      'DONE',
      'TICKET_NOT_FOUND',
      'TICKET_NOT_ASSIGNED_TO_YOU',
    ]);
    expect((await bulk([mine!.id], { type: 'ASSIGN', technicianId: null }, elena)).status).to.equal(403);
    expect((await bulk([mine!.id], { type: 'STATUS', status: 'CLOSED' }, rosa)).status).to.equal(403);
    const { tenantId: _, ...rest } = bench.person('SUPER_ADMIN', { tenantId: 'another' }).caller;
    const stranger = bench.person('SUPER_ADMIN', { ...rest, tenantId: 'another' });
    expect(await outcomes([mine!.id], { type: 'PRIORITY', priority: 'LOW' }, stranger)).to.deep.equal(['TICKET_NOT_FOUND']);
  });

  it('when the body is wrong, then 422 with every fault and nothing is done', async () => {
    const [ticket] = await open(1);
    const paths = async (body: unknown): Promise<readonly string[]> => {
      const answer = await bench.api.post('/tickets/bulk', body, agent);
      expect(answer.status).to.equal(422);
      return answer.body.errors.map(({ path }) => path);
    };
    expect(await paths({ ticketIds: [], action: { type: 'STATUS' }, force: true })).to.have.members([
      'ticketIds',
      'action.status',
      'force',
    ]);
    expect(await paths({ ticketIds: [ticket!.id, ticket!.id], action: { type: 'STATUS', status: 'RESOLVED' } })).to.have.members([
      'ticketIds.1',
      'action.resolution',
    ]);
    expect(await paths({ ticketIds: [ticket!.id], action: { type: 'PRIORITY', technicianId: null } })).to.have.members([
      'action.priority',
      'action.technicianId',
    ]);
    expect(await paths({ ticketIds: Array.from({ length: 101 }, () => randomUUID()), action: { type: 'DELETE' } })).to.include('ticketIds');
    expect((await bench.read(agent, ticket!.id)).version).to.equal(ticket!.version);
  });

  it('when the same Idempotency-Key comes twice, then it is done once and answered alike', async () => {
    const tickets = await open(5);
    const headers = { 'idempotency-key': 'close-them' };
    const [first, second] = [
      await bulk(ids(tickets), { type: 'STATUS', status: 'IN_PROGRESS' }, agent, headers),
      await bulk(ids(tickets), { type: 'STATUS', status: 'IN_PROGRESS' }, agent, headers),
    ];
    expect(second.body.data).to.deep.equal(first.body.data);
    const { activities } = await bench.read(agent, tickets[0]!.id);
    expect(activities.filter(({ type }) => type === 'STATUS_CHANGE')).to.have.length(1);
  });

  it('when a hundred are changed at once by two, then each has exactly one winner', async () => {
    const tickets = await open(30);
    const [closed, resolved] = await Promise.all([
      bulk(ids(tickets), { type: 'STATUS', status: 'CLOSED' }),
      bulk(ids(tickets), { type: 'STATUS', status: 'RESOLVED', resolution: 'Done' }),
    ]);
    for (const [index, { id }] of tickets.entries()) {
      expect(closed.body.data.results[index]?.outcome).to.equal('DONE');
      const { status, activities } = await bench.read(agent, id);
      expect(status).to.equal('CLOSED');
      const wasResolved = resolved.body.data.results[index]?.outcome === 'DONE';
      expect(activities.filter(({ type }) => type === 'RESOLUTION')).to.have.length(wasResolved ? 1 : 0);
    }
  });
});
