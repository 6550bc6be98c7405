import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, booked, MONDAY, readAppointment, type AppointmentView, type OfferView } from './appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

describe('PATCH /appointments/:id', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let ticket: TicketView;
  let visit: AppointmentView;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    ticket = await bench.open(rosa);
    visit = await booked(bench, rosa, ticket);
  });
  afterEach(() => bench.stop());

  const patch = (by: Person, body: unknown, headers: Record<string, string> = {}, id = visit.id) =>
    bench.api.patch<AppointmentView>(`/appointments/${id}`, body, { ...by, headers });

  it('when moved, then it has the new time, the old one is free, and both are told', async () => {
    const { status, body } = await patch(rosa, at('2026-03-04', '15:00', 30));
    expect(status).to.equal(200);
    expect(body.data).to.include({ ...at('2026-03-04', '15:00', 30), version: 2, technicianId: elena.caller.userId });
    const event = (await bench.events()).find(({ type }) => type === 'appointment-rescheduled');
    expect(event?.data.from).to.deep.equal({ ...at('2026-03-03', '10:00'), technicianId: elena.caller.userId });
    await booked(bench, rosa, ticket);
  });

  it('when moved into its own time, then it does not stand in its own way', async () => {
    expect((await patch(rosa, at('2026-03-03', '10:15'))).status).to.equal(200);
    expect((await patch(rosa, at('2026-03-03', '10:15'))).body.data.version).to.equal(2);
  });

  it('when the wanted time is taken, then 409 with alternatives, and it keeps what it had', async () => {
    await booked(bench, rosa, ticket, at('2026-03-03', '14:00'));
    const { status, body } = await patch(rosa, at('2026-03-03', '14:30'));
    expect([status, body.code]).to.deep.equal([409, 'APPOINTMENT_SLOT_TAKEN']);
    expect((body.alternatives as OfferView[]).length).to.equal(5);
    expect(await readAppointment(bench, rosa, visit.id)).to.include({ ...at('2026-03-03', '10:00'), version: 1 });
  });

  it('when the technician is taken at the new time, then whoever is free has it', async () => {
    await booked(bench, rosa, ticket, at('2026-03-03', '14:00'));
    const marco = await bench.technician();
    expect((await patch(rosa, at('2026-03-03', '14:00'))).body.data.technicianId).to.equal(marco.user.id);
  });

  it('when the desk gives it to another technician, then they have it and the first is free', async () => {
    const marco = await bench.technician({ skills: ['NETWORK'] });
    expect((await patch(agent, { technicianId: marco.user.id })).body.data.technicianId).to.equal(marco.user.id);
    await booked(bench, agent, ticket, { technicianId: elena.caller.userId });
    expect((await patch(agent, { technicianId: elena.caller.userId })).body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
  });

  it('when a customer asks within two hours of the start, then 409 APPOINTMENT_CHANGE_TOO_LATE', async () => {
    bench.test.clock.set('2026-03-03T07:00:01Z');
    for (const body of [at('2026-03-05', '10:00'), { status: 'CANCELLED' }])
      expect((await patch(rosa, body)).body.code).to.equal('APPOINTMENT_CHANGE_TOO_LATE');
    expect((await patch(agent, at('2026-03-05', '10:00'))).status).to.equal(200);
    expect((await patch(rosa, { status: 'CANCELLED' })).status).to.equal(200);
  });

  it('when a customer moves it back and forth all day, then 409 APPOINTMENT_MOVED_TOO_OFTEN', async () => {
    const { id } = visit;
    const times = [at('2026-03-03', '11:00'), at('2026-03-03', '10:00')];
    for (let moves = 0; moves < 20; moves++)
      expect((await bench.api.patch(`/appointments/${id}`, times[moves % 2], rosa)).status).to.equal(200);
    expect((await bench.api.patch(`/appointments/${id}`, times[0], rosa)).body.code).to.equal('APPOINTMENT_MOVED_TOO_OFTEN');
    expect((await bench.api.patch(`/appointments/${id}`, times[0], bench.person('AGENT'))).status).to.equal(200);
  });

  it('when cancelled, then the time is free, the reason is told, and nothing can be changed any more', async () => {
    const { body } = await patch(rosa, { status: 'CANCELLED', reason: 'It works again' });
    expect(body.data.status).to.equal('CANCELLED');
    expect(body.data.cancellation).to.include({ kind: 'CUSTOMER', reason: 'It works again', byUserId: rosa.caller.userId });
    const event = (await bench.events()).find(({ type }) => type === 'appointment-cancelled');
    expect(event?.data.appointment).to.have.nested.property('cancellation.kind', 'CUSTOMER');
    await booked(bench, rosa, ticket);
    expect((await patch(rosa, { status: 'CANCELLED' })).body.code).to.equal('APPOINTMENT_TRANSITION_NOT_ALLOWED');
    expect((await patch(agent, at('2026-03-05', '10:00'))).body.code).to.equal('APPOINTMENT_NOT_CHANGEABLE');
  });

  it('when two move it at once with the same If-Match, then one wins and the other gets 412', async () => {
    const headers = { 'if-match': '"1"' };
    const both = await Promise.all([patch(rosa, at('2026-03-04', '10:00'), headers), patch(agent, at('2026-03-04', '12:00'), headers)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
  });

  it('when two move it at once without If-Match, then one time is taken and the other is free', async () => {
    const answers = await Promise.all([patch(rosa, at('2026-03-04', '10:00')), patch(agent, at('2026-03-04', '12:00'))]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    const { scheduledStartAt } = await readAppointment(bench, rosa, visit.id);
    const free = ['10:00', '12:00'].filter((time) => at('2026-03-04', time).scheduledStartAt !== scheduledStartAt);
    expect(free).to.have.length(1);
    await booked(bench, rosa, ticket, at('2026-03-04', free[0] as string));
  });

  it('when two appointments swap times, then a third time is needed, for neither is ever without one', async () => {
    const other = await booked(bench, rosa, ticket, at('2026-03-03', '14:00'));
    expect((await patch(rosa, at('2026-03-03', '14:00'))).status).to.equal(409);
    expect((await patch(rosa, at('2026-03-03', '16:00'))).status).to.equal(200);
    expect((await patch(rosa, at('2026-03-03', '10:00'), {}, other.id)).status).to.equal(200);
    expect((await patch(rosa, at('2026-03-03', '14:00'))).status).to.equal(200);
  });

  it('when the technician writes notes, then the desk reads them and no customer does, anywhere', async () => {
    const { status } = await patch(elena, { technicianNotes: 'Beware of the dog' });
    expect(status).to.equal(200);
    expect((await readAppointment(bench, agent, visit.id)).technicianNotes).to.equal('Beware of the dog');
    await patch(agent, at('2026-03-04', '10:00'));
    for (const path of [`/appointments/${visit.id}`, '/appointments', `/tickets/${ticket.id}`, `/tickets/${ticket.id}/status`])
      expect((await bench.api.get(path, rosa)).text).not.to.include('dog');
    expect(JSON.stringify(await bench.events())).not.to.include('dog');
  });

  it('when a technician moves or cancels, then 403; when a customer names staff things, then 422', async () => {
    for (const body of [at('2026-03-04', '10:00'), { status: 'CANCELLED' }, { customerNotes: 'x' }])
      expect((await patch(elena, body)).status).to.equal(403);
    const { status, body } = await patch(rosa, {
      technicianId: randomUUID(),
      technicianNotes: 'x',
      remoteSessionUrl: 'https://meet.example.com',
    });
    expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['technicianId', 'technicianNotes', 'remoteSessionUrl']]);
  });

  const wrong: readonly (readonly [what: string, body: unknown])[] = [
    ['nothing', {}],
    ['half a time', { scheduledStartAt: at('2026-03-04', '10:00').scheduledStartAt }],
    ['a cancellation and a time', { status: 'CANCELLED', ...at('2026-03-04', '10:00') }],
    ['a reason without a cancellation', { reason: 'x' }],
    ['another status', { status: 'COMPLETED' }],
    ['a page that is not secure', { remoteSessionUrl: 'http://meet.example.com' }],
    ['a script for a page', { remoteSessionUrl: 'javascript:alert(1)' }],
    ['protected fields', { turns: [], version: 9, customerId: randomUUID() }],
    ['a query', { customerNotes: { $ne: null } }],
  ];
  for (const [what, body] of wrong) {
    it(`when ${what} is sent, then 422`, async () => {
      expect((await patch(agent, body)).status).to.equal(422);
    });
  }

  it("when it is another customer's, another technician's or not there, then 404", async () => {
    const strangers = [await bench.customer(), await bench.technician(), bench.person('SUPER_ADMIN', { tenantId: 'another' })];
    for (const by of strangers) {
      expect((await patch(by, { status: 'CANCELLED' })).body.code).to.equal('APPOINTMENT_NOT_FOUND');
      expect((await bench.api.get(`/appointments/${visit.id}`, by)).status).to.equal(404);
      expect((await bench.api.post(`/appointments/${visit.id}/status`, { status: 'IN_PROGRESS' }, by)).status).to.be.oneOf([403, 404]);
    }
    expect((await patch(agent, { status: 'CANCELLED' }, {}, randomUUID())).status).to.equal(404);
  });

  it("when the new location is another customer's, then 404", async () => {
    const foreign = await bench.location({ customerId: randomUUID() });
    expect((await patch(agent, { locationId: foreign.id })).body.code).to.equal('LOCATION_NOT_FOUND');
  });

  it('when a session or a device at the desk is given a location, then 422', async () => {
    const { id: locationId } = await bench.location({ customerId: rosa.caller.customerId as string });
    const { id } = await booked(bench, rosa, ticket, at('2026-03-05', '10:00'));
    const { status, body } = await patch(agent, { locationId }, {}, id);
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'locationId']);
  });
});
