import type { TicketStep } from '@riparo/shared/contracts/exported-tickets';
import { RepairCompleted, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import {
  TicketClosed,
  TicketOpened,
  TicketResolved,
  TicketStatusChanged,
  type PublishedTicket,
} from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { buildTicket, startBench, type Bench } from './bench.js';
import { createOwners, type Owners } from './owners.js';
import { euro } from './workshop.js';

interface RebuildView {
  readonly id: string;
  readonly status: string;
  readonly ticketCount: number;
  readonly repairCount: number;
  readonly sheetCount: number;
}

describe('Rebuilding reports', () => {
  let bench: Bench;
  let owner: Owners;
  let tina: string;
  let tom: string;
  beforeEach(async () => {
    owner = createOwners();
    bench = await startBench(owner.clients);
    [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
    bench.world.clock.set('2026-03-20T10:00:00.000Z');
  });
  afterEach(() => bench.stop());

  const on = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T12:00:00.000Z`;

  /** Resolved, reopened, resolved by another and closed: told by events and by its timeline. */
  const lived = async (part: Partial<PublishedTicket> = {}): Promise<PublishedTicket> => {
    const ticket = buildTicket({ createdAt: on(1), slaDueAt: on(4), ...part });
    const resolved = (at: string, by: string) =>
      ({ ...ticket, status: 'RESOLVED', stage: 'RESOLVED', resolvedAt: at, resolvedByUserId: by }) as const;
    const closed = { ...resolved(on(7), tom), status: 'CLOSED', stage: 'CLOSED', closedAt: on(9) } as const;
    const { world } = bench;
    const origin = (version: number) => ({ subject: ticket.id, version });
    const moved = { from: 'IN_PROGRESS', to: 'RESOLVED' } as const;
    await world.publish(TicketOpened, { ticket, at: on(1) }, origin(1));
    await world.publish(TicketResolved, { ticket: resolved(on(3), tina), at: on(3), actorUserId: tina, ...moved }, origin(2));
    const again = {
      ticket: { ...ticket, status: 'IN_PROGRESS' as const },
      at: on(5),
      from: 'RESOLVED' as const,
      to: 'IN_PROGRESS' as const,
    };
    await world.publish(TicketStatusChanged, again, origin(3));
    await world.publish(TicketResolved, { ticket: resolved(on(7), tom), at: on(7), actorUserId: tom, ...moved }, origin(4));
    await world.publish(TicketClosed, { ticket: closed, at: on(9), from: 'RESOLVED', to: 'CLOSED' }, origin(5));
    const steps: readonly TicketStep[] = [
      { kind: 'RESOLVED', at: on(3), actorUserId: tina, resolution: 'Done' },
      { kind: 'STATUS_CHANGED', at: on(5), from: 'RESOLVED', to: 'IN_PROGRESS' },
      { kind: 'RESOLVED', at: on(7), actorUserId: tom, resolution: 'Done' },
      { kind: 'CLOSED', at: on(9) },
    ];
    owner.has('tickets', ticket.id, { ticket: closed, version: 5, steps });
    return ticket;
  };

  const repaired = async (): Promise<PublishedRepair> => {
    const outcome = { type: 'COMPLETED', description: 'Done', amount: euro(10_000), decidedAt: on(6), decidedByUserId: tina } as const;
    const payments = [{ id: crypto.randomUUID(), method: 'CASH' as const, amount: euro(10_000), at: on(7) }];
    const repair = buildPublishedRepair({
      createdAt: on(2),
      status: 'COMPLETED',
      outcome,
      amountDue: euro(10_000),
      amountPaid: euro(10_000),
      payments,
    });
    await bench.world.publish(RepairCompleted, { repair, at: on(6) }, { subject: repair.id, version: 4 });
    owner.has('repairs', repair.id, { repair, version: 4, steps: [] });
    return repair;
  };

  const figures = async () => {
    const read = (path: string) => bench.report<object>(`/reports/${path}from=2026-03-01&to=2026-04-01`);
    return Promise.all(['tickets?', 'technicians?', 'repairs/summary?', 'payments?'].map(read));
  };
  const admin = () => bench.world.tokenFor({ role: 'ADMIN' });
  const rebuilt = async (): Promise<RebuildView> => {
    expect((await bench.api.post('/reports/rebuild', {}, { token: admin() })).status).to.equal(202);
    await bench.rebuild();
    return (await bench.api.get<RebuildView>('/reports/rebuild', { token: admin() })).body.data;
  };
  const collection = (name: string) => bench.world.platform.connection.collection<{ _id: string } & Record<string, unknown>>(name);

  it('when nothing is wrong, then a rebuild changes no figure, however often', async () => {
    await lived();
    await repaired();
    const before = await figures();
    for (let time = 0; time < 2; time++)
      expect(await rebuilt()).to.include({ status: 'FINISHED', ticketCount: 1, repairCount: 1, sheetCount: 6 });
    expect(await figures()).to.deep.equal(before);
  });

  it('when copies, outcomes, payments and sheets were lost, then a rebuild gives the same again', async () => {
    await lived();
    await lived({ ticketNumber: 'T2' });
    await repaired();
    const before = await figures();
    for (const name of ['tickets', 'outcomes', 'repairs', 'cash_movements', 'day_sheets', 'counted', 'countings'])
      await collection(name).deleteMany({});
    expect(await figures()).to.not.deep.equal(before);
    await rebuilt();
    expect(await figures()).to.deep.equal(before);
  });

  it('when what is kept is wrong, then a rebuild puts it right', async () => {
    const ticket = await lived();
    await repaired();
    const before = await figures();
    await collection('outcomes').updateMany({ type: 'RESOLVED' }, { $set: { at: new Date(on(15)) } });
    await collection('repairs').updateMany({}, { $set: { 'outcome.revenue': euro(1), 'outcome.technicianId': tom } });
    await collection('tickets').updateMany({}, { $set: { priority: 'LOW', uncounted: 'default/again' } });
    expect(await figures()).to.not.deep.equal(before);
    await collection('day_sheets').updateMany({ _id: /tickets/ }, { $set: { counts: '{"opened":7}' } });
    await rebuilt();
    expect(await figures()).to.deep.equal(before);
    // An event of before, which comes again, counts no second time beside what its timeline told.
    await bench.world.publish(
      TicketResolved,
      {
        ...{ ticket: { ...ticket, status: 'RESOLVED', stage: 'RESOLVED', resolvedAt: on(3), resolvedByUserId: tina }, at: on(3) },
        ...{ from: 'IN_PROGRESS', to: 'RESOLVED' },
      },
      { subject: ticket.id, version: 2 },
    );
    expect(await figures()).to.deep.equal(before);
  });

  it('when a rebuild takes a resolution away, then the one before it is the last, and listed again', async () => {
    const ticket = await lived();
    await repaired();
    const before = await figures();
    const last = await collection('outcomes').findOne({ ticketId: ticket.id, at: new Date(on(7)) });
    await collection('outcomes').insertOne({ ...last, _id: 'wrong', at: new Date(on(11)), version: 9, uncounted: 'wrong' });
    expect(await figures()).to.not.deep.equal(before);
    await rebuilt();
    expect(await figures()).to.deep.equal(before);
  });

  it('when the owner is away in between, then a rebuild goes on where it was', async () => {
    for (let n = 0; n < 55; n++) await lived({ ticketNumber: `T${n}` });
    await repaired();
    const before = await figures();
    await collection('outcomes').deleteMany({});
    owner.state.answers = 11;
    await bench.api.post('/reports/rebuild', {}, { token: admin() });
    await bench.rebuild().catch((error: unknown) => expect(error).to.include({ kind: 'unavailable' }));
    owner.state.answers = Infinity;
    await bench.rebuild();
    const { body } = await bench.api.get<RebuildView>('/reports/rebuild', { token: admin() });
    expect(body.data).to.include({ status: 'FINISHED', ticketCount: 55, repairCount: 1 });
    expect(await figures()).to.deep.equal(before);
  });

  it('when somebody other than an administrator starts one, then 403, and before the first 404', async () => {
    expect((await bench.api.post('/reports/rebuild', {}, { token: bench.token })).status).to.equal(403);
    expect((await bench.api.get('/reports/rebuild', { token: admin() })).status).to.equal(404);
  });
});
