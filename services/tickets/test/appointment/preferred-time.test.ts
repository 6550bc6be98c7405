import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, booked, MONDAY, readAppointment, type AppointmentView, type OfferView } from './appointment.builder.js';
import { buildTicket, startBench, type Bench, type Person, type TicketView } from '../bench.js';

interface Opened extends TicketView {
  readonly appointment?: AppointmentView;
  readonly appointmentOffers?: readonly OfferView[];
}

describe('POST /tickets with a preferred time', () => {
  let bench: Bench;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { REMOTE_SESSION_MINUTES: '60' } });
    rosa = await bench.customer();
    await bench.technician();
  });
  afterEach(() => bench.stop());

  const { scheduledStartAt: preferredAppointmentAt } = at('2026-03-03', '10:00');
  const open = (overrides: Readonly<Record<string, unknown>> = {}, headers = {}) =>
    bench.api.post<Opened>('/tickets', buildTicket({ preferredAppointmentAt, ...overrides }), { ...rosa, headers });

  it('when it fits, then it is booked at once', async () => {
    const { status, body } = await open();
    expect(status).to.equal(201);
    expect(body.data.appointment).to.include({ ticketId: body.data.id, type: 'REMOTE_SESSION', ...at('2026-03-03', '10:00') });
    expect((await bench.read(rosa, body.data.id)).appointment).to.include({ id: body.data.appointment?.id });
  });

  it('when it is taken, then the ticket is open all the same, with the five nearest free times around it', async () => {
    await booked(bench, rosa, await bench.open(rosa));
    const { status, body } = await open();
    expect(status).to.equal(201);
    expect(body.data).not.to.have.property('appointment');
    expect(body.data.appointmentOffers?.map(({ startAt }) => startAt)).to.deep.equal([
      '2026-03-03T08:00:00.000Z',
      '2026-03-03T10:00:00.000Z',
      '2026-03-03T10:15:00.000Z',
      '2026-03-03T10:30:00.000Z',
      '2026-03-03T10:45:00.000Z',
    ]);
  });

  it('when it is past, then the next free times are offered', async () => {
    const { status, body } = await open({ preferredAppointmentAt: '2026-03-02T08:00:00Z' });
    expect([status, body.data.appointmentOffers?.length]).to.deep.equal([201, 5]);
    expect(body.data.appointmentOffers?.[0]?.startAt).to.equal('2026-03-02T11:00:00.000Z');
  });

  it('when a visit is wished for and no location is known, then the ticket is open without offers', async () => {
    const { status, body } = await open({ preferredAppointmentType: 'ONSITE_VISIT' });
    expect([status, body.data.appointmentOffers]).to.deep.equal([201, []]);
  });

  it('when the wish is senseless, then 422', async () => {
    expect((await open({ preferredAppointmentAt: '2030-01-01T10:00:00Z' })).body.errors[0]?.path).to.equal('preferredAppointmentAt');
    expect((await open({ preferredAppointmentAt: undefined, preferredAppointmentType: 'DROP_OFF' })).status).to.equal(422);
    expect((await open({ preferredAppointmentType: 'PARTY' })).status).to.equal(422);
  });

  it('when repeated under its Idempotency-Key, then there is one ticket with one appointment', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = [await open({}, headers), await open({}, headers)];
    expect(second.body.data.appointment?.id).to.equal(first.body.data.appointment?.id);
    expect((await bench.api.get('/appointments', rosa)).body.pagination.totalCount).to.equal(1);
    expect(await readAppointment(bench, rosa, first.body.data.appointment?.id as string)).to.include({ status: 'SCHEDULED' });
  });
});
