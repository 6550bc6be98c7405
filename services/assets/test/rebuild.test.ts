import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  AppointmentBooked,
  AppointmentReminderDue,
  AppointmentStatusChanged,
  AppointmentVehicleChanged,
  type PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import type { ExportedAppointment } from '@riparo/shared/contracts/exported-appointments';
import type { ExportedRepair } from '@riparo/shared/contracts/exported-repairs';
import type { ExportedTicket } from '@riparo/shared/contracts/exported-tickets';
import { RepairAssigned, RepairCompleted, RepairReceived, RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import {
  TicketAssigned,
  TicketMerged,
  TicketOpened,
  TicketResolved,
  TicketStatusChanged,
  type PublishedTicket,
} from '@riparo/shared/contracts/tickets.events';
import type { ExportedWorkReport } from '@riparo/shared/contracts/exported-work-reports';
import { WorkReportClosed } from '@riparo/shared/contracts/work-reports.events';
import { buildWorkReport } from '@riparo/shared/testing/published-work-report';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import { unavailable } from '@riparo/shared/errors/common-errors';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { buildTicket, startBench, type Bench, type Somebody } from './bench.js';

interface Entry {
  readonly id: string;
  readonly type: string;
}
interface RebuildView {
  readonly id: string;
  readonly status: string;
  readonly ticketCount: number;
  readonly repairCount: number;
  readonly appointmentCount: number;
  readonly workReportCount: number;
  readonly finishedAt?: string;
}

/** The tickets service as far as it is asked here; it is away after so many `answers`. */
const source = () => {
  const told: ExportedTicket[] = [];
  const repairs: ExportedRepair[] = [];
  const appointments: ExportedAppointment[] = [];
  const workReports: ExportedWorkReport[] = [];
  const asked: { readonly pathname: string; readonly query: URLSearchParams }[] = [];
  const state = { answers: Infinity };
  const client: InternalClient = {
    get: async <T>(path: string): Promise<T> => {
      const { searchParams, pathname } = new URL(path, 'http://tickets');
      if (state.answers-- <= 0) throw unavailable('The tickets service');
      asked.push({ pathname, query: searchParams });
      const after = searchParams.get('after') ?? '';
      const all: Readonly<Record<string, readonly { readonly each: unknown; readonly id: string }[]>> = {
        '/internal/tickets': told.map((each) => ({ each, id: each.ticket.id })),
        '/internal/repairs': repairs.map((each) => ({ each, id: each.repair.id })),
        '/internal/appointments': appointments.map((each) => ({ each, id: each.id })),
        '/internal/work-reports': workReports.map((each) => ({ each, id: each.workReport.id })),
      };
      const sorted = [...(all[pathname] ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => id > after);
      return sorted.slice(0, Number(searchParams.get('limit'))).map(({ each }) => each) as T;
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  return { told, repairs, appointments, workReports, asked, state, client };
};

describe('Rebuilding figures and histories', () => {
  let bench: Bench;
  let tickets: ReturnType<typeof source>;
  let rossi: Somebody;
  let assetId: string;
  let admin: string;
  beforeEach(async () => {
    tickets = source();
    bench = await startBench({ parts: { tickets: tickets.client } });
    rossi = await bench.customer();
    assetId = await bench.asset(rossi);
    admin = bench.staff('ADMIN').token;
  });
  afterEach(() => bench.stop());

  const [OPENED, GIVEN, BEGUN, RESOLVED, REOPENED, AGAIN] = [1, 2, 3, 4, 5, 6].map((hour) => `2026-03-01T0${hour}:00:00.000Z`) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const tech = randomUUID();

  /** A ticket that is resolved, reopened and resolved again: told by events and by its timeline. */
  const lived = async (part: Partial<PublishedTicket> = {}): Promise<PublishedTicket> => {
    const it = buildTicket({ assetId, customerId: rossi.customerId, createdAt: OPENED, ...part });
    const given = { ...it, assignedToUserId: tech };
    const resolved = (at: string, resolution: string) =>
      ({ ...given, status: 'RESOLVED', stage: 'RESOLVED', resolution, resolvedAt: at, resolvedByUserId: tech }) as const;
    const { world } = bench;
    const subject = it.id;
    await world.publish(TicketOpened, { ticket: it, at: OPENED, actorUserId: it.createdByUserId }, { subject, version: 1 });
    await world.publish(TicketAssigned, { ticket: given, at: GIVEN }, { subject, version: 2 });
    await world.publish(
      TicketStatusChanged,
      { ticket: { ...given, status: 'IN_PROGRESS' }, at: BEGUN, actorUserId: tech, from: 'OPEN', to: 'IN_PROGRESS' },
      { subject, version: 3 },
    );
    await world.publish(
      TicketResolved,
      { ticket: resolved(RESOLVED, 'New fan'), at: RESOLVED, from: 'IN_PROGRESS', to: 'RESOLVED' },
      { subject, version: 4 },
    );
    await world.publish(
      TicketStatusChanged,
      { ticket: { ...given, status: 'IN_PROGRESS' }, at: REOPENED, from: 'RESOLVED', to: 'IN_PROGRESS' },
      { subject, version: 5 },
    );
    await world.publish(
      TicketResolved,
      { ticket: resolved(AGAIN, 'New board'), at: AGAIN, from: 'IN_PROGRESS', to: 'RESOLVED' },
      { subject, version: 6 },
    );
    tickets.told.push({
      ticket: resolved(AGAIN, 'New board'),
      version: 6,
      steps: [
        { kind: 'ASSIGNED', at: GIVEN, technicianId: tech },
        { kind: 'STATUS_CHANGED', at: BEGUN, actorUserId: tech, from: 'OPEN', to: 'IN_PROGRESS' },
        { kind: 'RESOLVED', at: RESOLVED, actorUserId: tech, resolution: 'New fan' },
        { kind: 'STATUS_CHANGED', at: REOPENED, from: 'RESOLVED', to: 'IN_PROGRESS' },
        { kind: 'RESOLVED', at: AGAIN, actorUserId: tech, resolution: 'New board' },
      ],
    });
    return it;
  };

  /** A repair that was taken and completed: told by events and by its timeline. */
  const repaired = async (): Promise<void> => {
    const it = buildPublishedRepair({ assetId, customerId: rossi.customerId, createdAt: OPENED });
    const begun = { ...it, assignedToUserId: tech, status: 'IN_PROGRESS' } as const;
    const amount = { amount: 100, currency: 'EUR' };
    const outcome = { type: 'COMPLETED', description: 'New board', amount, decidedAt: AGAIN, decidedByUserId: tech } as const;
    const done = { ...begun, status: 'COMPLETED', outcome } as const;
    const { world } = bench;
    const subject = it.id;
    await world.publish(RepairReceived, { repair: it, at: OPENED, actorUserId: it.createdByUserId }, { subject, version: 1 });
    await world.publish(RepairAssigned, { repair: begun, at: BEGUN, actorUserId: tech }, { subject, version: 2 });
    const changed = { at: BEGUN, actorUserId: tech, from: 'PENDING', to: 'IN_PROGRESS' } as const;
    await world.publish(RepairStatusChanged, { repair: begun, ...changed }, { subject, version: 2 });
    await world.publish(RepairCompleted, { repair: done, at: AGAIN, actorUserId: tech }, { subject, version: 3 });
    tickets.repairs.push({
      repair: done,
      version: 3,
      steps: [
        { kind: 'ASSIGNED', at: BEGUN, actorUserId: tech, technicianId: tech },
        { kind: 'STATUS_CHANGED', ...changed },
        { kind: 'STATUS_CHANGED', at: AGAIN, actorUserId: tech, from: 'IN_PROGRESS', to: 'COMPLETED' },
      ],
    });
  };

  const everything = async () => {
    const { body } = await bench.api.get<Entry[]>(`/assets/${assetId}/history?pageSize=100`, { token: admin });
    const { updatedAt: _touched, ...detail } = (
      await bench.api.get<Record<string, unknown> & { id: string }>(`/assets/${assetId}`, { token: admin })
    ).body.data;
    return { history: body.data, detail };
  };
  const rebuild = async (): Promise<RebuildView> => {
    const started = await bench.api.post('/assets/rebuild', undefined, { token: admin });
    expect(started.status).to.equal(202);
    await bench.rebuild();
    return (await bench.api.get<RebuildView>('/assets/rebuild', { token: admin })).body.data;
  };
  const collection = (name: string) => bench.world.platform.connection.collection(name);

  it('when tickets were lost, then a rebuild gives the same again, however often', async () => {
    await lived();
    await lived({ ticketNumber: 'TKT-2026-002' });
    await bench.world.idle();
    const before = await everything();
    expect(before.history.map(({ type }) => type)).to.have.length(2 * 6 + 1);
    expect(before.detail).to.include({ openTicketCount: 0, totalTicketCount: 2, lastServiceAt: AGAIN });
    await collection('tickets').deleteMany({});
    await collection('history').deleteMany({ type: { $regex: '^TICKET' } });
    expect((await everything()).detail).to.include({ totalTicketCount: 0 });
    expect(await rebuild()).to.include({ status: 'FINISHED', ticketCount: 2 });
    expect(await everything()).to.deep.equal(before);
    expect(await rebuild()).to.include({ status: 'FINISHED', ticketCount: 2 });
    expect(await everything()).to.deep.equal(before);
  });

  it('when repairs were lost, then a rebuild gives the same, and the status that follows from them', async () => {
    await repaired();
    await bench.world.idle();
    const before = await everything();
    expect(before.detail).to.include({ status: 'IN_REPAIR', openRepairCount: 1, totalRepairCount: 1, lastServiceAt: AGAIN });
    expect(before.history.filter(({ type }) => type.startsWith('REPAIR'))).to.have.length(4);
    await collection('repairs').deleteMany({});
    await collection('history').deleteMany({ type: { $regex: '^REPAIR' } });
    await collection('assets').updateMany({}, { $set: { status: 'ACTIVE', repairsUnderWay: [] } });
    expect(await rebuild()).to.include({ status: 'FINISHED', repairCount: 1 });
    await bench.world.idle();
    const { detail, history } = await everything();
    expect({ ...detail, version: 0 }).to.deep.equal({ ...before.detail, version: 0 });
    // That it was set to ACTIVE by hand happened too.
    const ids = history.map(({ id }) => id);
    expect(ids).to.include.members(before.history.map(({ id }) => id));
  });

  it('when appointments were lost, then a rebuild gives the same from the events kept with them', async () => {
    const appointment: PublishedAppointment = {
      id: randomUUID(),
      ticketId: randomUUID(),
      ticketNumber: 'TKT-2026-001',
      customerId: rossi.customerId,
      assetId,
      contactUserId: rossi.userId,
      createdByUserId: rossi.userId,
      type: 'ONSITE_VISIT',
      status: 'SCHEDULED',
      scheduledStartAt: OPENED,
      scheduledEndAt: GIVEN,
      technicianId: tech,
    };
    const done = { ...appointment, status: 'COMPLETED', actualEndAt: AGAIN, completionSummary: 'New fan' } as const;
    const time = bench.world.clock.now().toISOString();
    const eventOf = <T>({ type }: EventContract<T>, version: number, data: T) => ({
      specversion: '1.0' as const,
      id: `${appointment.id}.${version}.0`,
      source: '/riparo/tickets',
      type,
      subject: appointment.id,
      time,
      datacontenttype: 'application/json' as const,
      tenantid: 'default',
      aggregateversion: version,
      data,
    });
    const completed = { appointment: done, from: 'IN_PROGRESS', to: 'COMPLETED' } as const;
    await bench.world.publish(AppointmentBooked, { appointment }, { subject: appointment.id, version: 1 });
    await bench.world.publish(AppointmentStatusChanged, completed, { subject: appointment.id, version: 3 });
    tickets.appointments.push({
      id: appointment.id,
      events: [
        eventOf(AppointmentBooked, 1, { appointment }),
        eventOf(AppointmentReminderDue, 2, { appointment, kind: 'DAY' }),
        eventOf(AppointmentStatusChanged, 3, completed),
      ],
    });
    const before = await everything();
    expect(before.detail).to.include({ lastServiceAt: AGAIN });
    expect(before.history.map(({ type }) => type)).to.include.members(['APPOINTMENT_BOOKED', 'APPOINTMENT_COMPLETED']);
    await collection('visits').deleteMany({});
    await collection('history').deleteMany({ type: { $regex: '^APPOINTMENT' } });
    expect(await rebuild()).to.include({ status: 'FINISHED', appointmentCount: 1 });
    expect(await everything()).to.deep.equal(before);
  });

  it('when the log of a vehicle was lost, then a rebuild gives the same', async () => {
    const vehicle = { plate: 'FG 123 HJ', brand: 'Fiat', model: 'Doblò' };
    const vehicleId = (await bench.api.post('/vehicles', vehicle, { token: admin })).body.data.id;
    const other = (await bench.api.post('/vehicles', { ...vehicle, plate: 'FG 124 HJ' }, { token: admin })).body.data.id;
    const appointment: PublishedAppointment = {
      ...{ id: randomUUID(), ticketId: randomUUID(), ticketNumber: 'TKT-2026-001', customerId: rossi.customerId },
      ...{ createdByUserId: rossi.userId, type: 'ONSITE_VISIT', status: 'IN_TRANSIT', technicianId: tech, vehicleId: other },
      ...{ scheduledStartAt: OPENED, scheduledEndAt: GIVEN },
    };
    const eventOf = <T>({ type }: EventContract<T>, version: number, data: T) => ({
      ...({ specversion: '1.0', id: `${appointment.id}.${version}.0`, source: '/riparo/tickets', type, subject: appointment.id } as const),
      ...({ time: BEGUN, datacontenttype: 'application/json', tenantid: 'default', aggregateversion: version, data } as const),
    });
    const setOut = { appointment, from: 'SCHEDULED', to: 'IN_TRANSIT' } as const;
    const changed = { appointment: { ...appointment, vehicleId }, from: other };
    await bench.world.publish(AppointmentStatusChanged, setOut, { subject: appointment.id, version: 2 });
    await bench.world.publish(AppointmentVehicleChanged, changed, { subject: appointment.id, version: 3 });
    const events = [eventOf(AppointmentStatusChanged, 2, setOut), eventOf(AppointmentVehicleChanged, 3, changed)];
    tickets.appointments.push({ id: appointment.id, events });
    const workReport = buildWorkReport({
      ticketId: appointment.ticketId ?? '',
      appointmentId: appointment.id,
      vehicleId,
      odometer: { start: 10, end: 35 },
    });
    await bench.world.publish(WorkReportClosed, { workReport, at: BEGUN }, { subject: workReport.id, version: 4 });
    tickets.workReports.push({ workReport, version: 4 });
    const logs = async () => {
      const of = async (id: string) => (await bench.api.get<object[]>(`/vehicles/${id}/log`, { token: admin })).body.data;
      return [await of(vehicleId), await of(other)];
    };
    const before = await logs();
    expect(before.map(({ length }) => length)).to.deep.equal([1, 0]);
    expect(before[0]?.[0]).to.include({ km: 25 });
    for (const lost of ['visits', 'vehicle_uses', 'work_reports']) await collection(lost).deleteMany({});
    expect(await rebuild()).to.include({ workReportCount: 1 });
    expect(await logs()).to.deep.equal(before);
    await collection('vehicle_uses').updateOne({}, { $set: { vehicleId: other } });
    await rebuild();
    expect(await logs()).to.deep.equal(before);
  });

  it('when copies or entries are wrong, then a rebuild puts them right', async () => {
    const it = await lived();
    await bench.world.idle();
    const before = await everything();
    await collection('tickets').updateMany({}, { $set: { status: 'OPEN' }, $unset: { resolvedAt: 1 } });
    const invented = {
      _id: 'invented',
      tenantId: 'default',
      assetId,
      customerId: rossi.customerId,
      at: new Date(OPENED),
      type: 'TICKET_CLOSED',
      ticket: { id: it.id, ticketNumber: 'x', title: 'x' },
    };
    await collection('history').insertOne(invented as never);
    expect((await everything()).history).to.have.length(before.history.length + 1);
    await rebuild();
    expect(await everything()).to.deep.equal(before);
  });

  it('when an event has told more meanwhile, then a rebuild takes nothing back', async () => {
    const it = await lived();
    const into = { id: randomUUID(), ticketNumber: 'TKT-2026-009' };
    const merged = { ...it, status: 'CLOSED', stage: 'CLOSED', closedAt: AGAIN, mergedIntoId: into.id } as const;
    await bench.world.publish(
      TicketMerged,
      { ticket: merged, at: bench.world.clock.now().toISOString(), into },
      { subject: it.id, version: 7 },
    );
    const before = await everything();
    expect(before.detail).to.include({ totalTicketCount: 0 });
    await rebuild();
    expect(await everything()).to.deep.equal(before);
  });

  it('when a ticket changed its device, then both histories tell of it, as the events did', async () => {
    const other = await bench.asset(rossi);
    const it = await lived({ assetId: other });
    const { steps } = tickets.told.pop()!;
    const linked = { kind: 'LINKED', at: AGAIN, from: other, to: assetId } as const;
    tickets.told.push({
      ticket: { ...it, status: 'IN_PROGRESS', stage: 'IN_PROGRESS' },
      version: 7,
      steps: [...steps.slice(0, 4), linked],
    });
    await rebuild();
    const at = async (id: string) =>
      (await bench.api.get<Entry[]>(`/assets/${id}/history`, { token: admin })).body.data.map(({ type }) => type);
    expect(await at(assetId)).to.have.members(['REGISTERED', 'TICKET_OPENED']);
    expect(await at(other)).to.include.members(['TICKET_OPENED', 'TICKET_ASSIGNED', 'TICKET_RESOLVED']);
  });

  it('when a rebuild was interrupted, then it goes on after the last whole page', async () => {
    for (let count = 0; count < 60; count++) {
      const ticket = buildTicket({ assetId, customerId: rossi.customerId });
      tickets.told.push({ ticket, version: 1, steps: [] });
    }
    tickets.state.answers = 1;
    await bench.api.post('/assets/rebuild', undefined, { token: admin });
    await bench.rebuild().catch((error: unknown) => expect(error).to.include({ kind: 'unavailable' }));
    const half = await bench.api.get<RebuildView>('/assets/rebuild', { token: admin });
    expect(half.body.data).to.include({ status: 'RUNNING', ticketCount: 50 });
    tickets.state.answers = Infinity;
    expect(await rebuild()).to.include({ status: 'FINISHED', ticketCount: 60 });
    const begun = tickets.asked.filter(({ pathname, query }) => pathname === '/internal/tickets' && !query.has('after'));
    expect(begun).to.have.length(1);
    expect((await everything()).detail).to.include({ totalTicketCount: 60 });
  });

  it('when somebody other than an administrator starts one, then 403, and before the first 404', async () => {
    expect((await bench.api.get('/assets/rebuild', { token: admin })).status).to.equal(404);
    for (const token of [rossi.token, bench.staff('AGENT').token])
      expect((await bench.api.post('/assets/rebuild', undefined, { token })).status).to.equal(403);
  });
});
