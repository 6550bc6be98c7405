import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, MONDAY, type AppointmentView, type OfferView } from '../appointment/appointment.builder.js';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, type RepairView } from './repair.builder.js';
import { usualAppointment } from '../../src/repair/intake/intake.schema.js';

interface Opened extends RepairView {
  readonly appointment?: AppointmentView;
  readonly appointmentOffers?: readonly OfferView[];
}

describe('POST /repairs with a preferred time', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { DROP_OFF_PLACES: '1', DROP_OFF_MINUTES: '30', REMOTE_SESSION_MINUTES: '60' } });
    rosa = await bench.customer();
    await bench.technician();
  });
  afterEach(() => bench.stop());

  const { scheduledStartAt: preferredAppointmentAt } = at('2026-03-03', '10:00');
  const open = (overrides: Readonly<Record<string, unknown>> = {}, headers = {}) =>
    bench.api.post<Opened>('/repairs', buildRepair({ preferredAppointmentAt, ...overrides }), { ...rosa, headers });

  it('when it fits, then a place at the desk is booked at once and the repair is scheduled', async () => {
    const { status, body } = await open();
    expect(status).to.equal(201);
    expect(body.data.appointment).to.include({ repairId: body.data.id, type: 'DROP_OFF', ...at('2026-03-03', '10:00', 30) });
    await bench.test.idle();
    const read = (await bench.api.get<Opened>(`/repairs/${body.data.id}`, rosa)).body.data;
    expect(read).to.include({ status: 'SCHEDULED', preferredAppointmentAt });
    expect(read.appointment).to.include({ id: body.data.appointment?.id });
  });

  it('when it is taken, then the request stands all the same, with the nearest free times', async () => {
    await open();
    const { status, body } = await open();
    expect([status, body.data.status]).to.deep.equal([201, 'PENDING']);
    expect(body.data).not.to.have.property('appointment');
    expect(body.data.appointmentOffers?.map(({ startAt }) => startAt)).to.deep.equal([
      '2026-03-03T08:00:00.000Z',
      '2026-03-03T08:15:00.000Z',
      '2026-03-03T08:30:00.000Z',
      '2026-03-03T09:30:00.000Z',
      '2026-03-03T09:45:00.000Z',
    ]);
  });

  it('when a day is preferred, then nothing is booked, and its first free times are offered', async () => {
    const { status, body } = await open({ preferredAppointmentAt: '2026-03-04' });
    expect(status).to.equal(201);
    expect(body.data).to.include({ preferredAppointmentDay: '2026-03-04', preferredAppointmentAt: '2026-03-03T23:00:00.000Z' });
    expect(body.data).not.to.have.property('appointment');
    expect(body.data.appointmentOffers?.map(({ startAt }) => startAt)).to.deep.equal([
      '2026-03-04T08:00:00.000Z',
      '2026-03-04T08:15:00.000Z',
      '2026-03-04T08:30:00.000Z',
      '2026-03-04T08:45:00.000Z',
      '2026-03-04T09:00:00.000Z',
    ]);
    expect((await open({ preferredAppointmentAt: '2030-01-01' })).body.errors[0]?.path).to.equal('preferredAppointmentAt');
  });

  it('when another type is wished for, then it is booked; a wish that makes no sense is 422', async () => {
    expect((await open({ preferredAppointmentType: 'REMOTE_SESSION' })).body.data.appointment).to.include({ type: 'REMOTE_SESSION' });
    expect((await open({ preferredAppointmentAt: '2030-01-01T10:00:00Z' })).body.errors[0]?.path).to.equal('preferredAppointmentAt');
    expect((await open({ preferredAppointmentAt: undefined, preferredAppointmentType: 'DROP_OFF' })).status).to.equal(422);
  });

  it('when repeated under its Idempotency-Key, then there is one repair with one appointment', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [await open({}, headers), await open({}, headers)];
    expect(second.body.data.appointment?.id).to.equal(first.body.data.appointment?.id);
    expect((await bench.api.get('/appointments', rosa)).body.pagination.totalCount).to.equal(1);
  });

  it('when nothing is said about the type, then what nobody carries is visited where it stands', () => {
    const device = { category: 'SERVER', brand: 'Dell', model: 'R740', serialNumber: 'S1' } as const;
    expect(usualAppointment({ device, locationId: 'here' })).to.equal('ONSITE_VISIT');
    expect(usualAppointment({ device })).to.equal('DROP_OFF');
    expect(usualAppointment({ device: { ...device, category: 'LAPTOP' }, locationId: 'here' })).to.equal('DROP_OFF');
  });
});
