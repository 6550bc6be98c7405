import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import {
  TicketAssigned,
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketResolved,
  TicketStatusChanged,
  TicketUnmerged,
  TicketUpdated,
  type PublishedTicket,
} from '@riparo/shared/contracts/tickets.events';
import { buildTicket, startBench, type Bench, type Somebody } from './bench.js';

interface Figures {
  readonly id: string;
  readonly openTicketCount: number;
  readonly totalTicketCount: number;
  readonly lastTicketAt?: string;
  readonly lastServiceAt?: string;
  readonly recentTickets: readonly { readonly ticketNumber: string; readonly status: string }[];
}
interface Entry {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly by?: { readonly id: string; readonly name?: string };
  readonly resolution?: string;
  readonly from?: string;
  readonly to?: string;
}

describe('A device follows its tickets', () => {
  let bench: Bench;
  let rossi: Somebody;
  let assetId: string;
  before(async () => (bench = await startBench()));
  after(() => bench.stop());
  beforeEach(async () => {
    rossi = await bench.customer();
    assetId = await bench.asset(rossi);
  });

  const figures = async (id = assetId) => (await bench.api.get<Figures>(`/assets/${id}`, { token: rossi.token })).body.data;
  const history = async (token = rossi.token) => {
    await bench.world.idle();
    return (await bench.api.get<Entry[]>(`/assets/${assetId}/history`, { token })).body.data;
  };
  const ticket = (part: Partial<PublishedTicket> = {}) => buildTicket({ assetId, customerId: rossi.customerId, ...part });
  const tell = {
    opened: (it: PublishedTicket, version = 1) =>
      bench.world.publish(TicketOpened, { ticket: it, actorUserId: it.createdByUserId }, { subject: it.id, version }),
    resolved: (it: PublishedTicket, version: number) =>
      bench.world.publish(TicketResolved, { ticket: it, from: 'IN_PROGRESS', to: 'RESOLVED' }, { subject: it.id, version }),
  };
  const resolved = (it: PublishedTicket): PublishedTicket => ({
    ...it,
    status: 'RESOLVED',
    stage: 'RESOLVED',
    resolution: 'Replaced hard drive',
    resolvedAt: '2026-03-03T15:00:00.000Z',
    resolvedByUserId: randomUUID(),
  });

  it('when tickets are opened and resolved, then open ones, all and the last service are counted', async () => {
    const [one, two] = [ticket(), ticket({ ticketNumber: 'TKT-2026-002', createdAt: '2026-03-03T09:00:00.000Z' })];
    await tell.opened(one);
    await tell.opened(two);
    expect(await figures()).to.include({ openTicketCount: 2, totalTicketCount: 2, lastTicketAt: two.createdAt });
    await tell.resolved(resolved(one), 2);
    const after = await figures();
    expect(after).to.include({ openTicketCount: 1, totalTicketCount: 2, lastServiceAt: '2026-03-03T15:00:00.000Z' });
    expect(after.recentTickets.map(({ ticketNumber, status }) => [ticketNumber, status])).to.deep.equal([
      ['TKT-2026-002', 'OPEN'],
      ['TKT-2026-001', 'RESOLVED'],
    ]);
    const { body } = await bench.api.get<Figures[]>('/assets', { token: rossi.token });
    expect(body.data[0]).to.include({ openTicketCount: 1, totalTicketCount: 2 });
  });

  it('when events come twice or in the wrong order, then the figures are right', async () => {
    const it = ticket();
    await tell.resolved(resolved(it), 2);
    await tell.opened(it, 1);
    await tell.resolved(resolved(it), 2);
    await tell.opened(it, 1);
    expect(await figures()).to.include({ openTicketCount: 0, totalTicketCount: 1, lastServiceAt: '2026-03-03T15:00:00.000Z' });
    expect((await history()).map(({ type }) => type)).to.deep.equal(['TICKET_RESOLVED', 'REGISTERED', 'TICKET_OPENED']);
  });

  it('when a ticket is merged into another, then it does not count until that is undone', async () => {
    const [one, two] = [ticket(), ticket({ ticketNumber: 'TKT-2026-002' })];
    await tell.opened(one);
    await tell.opened(two);
    const into = { id: one.id, ticketNumber: one.ticketNumber };
    const merged = { ...two, status: 'CLOSED', stage: 'CLOSED', closedAt: '2026-03-03T10:00:00.000Z', mergedIntoId: one.id } as const;
    await bench.world.publish(TicketMerged, { ticket: merged, into }, { subject: two.id, version: 2 });
    expect(await figures()).to.include({ openTicketCount: 1, totalTicketCount: 1 });
    await bench.world.publish(TicketUnmerged, { ticket: two, from: into }, { subject: two.id, version: 3 });
    expect(await figures()).to.include({ openTicketCount: 2, totalTicketCount: 2 });
    const told = (await history()).filter(({ type }) => type.includes('MERGED') || type === 'TICKET_CLOSED');
    expect(told.map(({ type, from, to }) => [type, from ?? to])).to.have.deep.members([
      ['TICKET_UNMERGED', one.ticketNumber],
      ['TICKET_MERGED', one.ticketNumber],
    ]);
  });

  it('when a ticket is moved to another device, then it counts there', async () => {
    const other = await bench.asset(rossi);
    const it = ticket();
    await tell.opened(it);
    await bench.world.publish(TicketUpdated, { ticket: { ...it, assetId: other } }, { subject: it.id, version: 2 });
    expect(await figures()).to.include({ totalTicketCount: 0 });
    expect(await figures(other)).to.include({ totalTicketCount: 1, openTicketCount: 1 });
  });

  it('when the device has a later owner, then they see no earlier ticket, and staff see all', async () => {
    await tell.opened(ticket());
    const bianchi = await bench.customer();
    const { token } = bench.staff();
    const body = { customerId: bianchi.customerId, locationId: await bench.location(bianchi) };
    await bench.api.post(`/assets/${assetId}/transfer`, body, { token });
    const seenBy = async (by: string) => {
      const detail = (await bench.api.get<Figures>(`/assets/${assetId}`, { token: by })).body.data;
      const row = (await bench.api.get<Figures[]>(`/assets?customerId=${bianchi.customerId}`, { token: by })).body.data[0];
      return [detail.totalTicketCount, detail.recentTickets.length, row?.totalTicketCount];
    };
    expect(await seenBy(bianchi.token)).to.deep.equal([0, 0, 0]);
    expect(await seenBy(token)).to.deep.equal([1, 1, 1]);
  });

  it('when there are seven tickets, then recentTickets are the last five', async () => {
    for (let n = 1; n <= 7; n++) await tell.opened(ticket({ ticketNumber: `T${n}`, createdAt: `2026-03-0${n}T09:00:00.000Z` }));
    expect((await figures()).recentTickets.map(({ ticketNumber }) => ticketNumber)).to.deep.equal(['T7', 'T6', 'T5', 'T4', 'T3']);
  });

  describe('GET /assets/:id/history', () => {
    it('when a ticket goes its way, then the history tells it, newest first, with who', async () => {
      const tech = randomUUID();
      await bench.world.publish(
        UserUpdated,
        { user: { id: tech, email: 't@example.test', name: 'Tina', role: 'TECH', status: 'ACTIVE', skills: [], removed: false } },
        { subject: tech },
      );
      const it = ticket({ createdAt: '2026-03-02T11:00:00.000Z' });
      await tell.opened(it);
      bench.world.clock.set('2026-03-02T11:01:00.000Z');
      const assigned = { ...it, assignedToUserId: tech };
      await bench.world.publish(TicketAssigned, { ticket: assigned }, { subject: it.id, version: 2 });
      bench.world.clock.set('2026-03-02T12:00:00.000Z');
      await bench.world.publish(
        TicketStatusChanged,
        { ticket: { ...assigned, status: 'IN_PROGRESS', stage: 'IN_PROGRESS' }, from: 'OPEN', to: 'IN_PROGRESS', actorUserId: tech },
        { subject: it.id, version: 3 },
      );
      const done = { ...resolved(assigned), resolvedByUserId: tech };
      await tell.resolved(done, 4);
      await bench.world.publish(
        TicketClosed,
        { ticket: { ...done, status: 'CLOSED', closedAt: '2026-03-04T10:00:00.000Z' }, from: 'RESOLVED', to: 'CLOSED' },
        { subject: it.id, version: 5 },
      );
      const entries = await history();
      expect(entries.map(({ type }) => type)).to.deep.equal([
        'TICKET_CLOSED',
        'TICKET_RESOLVED',
        'TICKET_STATUS_CHANGED',
        'TICKET_ASSIGNED',
        'TICKET_OPENED',
        'REGISTERED',
      ]);
      expect(entries[1]).to.deep.include({ by: { id: tech, name: 'Tina' }, resolution: 'Replaced hard drive' });
      expect(entries[2]).to.deep.include({ by: { id: tech, name: 'Tina' }, from: 'OPEN', to: 'IN_PROGRESS' });
    });

    it('when the device moves and retires, then the history tells it once, page by page', async () => {
      const depot = await bench.location(rossi, { name: 'Depot' });
      await bench.api.put(`/assets/${assetId}`, { locationId: depot }, { token: rossi.token });
      await bench.api.delete(`/assets/${assetId}`, { token: rossi.token });
      await bench.world.idle();
      const entries = await history();
      expect(entries.map(({ type }) => type)).to.have.members(['STATUS_CHANGED', 'MOVED', 'REGISTERED']);
      expect(entries.find(({ type }) => type === 'MOVED')).to.include({ to: depot, fromName: 'Main Office', toName: 'Depot' });
      const { body } = await bench.api.get<Entry[]>(`/assets/${assetId}/history?page=2&pageSize=2`, { token: rossi.token });
      expect(body.pagination).to.deep.equal({ page: 2, pageSize: 2, totalPages: 2, totalCount: 3 });
      expect(body.data).to.have.length(1);
    });
  });
});
