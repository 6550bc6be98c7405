import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, booked, buildBooking, MONDAY, post, readAppointment, type AppointmentView, type OfferView } from './appointment.builder.js';
import { startBench, type Bench, type Person } from '../bench.js';

describe('POST /tickets/:id/appointments', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  it('when a customer books, then 201, the assignee has it, and it is told', async () => {
    const elena = await bench.technician({ name: 'Elena' });
    const ticket = await bench.open(rosa);
    const { status, body, headers } = await post(bench, rosa, ticket.id, { customerNotes: 'Ring twice' });
    expect(status).to.equal(201);
    expect(headers.get('location')).to.equal(`/api/v1/appointments/${body.data.id}`);
    expect(headers.get('etag')).to.equal('"1"');
    expect(body.data).to.deep.include({
      ticketId: ticket.id,
      ticketNumber: ticket.ticketNumber,
      status: 'SCHEDULED',
      type: 'REMOTE_SESSION',
      technician: { id: elena.user.id, name: 'Elena' },
      customerNotes: 'Ring twice',
      ...at('2026-03-03', '10:00'),
    });
    const event = (await bench.events()).find(({ type }) => type === 'appointment-booked');
    expect(event?.data.actorUserId).to.equal(rosa.caller.userId);
    expect(event?.data.appointment).to.deep.include({ id: body.data.id, ticketId: ticket.id, technicianName: 'Elena' });
  });

  it('when the time is taken, then 409 APPOINTMENT_SLOT_TAKEN with five free alternatives', async () => {
    await bench.technician();
    const ticket = await bench.open(rosa);
    await booked(bench, rosa, ticket);
    const { status, body } = await post(bench, rosa, ticket.id, at('2026-03-03', '10:30'));
    expect([status, body.code]).to.deep.equal([409, 'APPOINTMENT_SLOT_TAKEN']);
    const offers = body.alternatives as OfferView[];
    expect(offers).to.have.length(5);
    expect(offers[0]).to.deep.equal({ startAt: '2026-03-03T10:00:00.000Z', endAt: '2026-03-03T11:00:00.000Z' });
    const [first] = offers;
    await booked(bench, rosa, ticket, { scheduledStartAt: first?.startAt, scheduledEndAt: first?.endAt });
  });

  it('when two technicians are there, then the second booking of a time goes to the other', async () => {
    const people = [await bench.technician(), await bench.technician()];
    const ticket = await bench.open(rosa);
    const both = [await booked(bench, rosa, ticket), await booked(bench, rosa, ticket)];
    expect(both.map(({ technicianId }) => technicianId)).to.have.members(people.map(({ user }) => user.id));
    expect(both[0]?.technicianId).to.equal(ticket.assignedToUserId);
    expect((await post(bench, rosa, ticket.id)).status).to.equal(409);
  });

  it('when nobody has the skill, then 409 APPOINTMENT_NOBODY_AVAILABLE', async () => {
    await bench.technician({ skills: ['NETWORK'] });
    const ticket = await bench.open(rosa);
    const { status, body } = await post(bench, rosa, ticket.id);
    expect([status, body.code, body.alternatives]).to.deep.equal([409, 'APPOINTMENT_NOBODY_AVAILABLE', []]);
  });

  it('when a day stands where a time belongs, then 422 says that a time needs its hour', async () => {
    await bench.technician();
    const days = { scheduledStartAt: '2026-03-03', scheduledEndAt: '2026-03-04' };
    const { status, body } = await post(bench, rosa, (await bench.open(rosa)).id, days);
    expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['scheduledStartAt', 'scheduledEndAt']]);
  });

  const refusals: readonly (readonly [what: string, booking: Readonly<Record<string, unknown>>, code: string])[] = [
    ['in the past', at('2026-03-02', '10:00'), 'APPOINTMENT_TOO_SOON'],
    ['sooner than customers may', at('2026-03-02', '11:30'), 'APPOINTMENT_TOO_SOON'],
    ['before opening', at('2026-03-03', '08:30'), 'APPOINTMENT_OUTSIDE_HOURS'],
    ['over closing time', at('2026-03-03', '17:30'), 'APPOINTMENT_OUTSIDE_HOURS'],
    ['on a Sunday', at('2026-03-08', '10:00'), 'APPOINTMENT_OUTSIDE_HOURS'],
  ];
  for (const [what, booking, code] of refusals) {
    it(`when it lies ${what}, then 409 ${code} with alternatives`, async () => {
      await bench.technician();
      const ticket = await bench.open(rosa);
      const { status, body } = await post(bench, rosa, ticket.id, booking);
      expect([status, body.code]).to.deep.equal([409, code]);
      expect(body.alternatives).to.have.length(5);
    });
  }

  it('when the desk books in half an hour, then it can', async () => {
    await bench.technician();
    const ticket = await bench.open(rosa);
    await booked(bench, agent, ticket, at('2026-03-02', '11:30'));
  });

  it('when the desk names a technician, then they have it, whatever their skills', async () => {
    await bench.technician();
    const marco = await bench.technician({ skills: ['NETWORK'] });
    const ticket = await bench.open(rosa);
    const { technicianId } = await booked(bench, agent, ticket, { technicianId: marco.user.id });
    expect(technicianId).to.equal(marco.user.id);
    expect((await post(bench, agent, ticket.id, { technicianId: marco.user.id })).body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
  });

  it('when the named technician is unknown, a customer or disabled, then 404 or 409', async () => {
    const ticket = await bench.open(rosa);
    const gone = await bench.technician({ status: 'DISABLED' });
    for (const technicianId of [randomUUID(), rosa.caller.userId])
      expect((await post(bench, agent, ticket.id, { technicianId })).body.code).to.equal('TECHNICIAN_NOT_FOUND');
    expect((await post(bench, agent, ticket.id, { technicianId: gone.user.id })).body.code).to.equal('TECHNICIAN_NOT_ACTIVE');
  });

  it('when a device is brought in, then the desk has two places and no technician is kept busy', async () => {
    await bench.technician();
    const ticket = await bench.open(rosa);
    const drops = [await booked(bench, rosa, ticket, { type: 'DROP_OFF' }), await booked(bench, rosa, ticket, { type: 'DROP_OFF' })];
    expect(drops.map(({ technicianId }) => technicianId)).to.deep.equal([undefined, undefined]);
    expect((await post(bench, rosa, ticket.id, { type: 'DROP_OFF' })).body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
    await booked(bench, rosa, ticket);
  });

  it('when it is a visit, then half an hour around both visits is kept free', async () => {
    await bench.technician();
    const { id: locationId } = await bench.location({ customerId: rosa.caller.customerId as string });
    const ticket = await bench.open(rosa);
    const visit = { type: 'ONSITE_VISIT', locationId };
    const first = await booked(bench, rosa, ticket, visit);
    expect(first.location).to.deep.equal({ id: locationId, name: 'Home', address: 'Via Roma 1, 41121 Modena MO, IT' });
    expect((await post(bench, rosa, ticket.id, { ...visit, ...at('2026-03-03', '11:45') })).body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
    await booked(bench, rosa, ticket, { ...visit, ...at('2026-03-03', '12:00') });
  });

  it("when a visit has no location, then 422; when the location is another customer's or removed, then 404", async () => {
    const ticket = await bench.open(rosa);
    const visit = { type: 'ONSITE_VISIT' };
    const { status, body } = await post(bench, rosa, ticket.id, visit);
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'locationId']);
    const foreign = await bench.location({ customerId: randomUUID() });
    const removed = await bench.location({ customerId: rosa.caller.customerId as string, removed: true });
    for (const { id: locationId } of [foreign, removed])
      expect((await post(bench, rosa, ticket.id, { ...visit, locationId })).body.code).to.equal('LOCATION_NOT_FOUND');
  });

  it('when fields are wrong, then 422 names every fault', async () => {
    const ticket = await bench.open(rosa);
    const wrong = { type: 'PARTY', scheduledStartAt: 'soon', scheduledEndAt: { $gt: '' }, locationId: 'x', status: 'COMPLETED' };
    const { status, body } = await bench.api.post(`/tickets/${ticket.id}/appointments`, wrong, rosa);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['type', 'scheduledStartAt', 'scheduledEndAt', 'locationId', 'status']);
  });

  const faults: readonly (readonly [what: string, booking: Readonly<Record<string, unknown>>, paths: readonly string[]])[] = [
    ['ends before it begins', at('2026-03-03', '10:00', -60), ['scheduledEndAt']],
    ['lasts no time', at('2026-03-03', '10:00', 0), ['scheduledEndAt']],
    ['lasts a minute', at('2026-03-03', '10:00', 1), ['scheduledEndAt']],
    ['lasts thirty days', at('2026-03-03', '10:00', 30 * 24 * 60), ['scheduledEndAt']],
    ['lies two years ahead', at('2028-03-03', '10:00'), ['scheduledStartAt']],
    ['names a technician and notes', { technicianId: randomUUID(), technicianNotes: 'x' }, ['technicianId', 'technicianNotes']],
  ];
  for (const [what, booking, paths] of faults) {
    it(`when a customer's booking ${what}, then 422`, async () => {
      const ticket = await bench.open(rosa);
      const { status, body } = await post(bench, rosa, ticket.id, booking);
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.deep.equal(paths);
    });
  }

  it("when the ticket is another customer's or not there, then 404; when it is closed, then 409", async () => {
    const ticket = await bench.open(rosa);
    for (const id of [ticket.id, randomUUID()])
      expect((await post(bench, await bench.customer(), id)).body.code).to.equal('TICKET_NOT_FOUND');
    await bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' }, rosa);
    expect((await post(bench, rosa, ticket.id)).body.code).to.equal('TICKET_NOT_ACTIVE');
  });

  it('when a technician tries, then 403; when nobody is signed in, then 401', async () => {
    const elena = await bench.technician();
    const ticket = await bench.open(rosa);
    expect((await post(bench, elena, ticket.id)).status).to.equal(403);
    expect((await bench.api.post(`/tickets/${ticket.id}/appointments`, buildBooking())).status).to.equal(401);
  });

  it('when repeated under its Idempotency-Key, then it is the same appointment', async () => {
    await bench.technician();
    const ticket = await bench.open(rosa);
    const headers = { 'idempotency-key': randomUUID() };
    const twice = await Promise.all(
      [1, 2].map(() => bench.api.post(`/tickets/${ticket.id}/appointments`, buildBooking(), { ...rosa, headers })),
    );
    const again = await bench.api.post(`/tickets/${ticket.id}/appointments`, buildBooking(), { ...rosa, headers });
    expect(twice.map(({ status }) => status)).to.include(201);
    expect(again.status).to.equal(201);
    expect((await bench.api.get('/appointments', rosa)).body.pagination.totalCount).to.equal(1);
  });
});

