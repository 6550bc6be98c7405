import { UserRemoved, UserUpdated } from '@riparo/shared/contracts/auth.events';
import { AppointmentBooked } from '@riparo/shared/contracts/appointments.events';
import { expect } from 'chai';
import { at, booked, MONDAY, post, readAppointment, type AppointmentView } from './appointment.builder.js';
import { buildUser, startBench, type Bench, type Person, type TicketView } from '../bench.js';

describe('appointments of a ticket', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Awaited<ReturnType<Bench['technician']>>;
  let ticket: TicketView;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    ticket = await bench.open(rosa);
  });
  afterEach(() => bench.stop());

  const patch = (id: string, body: unknown, by = rosa) => bench.api.patch<AppointmentView>(`/appointments/${id}`, body, by);
  const setStatus = (id: string, body: unknown) => bench.api.post<AppointmentView>(`/appointments/${id}/status`, body, elena);
  const resolve = (id: string) => bench.api.patch(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: 'By phone' }, agent);
  const timeline = async (by: Person, id = ticket.id) => {
    await bench.test.idle();
    return (await bench.read(by, id)).activities.filter(({ metadata }) => metadata?.appointmentId !== undefined);
  };

  it('when booked, moved, begun and done, then the timeline tells each with before and after', async () => {
    const { id, scheduledStartAt, scheduledEndAt } = await booked(bench, rosa, ticket);
    await bench.test.idle();
    await patch(id, at('2026-03-04', '15:00'));
    await bench.test.idle();
    await setStatus(id, { status: 'IN_PROGRESS' });
    await bench.test.idle();
    await setStatus(id, { status: 'COMPLETED', completionSummary: 'New drive' });
    const entries = await timeline(rosa);
    expect(entries.map(({ type }) => type)).to.deep.equal(['APPOINTMENT_SCHEDULED', 'APPOINTMENT_SCHEDULED', 'SYSTEM', 'WORK_REPORT']);
    const before = { scheduledStartAt, scheduledEndAt, technicianId: elena.user.id };
    expect(entries[0]?.metadata?.to).to.deep.equal(before);
    expect(entries[1]?.metadata).to.deep.include({ from: before, to: { ...at('2026-03-04', '15:00'), technicianId: elena.user.id } });
    expect(entries[1]?.authorUserId).to.equal(rosa.caller.userId);
    expect(entries[3]).to.include({ body: 'New drive', authorUserId: elena.user.id });
  });

  it('when the event comes again, then there is no second entry', async () => {
    await booked(bench, rosa, ticket);
    await bench.test.idle();
    const event = bench.test.published.find(({ type }) => type === AppointmentBooked.type);
    await bench.test.platform.bus.publish(event as NonNullable<typeof event>);
    expect(await timeline(rosa)).to.have.length(1);
  });

  it('when there are several, then the ticket shows the next one, and after it the last that took place', async () => {
    const [later, sooner] = [await booked(bench, rosa, ticket, at('2026-03-05', '10:00')), await booked(bench, rosa, ticket)];
    for (const path of [`/tickets/${ticket.id}`, `/tickets/${ticket.id}/status`]) {
      const { appointment } = (await bench.api.get<TicketView>(path, rosa)).body.data;
      expect(appointment).to.deep.include({ id: sooner.id, status: 'SCHEDULED', technician: { id: elena.user.id, name: 'Elena' } });
    }
    await patch(later.id, { status: 'CANCELLED' });
    await setStatus(sooner.id, { status: 'IN_PROGRESS' });
    await setStatus(sooner.id, { status: 'COMPLETED', completionSummary: 'Done' });
    expect((await bench.read(rosa, ticket.id)).appointment).to.include({ id: sooner.id, status: 'COMPLETED' });
  });

  it('when there is none, then the ticket shows none', async () => {
    expect(await bench.read(rosa, ticket.id)).not.to.have.property('appointment');
  });

  it('when the ticket is resolved, then what is planned is cancelled and told; what is under way is not', async () => {
    const under = await booked(bench, rosa, ticket);
    await setStatus(under.id, { status: 'IN_PROGRESS' });
    const planned = await booked(bench, rosa, ticket, at('2026-03-05', '10:00'));
    await resolve(ticket.id);
    await bench.test.idle();
    expect((await readAppointment(bench, rosa, planned.id)).cancellation).to.include({ kind: 'TICKET_DONE' });
    expect((await readAppointment(bench, rosa, under.id)).status).to.equal('IN_PROGRESS');
    expect((await bench.events()).filter(({ type }) => type === 'appointment-cancelled')).to.have.length(1);
  });

  it('when booking and resolving race, then no appointment is left for a ticket that is done', async () => {
    const [answer] = await Promise.all([post(bench, rosa, ticket.id), resolve(ticket.id)]);
    await bench.test.idle();
    if (answer.status === 201) expect((await readAppointment(bench, rosa, answer.body.data.id)).status).to.equal('CANCELLED');
    else expect(answer.body.code).to.equal('TICKET_NOT_ACTIVE');
  });

  it('when the ticket is merged, then the appointment stays and shows on what it was merged into', async () => {
    const target = await bench.open(rosa);
    const { id } = await booked(bench, rosa, ticket);
    expect((await bench.api.post(`/tickets/${ticket.id}/merge`, { intoTicketId: target.id }, agent)).status).to.equal(200);
    await bench.test.idle();
    expect(await readAppointment(bench, rosa, id)).to.include({ status: 'SCHEDULED' });
    expect((await bench.read(rosa, target.id)).appointment).to.include({ id });
    const { appointment } = (await bench.api.get<TicketView>(`/tickets/${target.id}/status`, rosa)).body.data;
    expect(appointment).to.include({ id });
    await resolve(target.id);
    await bench.test.idle();
    expect(await readAppointment(bench, rosa, id)).to.include({ status: 'CANCELLED' });
  });

  describe('when their technician', () => {
    const leaves = [
      ['is disabled', UserUpdated, { status: 'DISABLED' }],
      ['is removed', UserRemoved, { removed: true }],
      ['becomes an agent', UserUpdated, { role: 'AGENT' }],
    ] as const;
    for (const [what, contract, change] of leaves) {
      it(`when the technician ${what}, then the visit is listed for replanning, and customers see no change`, async () => {
        const { id } = await booked(bench, rosa, ticket);
        await bench.test.publish(contract, { user: buildUser({ ...elena.user, ...change }) }, { subject: elena.user.id, version: 2 });
        await bench.test.idle();
        const forStaff = await readAppointment(bench, agent, id);
        expect(forStaff).to.include({ status: 'SCHEDULED', needsReplanning: true }).and.not.to.have.property('technicianId');
        expect(forStaff.replanning).to.include({ reason: 'TECHNICIAN_LEFT', technicianId: elena.user.id });
        const list = await bench.api.get<AppointmentView[]>('/appointments?needsReplanning=true', agent);
        expect(list.body.data.map((each) => each.id)).to.deep.equal([id]);
        const forRosa = await readAppointment(bench, rosa, id);
        expect(forRosa).to.include({ status: 'SCHEDULED' }).and.not.to.have.any.keys('needsReplanning', 'replanning');
        expect((await timeline(rosa)).map(({ type }) => type)).to.deep.equal(['APPOINTMENT_SCHEDULED']);
        const event = (await bench.events()).find(({ type }) => type === 'appointment-needs-replanning');
        expect(event?.data).to.include({ reason: 'TECHNICIAN_LEFT', technicianId: elena.user.id });
      });
    }

    it('when the technician has left, then the desk gives the visit to another at the same time', async () => {
      const { id } = await booked(bench, rosa, ticket);
      await bench.test.publish(UserRemoved, { user: buildUser({ ...elena.user, removed: true }) }, { subject: elena.user.id, version: 2 });
      const marco = await bench.technician();
      const { body } = await patch(id, at('2026-03-03', '10:00'), agent);
      expect(body.data).to.include({ technicianId: marco.user.id, needsReplanning: false });
      expect((await bench.api.get('/appointments?needsReplanning=true', agent)).body.pagination.totalCount).to.equal(0);
    });
  });
});
