import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  AppointmentCancelled,
  AppointmentStatusChanged,
  AppointmentVehicleChanged,
  type PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import type { PublishedWorkReport } from '@riparo/shared/contracts/work-reports.events';
import { loadAssetsConfig } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { startPartsBench, type PartsBench } from './parts-bench.js';

interface Use {
  readonly id: string;
  readonly at: string;
  readonly technician?: { readonly id: string; readonly name: string };
  readonly visit: { readonly number: string };
  readonly workReport?: { readonly number: string };
  readonly km?: number;
}

const [BEGUN, ENDED] = ['2026-03-02T11:00:00.000Z', '2026-03-02T12:30:00.000Z'];

describe('The log of a vehicle', () => {
  let parts: PartsBench;
  let van: string;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());
  beforeEach(async () => (van = await addVehicle()));

  const desk = () => ({ token: parts.bench.staff().token });
  const addVehicle = async (): Promise<string> => {
    const vehicle = { plate: randomUUID().slice(0, 8), brand: 'Fiat', model: 'Doblò', odometerKm: 1_000 };
    return (await parts.bench.api.post('/vehicles', vehicle, desk())).body.data.id;
  };
  const visit = (part: Partial<PublishedAppointment> = {}): PublishedAppointment => ({
    id: randomUUID(),
    ticketId: randomUUID(),
    ticketNumber: 'TKT-2026-007',
    customerId: randomUUID(),
    createdByUserId: randomUUID(),
    type: 'ONSITE_VISIT',
    status: 'IN_PROGRESS',
    scheduledStartAt: '2026-03-02T10:30:00.000Z',
    scheduledEndAt: ENDED,
    actualStartAt: BEGUN,
    technicianId: parts.tech.userId,
    technicianName: 'Tina',
    vehicleId: van,
    ...part,
  });
  const tell = (appointment: PublishedAppointment, version: number) => {
    const data = { appointment, from: 'SCHEDULED', to: appointment.status } as const;
    return parts.bench.world.publish(AppointmentStatusChanged, data, { subject: appointment.id, version });
  };
  const move = (appointment: PublishedAppointment, version: number) =>
    parts.bench.world.publish(AppointmentVehicleChanged, { appointment, from: van }, { subject: appointment.id, version });
  const closed = (part: Partial<PublishedWorkReport> = {}): Partial<PublishedWorkReport> => ({
    ...{ status: 'CLOSED', vehicleId: van, startedAt: BEGUN, endedAt: ENDED, odometer: { start: 1_200, end: 1_234 } },
    ...part,
  });
  const log = async (id = van, options: object = desk()) => (await parts.bench.api.get<Use[]>(`/vehicles/${id}/log`, options)).body.data;
  const km = async (id = van) => {
    await parts.bench.world.idle();
    return (await parts.bench.api.get<{ odometerKm: number }>(`/vehicles/${id}`, desk())).body.data.odometerKm;
  };

  it('when somebody sets out, arrives and is done, then the log has one visit with who, when and for what', async () => {
    const { actualStartAt: _notYet, ...onTheWay } = visit({ status: 'IN_TRANSIT' });
    await tell(onTheWay, 2);
    expect(await log()).to.have.length(1);
    await tell({ ...onTheWay, status: 'IN_PROGRESS', actualStartAt: BEGUN }, 3);
    await tell({ ...onTheWay, status: 'COMPLETED', actualStartAt: BEGUN, actualEndAt: ENDED }, 4);
    const user = {
      id: parts.tech.userId,
      email: 'tina@example.test',
      name: 'Tina Verdi',
      role: 'TECH',
      status: 'ACTIVE',
      skills: [],
      removed: false,
    } as const;
    await parts.bench.world.publish(UserUpdated, { user }, { subject: user.id });
    expect(await log()).to.deep.equal([
      {
        ...{ id: onTheWay.id, at: BEGUN, endedAt: ENDED, appointmentId: onTheWay.id },
        technician: { id: parts.tech.userId, name: 'Tina Verdi' },
        visit: { kind: 'TICKET', id: onTheWay.ticketId, number: 'TKT-2026-007' },
      },
    ]);
  });

  it('when it is only planned, at the desk, or without a vehicle, then the log says nothing of it', async () => {
    await tell(visit({ status: 'SCHEDULED' }), 2);
    await tell(visit({ status: 'CANCELLED' }), 2);
    const { vehicleId: _none, ...onFoot } = visit();
    await tell(onFoot, 2);
    expect(await log()).to.deep.equal([]);
  });

  it('when another vehicle is taken, or the visit is called off, then the log follows', async () => {
    const [other, appointment] = [await addVehicle(), visit({ status: 'IN_TRANSIT' })];
    await tell(appointment, 2);
    await move({ ...appointment, vehicleId: other }, 3);
    expect([await log(), (await log(other)).length]).to.deep.equal([[], 1]);
    const cancelled = { ...appointment, status: 'CANCELLED', vehicleId: other } as const;
    await parts.bench.world.publish(AppointmentCancelled, { appointment: cancelled }, { subject: appointment.id, version: 4 });
    expect(await log(other)).to.deep.equal([]);
  });

  it('when events come twice or in the wrong order, then the newest holds', async () => {
    const [other, appointment] = [await addVehicle(), visit()];
    await move({ ...appointment, vehicleId: other }, 4);
    await tell(appointment, 3);
    await tell(appointment, 3);
    await tell({ ...appointment, status: 'SCHEDULED' }, 2);
    expect([await log(), (await log(other)).map(({ id }) => id)]).to.deep.equal([[], [appointment.id]]);
  });

  for (const order of ['report first', 'visit first'] as const)
    it(`when a report of the visit is closed, ${order}, then its kilometres are with the visit, and the vehicle's follow`, async () => {
      const appointment = visit({ status: 'COMPLETED', actualEndAt: ENDED });
      const report = await parts.report({ appointmentId: appointment.id, vehicleId: van });
      const tellReport = () => parts.tellReport({ ...report, ...closed() }, 2);
      const told = [() => tell(appointment, 5), tellReport];
      for (const one of order === 'visit first' ? told : told.reverse()) await one();
      await tellReport();
      const [use, ...more] = await log();
      expect(more).to.deep.equal([]);
      expect(use).to.deep.include({ id: appointment.id, km: 34, workReport: { id: report.id, number: 'WR-2026-000001' } });
      expect(await km()).to.equal(1_234);
      // The customer sends it back: until it is closed again the appointment alone tells of the visit.
      await parts.tellReport({ ...report, ...closed({ status: 'DISPUTED' }) }, 3);
      expect((await log())[0]).to.not.have.any.keys('km', 'workReport');
      await parts.tellReport({ ...report, ...closed({ odometer: { start: 1_200, end: 1_250 } }) }, 4);
      await parts.tellReport({ ...report, ...closed() }, 2);
      expect((await log())[0]?.km).to.equal(50);
    });

  it('when a report has no appointment, then it is in the log by itself, with its journey', async () => {
    const travel = { distanceKm: 12.5, minutes: 20, source: 'MANUAL' } as const;
    const report = await parts.report({ ...closed({ travel }), odometer: undefined });
    expect(await log()).to.deep.include.members([
      {
        ...{ id: report.id, at: BEGUN, endedAt: ENDED, km: 12.5 },
        technician: { id: parts.tech.userId, name: 'Tina Verdi' },
        visit: { kind: 'TICKET', id: report.ticketId, number: 'TKT-2026-001' },
        workReport: { id: report.id, number: report.number },
      },
    ]);
    await parts.tellReport({ ...report, status: 'DISCARDED' }, 2);
    expect(await log()).to.deep.equal([]);
  });

  it('when reports read less, then nothing goes back, and the desk outweighs earlier readings', async () => {
    const wrong = await parts.report(closed({ odometer: { start: 1_000, end: 99_999 } }));
    await parts.report(closed({ odometer: { start: 900, end: 950 } }));
    expect(await km()).to.equal(99_999);
    parts.bench.world.clock.set('2026-03-02T15:00:00.000Z');
    const token = parts.bench.staff().token;
    expect((await parts.bench.api.put(`/vehicles/${van}`, { odometerKm: 1_300 }, { token })).status).to.equal(200);
    await parts.tellReport({ ...wrong, status: 'APPROVED' }, 2);
    expect(await km()).to.equal(1_300);
    const later = { startedAt: '2026-03-02T16:00:00.000Z', endedAt: '2026-03-02T17:00:00.000Z' };
    await parts.report(closed({ ...later, status: 'DRAFT', odometer: { start: 1_300, end: 1_400 } }));
    expect(await km()).to.equal(1_300);
    await parts.report(closed({ ...later, odometer: { start: 1_300, end: 1_350 } }));
    expect(await km()).to.equal(1_350);
  });

  it('when whoever saw less writes last, then what was seen last stays', async () => {
    const { vehicleUses } = createDependencies(parts.bench.world.platform, loadAssetsConfig({}));
    const use = { vehicleId: van, at: new Date(BEGUN), visit: { kind: 'TICKET', id: randomUUID(), number: 'TKT-2026-007' } } as const;
    const [driven, calledOff] = [randomUUID(), randomUUID()];
    for (const [version, seen] of [
      [4, { ...use, distanceKm: 9 }],
      [3, use],
    ] as const)
      await vehicleUses.put('default', driven, version, seen);
    for (const [version, seen] of [
      [4, undefined],
      [3, use],
    ] as const)
      await vehicleUses.put('default', calledOff, version, seen);
    expect((await log()).map(({ id, km: driven }) => [id, driven])).to.deep.equal([[driven, 9]]);
  });

  it('when a technician reads the log, then it has their own visits', async () => {
    await tell(visit({ status: 'COMPLETED' }), 2);
    const colleague = parts.bench.staff('TECH');
    await tell(visit({ status: 'COMPLETED', technicianId: colleague.userId }), 2);
    expect(await log()).to.have.length(2);
    const [own, ...more] = await log(van, { token: colleague.token });
    expect([own?.technician?.id, more]).to.deep.equal([colleague.userId, []]);
  });
});
