import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentRescheduled,
  AppointmentStatusChanged,
  type PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly by?: { readonly name?: string };
  readonly assignedTo?: { readonly name?: string };
  readonly appointment?: { readonly id: string; readonly scheduledStartAt: string; readonly about?: unknown };
  readonly resolution?: string;
  readonly from?: string;
  readonly to?: string;
}

const [FIRST, SECOND] = ['2026-03-04T09:00:00.000Z', '2026-03-05T09:00:00.000Z'];
const ENDED = '2026-03-05T10:10:00.000Z';

describe('A device follows its appointments', () => {
  let bench: Bench;
  let rossi: Somebody;
  let assetId: string;
  const technicianId = randomUUID();
  before(async () => {
    bench = await startBench();
    const user = {
      id: technicianId,
      email: 'tina@example.test',
      name: 'Tina',
      role: 'TECH',
      status: 'ACTIVE',
      skills: [],
      removed: false,
    } as const;
    await bench.world.publish(UserUpdated, { user }, { subject: technicianId });
  });
  after(() => bench.stop());
  beforeEach(async () => {
    rossi = await bench.customer();
    assetId = await bench.asset(rossi);
  });

  const appointment = (part: Partial<PublishedAppointment> = {}): PublishedAppointment => ({
    id: randomUUID(),
    ticketId: randomUUID(),
    ticketNumber: 'TKT-2026-001',
    customerId: rossi.customerId,
    assetId,
    contactUserId: rossi.userId,
    createdByUserId: rossi.userId,
    type: 'ONSITE_VISIT',
    status: 'SCHEDULED',
    scheduledStartAt: FIRST,
    scheduledEndAt: '2026-03-04T10:00:00.000Z',
    technicianId,
    ...part,
  });
  const shown = async () =>
    (await bench.api.get<{ id: string; lastServiceAt?: string }>(`/assets/${assetId}`, { token: rossi.token })).body.data;
  const history = async (token = rossi.token): Promise<readonly Entry[]> =>
    (await bench.api.get<Entry[]>(`/assets/${assetId}/history?pageSize=50`, { token })).body.data.filter(
      ({ type }) => type !== 'REGISTERED',
    );

  /** From booking to completion, told in the order of `versions`. */
  const tellAll = async (it: PublishedAppointment, versions: readonly number[]): Promise<void> => {
    const moved = { ...it, scheduledStartAt: SECOND, scheduledEndAt: '2026-03-05T10:00:00.000Z' };
    const from = { scheduledStartAt: FIRST, scheduledEndAt: it.scheduledEndAt };
    const done = { ...moved, status: 'COMPLETED', actualEndAt: ENDED, completionSummary: 'Replaced the fan' } as const;
    const { id: subject } = it;
    const tell: Readonly<Record<number, () => Promise<void>>> = {
      1: () => bench.world.publish(AppointmentBooked, { appointment: it, actorUserId: technicianId }, { subject, version: 1 }),
      2: () => bench.world.publish(AppointmentRescheduled, { appointment: moved, from }, { subject, version: 2 }),
      3: () => bench.world.publish(AppointmentConfirmed, { appointment: moved }, { subject, version: 3 }),
      4: () =>
        bench.world.publish(
          AppointmentStatusChanged,
          { appointment: { ...moved, status: 'IN_PROGRESS' }, from: 'SCHEDULED', to: 'IN_PROGRESS' },
          { subject, version: 4 },
        ),
      5: () =>
        bench.world.publish(AppointmentStatusChanged, { appointment: done, from: 'IN_PROGRESS', to: 'COMPLETED' }, { subject, version: 5 }),
    };
    for (const version of versions) await tell[version]!();
  };

  it('when an appointment is booked, moved and completed, then the history tells it with who did what', async () => {
    const it = appointment();
    await tellAll(it, [1, 2, 3, 4]);
    expect((await shown()).lastServiceAt ?? undefined).to.equal(undefined);
    await tellAll(it, [5]);
    expect((await shown()).lastServiceAt).to.equal(ENDED);
    const entries = await history();
    expect(entries.map(({ type }) => type)).to.have.members([
      'APPOINTMENT_BOOKED',
      'APPOINTMENT_RESCHEDULED',
      'APPOINTMENT_CONFIRMED',
      'APPOINTMENT_STATUS_CHANGED',
      'APPOINTMENT_COMPLETED',
    ]);
    const of = (type: string) => entries.find((entry) => entry.type === type)!;
    expect(of('APPOINTMENT_BOOKED')).to.deep.include({
      by: { id: technicianId, name: 'Tina' },
      assignedTo: { id: technicianId, name: 'Tina' },
    });
    expect(of('APPOINTMENT_RESCHEDULED')).to.include({ from: FIRST, to: SECOND });
    expect(of('APPOINTMENT_COMPLETED')).to.include({ resolution: 'Replaced the fan' });
    expect(of('APPOINTMENT_COMPLETED').appointment).to.include({ id: it.id, scheduledStartAt: SECOND });
    expect(of('APPOINTMENT_COMPLETED').appointment?.about).to.deep.equal({ kind: 'TICKET', id: it.ticketId, number: it.ticketNumber });
  });

  it('when it is for a repair, then the history tells it under the number of the repair', async () => {
    const { ticketId: _id, ticketNumber: _number, ...rest } = appointment();
    const it = { ...rest, repairId: randomUUID(), repairNumber: 'REP-2026-000001' };
    await tellAll(it, [1, 5]);
    const [entry] = await history();
    expect(entry?.appointment?.about).to.deep.equal({ kind: 'REPAIR', id: it.repairId, number: 'REP-2026-000001' });
    expect((await shown()).lastServiceAt).to.equal(ENDED);
  });

  it('when a technician reads locations, then those of their visits until these are over, and no other', async () => {
    const technician = { token: bench.world.tokenFor({ role: 'TECH', userId: technicianId }) };
    const home = await bench.location(rossi, { accessInstructions: 'Ring twice' });
    await bench.location(rossi, { name: 'Elsewhere', accessInstructions: 'Key below the mat' });
    const seen = async () => {
      const { body } = await bench.api.get<{ id: string }[]>('/locations', { token: technician.token });
      const { status } = await bench.api.get(`/locations/${home}`, { token: technician.token });
      return [body.data.map(({ id }) => id), status];
    };
    expect(await seen()).to.deep.equal([[], 404]);
    const it = appointment({ type: 'ONSITE_VISIT', technicianId, location: { id: home, name: 'Home', address: 'Via Roma 1' } });
    const tell = (part: Partial<PublishedAppointment> & Pick<PublishedAppointment, 'status'>, version: number) => {
      const data = { appointment: { ...it, ...part }, from: 'SCHEDULED', to: part.status } as const;
      return bench.world.publish(AppointmentStatusChanged, data, { subject: it.id, version });
    };
    await bench.world.publish(AppointmentBooked, { appointment: it }, { subject: it.id, version: 1 });
    expect(await seen()).to.deep.equal([[home], 200]);
    await tell({ status: 'IN_PROGRESS' }, 2);
    expect(await seen()).to.deep.equal([[home], 200]);
    await tell({ status: 'COMPLETED', actualEndAt: ENDED }, 3);
    expect(await seen()).to.deep.equal([[], 404]);
  });

  it('when events come twice or in the wrong order, then date and history are right all the same', async () => {
    await tellAll(appointment(), [5, 2, 1, 5, 4, 3, 1]);
    expect((await shown()).lastServiceAt).to.equal(ENDED);
    expect(await history()).to.have.length(5);
  });

  it('when one is cancelled, then the history tells it, and it counts for nothing', async () => {
    const it = appointment({ status: 'CANCELLED', cancellation: { kind: 'STAFF', at: FIRST } });
    await bench.world.publish(AppointmentCancelled, { appointment: it }, { subject: it.id, version: 2 });
    const { assetId: _none, ...other } = appointment();
    await bench.world.publish(AppointmentBooked, { appointment: other }, { subject: other.id });
    expect((await history()).map(({ type }) => type)).to.deep.equal(['APPOINTMENT_CANCELLED']);
    expect((await shown()).lastServiceAt ?? undefined).to.equal(undefined);
  });

  it('when the device has a later owner, then they see nothing of the appointments', async () => {
    await tellAll(appointment(), [1, 5]);
    const bianchi = await bench.customer();
    const body = { customerId: bianchi.customerId, locationId: await bench.location(bianchi) };
    await bench.api.post(`/assets/${assetId}/transfer`, body, { token: bench.staff().token });
    await bench.world.idle();
    expect((await history(bianchi.token)).filter(({ type }) => type.startsWith('APPOINTMENT'))).to.deep.equal([]);
    const seen = await bench.api.get<{ id: string; lastServiceAt?: string }>(`/assets/${assetId}`, { token: bianchi.token });
    expect(seen.body.data.lastServiceAt ?? undefined).to.equal(undefined);
    expect((await history(bench.staff().token)).filter(({ type }) => type.startsWith('APPOINTMENT'))).to.have.length(2);
  });
});
