import { expect } from 'chai';
import type { ExportedTicket, TicketStep } from '@riparo/shared/contracts/exported-tickets';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { ExportedAppointment } from '@riparo/shared/contracts/exported-appointments';
import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import { at, booked, MONDAY } from '../appointment/appointment.builder.js';
import { startBench, type Bench } from '../bench.js';
import { opened } from '../repair/repair.builder.js';

interface Told {
  readonly ticket: PublishedTicket;
  readonly at: string;
  readonly actorUserId?: string;
  readonly from?: string;
  readonly to?: string;
}

/** What the events of a ticket said, in the words of its steps. */
const stepOf = (type: string, { ticket, at, actorUserId, from, to }: Told): readonly TicketStep[] => {
  const common = { at, ...(actorUserId === undefined ? {} : { actorUserId }) };
  if (type === 'ticket-assigned') return [{ ...common, kind: 'ASSIGNED', technicianId: ticket.assignedToUserId! }];
  if (type === 'ticket-status-changed') return [{ ...common, kind: 'STATUS_CHANGED', from: from!, to: to! }];
  if (type === 'ticket-resolved') return [{ ...common, kind: 'RESOLVED', resolution: ticket.resolution! }];
  return type === 'ticket-closed' ? [{ ...common, kind: 'CLOSED' }] : [];
};