describe('POST /appointments', () => {
  let bench: Bench;
  let rosa: Person;
  before(async () => {
    bench = await startBench({ now: MONDAY });
    rosa = await bench.customer();
    await bench.technician();
  });
  after(() => bench.stop());

  it('when it names a ticket, then it is booked for it', async () => {
    const ticket = await bench.open(rosa);
    const { status, body } = await bench.api.post<AppointmentView>('/appointments', buildBooking({ ticketId: ticket.id }), rosa);
    expect([status, body.data.ticketId]).to.deep.equal([201, ticket.id]);
    expect((await readAppointment(bench, rosa, body.data.id)).id).to.equal(body.data.id);
  });

  it('when it names neither a ticket nor a repair, or both, then 422', async () => {
    const none = await bench.api.post('/appointments', buildBooking(), rosa);
    expect([none.status, none.body.errors[0]?.path]).to.deep.equal([422, 'ticketId']);
    const both = await bench.api.post('/appointments', buildBooking({ ticketId: randomUUID(), repairId: randomUUID() }), rosa);
    expect([both.status, both.body.errors[0]?.path]).to.deep.equal([422, 'repairId']);
  });

  it("when the ticket is another customer's, then 404", async () => {
    const ticket = await bench.open(rosa);
    const { body } = await bench.api.post('/appointments', buildBooking({ ticketId: ticket.id }), await bench.customer());
    expect(body.code).to.equal('TICKET_NOT_FOUND');
  });
});