describe('GET /internal/tickets', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  const ask = async (query = ''): Promise<readonly ExportedTicket[]> => {
    const headers = { authorization: `Bearer ${bench.test.platform.serviceTokens.mint()}` };
    const response = await fetch(`${bench.baseUrl}/internal/tickets${query}`, { headers });
    expect(response.status).to.equal(200);
    return ((await response.json()) as { data: readonly ExportedTicket[] }).data;
  };

  it('when a ticket is exported, then its steps are those of its events, without internal notes', async () => {
    const elena = await bench.technician();
    const [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const { id } = await bench.open(rosa);
    const act = async (send: () => Promise<{ status: number; text: string }>) => {
      bench.test.clock.advance(60_000);
      const { status, text } = await send();
      expect(status, text).to.be.below(300);
    };
    const status = (by: typeof agent, body: object) => () => bench.api.patch(`/tickets/${id}/status`, body, by);
    await act(() => bench.api.post(`/tickets/${id}/accept`, {}, elena));
    await act(() => bench.api.post(`/tickets/${id}/notes`, { body: 'Smells burnt.', isInternal: true }, elena));
    await act(status(elena, { status: 'RESOLVED', resolution: 'New fan' }));
    await act(() => bench.api.post(`/tickets/${id}/reply`, { body: 'Still broken.' }, rosa));
    await act(status(elena, { status: 'RESOLVED', resolution: 'New board' }));
    await act(status(agent, { status: 'CLOSED' }));
    const told = (await bench.events()).flatMap(({ type, data }) => stepOf(type, data as unknown as Told));
    expect(told.map(({ kind }) => kind)).to.include.members(['ASSIGNED', 'STATUS_CHANGED', 'RESOLVED', 'CLOSED']);
    const [exported] = await ask();
    expect(exported!.steps).to.deep.equal(told);
    expect(exported!.ticket).to.include({ id, status: 'CLOSED' });
    expect(exported!.version).to.equal((await bench.read(agent, id)).version);
    expect(JSON.stringify(exported)).to.not.include('burnt');
  });

  it('when a ticket changed its device and was merged, then the steps tell of it, and of the undoing', async () => {
    const [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const [one, two] = [await bench.asset({ customerId: rosa.customer.id }), await bench.asset({ customerId: rosa.customer.id })];
    const [source, target] = [await bench.open(rosa, { assetId: one.id }), await bench.open(rosa)];
    await bench.api.post(`/tickets/${source.id}/attach-asset`, { assetId: two.id }, agent);
    await bench.api.post(`/tickets/${source.id}/merge`, { intoTicketId: target.id }, agent);
    await bench.api.post(`/tickets/${source.id}/unmerge`, undefined, agent);
    const exported = (await ask()).find(({ ticket }) => ticket.id === source.id)!;
    expect(exported.steps.map(({ kind, from, to }) => [kind, from, to])).to.deep.equal([
      ['LINKED', one.id, two.id],
      ['MERGED', undefined, target.ticketNumber],
      ['UNMERGED', target.ticketNumber, undefined],
    ]);
  });

  it('when services ask, then tickets come page by page, of one tenant, and users get 401', async () => {
    const rosa = await bench.customer();
    const ids = [];
    for (let count = 0; count < 5; count++) ids.push((await bench.open(rosa)).id);
    const seen: string[] = [];
    for (;;) {
      const page = await ask(`?limit=2${seen.length === 0 ? '' : `&after=${seen.at(-1)}`}`);
      if (page.length === 0) break;
      seen.push(...page.map(({ ticket }) => ticket.id));
    }
    expect(seen).to.deep.equal([...ids].sort());
    expect(await ask('?tenantId=elsewhere')).to.deep.equal([]);
    const headers = { authorization: `Bearer ${bench.person('SUPER_ADMIN').token}` };
    expect((await fetch(`${bench.baseUrl}/internal/tickets`, { headers })).status).to.equal(401);
  });
});

/** What other services ask this one for when they make their copies anew. */
const exported = async <T>(bench: Bench, what: string): Promise<readonly T[]> => {
  const headers = { authorization: `Bearer ${bench.test.platform.serviceTokens.mint()}` };
  const response = await fetch(`${bench.baseUrl}/internal/${what}`, { headers });
  expect(response.status).to.equal(200);
  return ((await response.json()) as { data: readonly T[] }).data;
};

describe('GET /internal/repairs', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  it('when a repair is exported, then its steps are those of its events, without internal notes', async () => {
    const elena = await bench.technician();
    const [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const { id } = await opened(bench, rosa);
    const act = async (by: typeof agent, action: string, body: object, method: 'post' | 'patch' = 'post') => {
      bench.test.clock.advance(60_000);
      const { status, text } = await bench.api[method](`/repairs/${id}/${action}`, body, by);
      expect(status, text).to.be.below(300);
    };
    await act(elena, 'take', {});
    await act(elena, 'notes', { body: 'Smells burnt.', isInternal: true });
    await act(elena, 'status', { status: 'AWAITING_PARTS' }, 'patch');
    await act(elena, 'status', { status: 'IN_PROGRESS' }, 'patch');
    await act(elena, 'complete', { description: 'New board', amount: 4_990 });
    await act(agent, 'ready', {});
    await act(agent, 'waive', { reason: 'Our mistake' });
    await act(agent, 'collect', { collectedBy: 'Rosa' });
    const told = (await bench.events()).flatMap(({ type, data }): readonly object[] => {
      const { at: when, actorUserId, from, to, repair } = data as unknown as ExportedRepair['steps'][number] & ExportedRepair;
      const common = { at: when, actorUserId };
      if (type === 'repair-assigned') return [{ ...common, kind: 'ASSIGNED', technicianId: repair.assignedToUserId }];
      // What the work ended with is told by the outcome.
      return type === 'repair-status-changed' && to !== 'COMPLETED' ? [{ ...common, kind: 'STATUS_CHANGED', from, to }] : [];
    });
    expect(told).to.have.length(6);
    const [found] = await exported<ExportedRepair>(bench, 'repairs');
    expect(found?.steps).to.deep.equal(told);
    expect(found?.repair).to.include({ id, status: 'CLOSED', collectedBy: 'Rosa' });
    expect(JSON.stringify(found)).to.not.include('burnt');
  });
});

describe('GET /internal/appointments', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
  });
  afterEach(() => bench.stop());

  it('when an appointment is exported, then its events are as they were published', async () => {
    await bench.technician();
    const [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    const { id } = await booked(bench, rosa, await bench.open(rosa));
    expect((await bench.api.patch(`/appointments/${id}`, at('2026-03-04', '10:00'), agent)).status).to.equal(200);
    expect((await bench.api.patch(`/appointments/${id}`, { status: 'CANCELLED', reason: 'Ill' }, agent)).status).to.equal(200);
    await bench.test.idle();
    const published = bench.test.published.filter(({ subject }) => subject === id);
    expect(published.map(({ type }) => type.replace(/^.*appointment-|\.v1$/g, ''))).to.deep.equal(['booked', 'rescheduled', 'cancelled']);
    const [found] = await exported<ExportedAppointment>(bench, 'appointments');
    expect(found).to.deep.equal({ id, events: published });
  });
});
