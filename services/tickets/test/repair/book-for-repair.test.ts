import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { at, buildBooking, MONDAY, readAppointment, type AppointmentView } from '../appointment/appointment.builder.js';
import { buildUser, startBench, type Bench, type Person } from '../bench.js';
import { opened, type RepairView } from './repair.builder.js';

type Overrides = Readonly<Record<string, unknown>>;

describe('appointments of a repair', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Awaited<ReturnType<Bench['technician']>>;
  let repair: RepairView;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    repair = await opened(bench, rosa);
  });
  afterEach(() => bench.stop());

  const post = (by: Person, overrides: Overrides = {}, id = repair.id) =>
    bench.api.post<AppointmentView>(`/repairs/${id}/appointments`, buildBooking(overrides), by);
  const booked = async (by: Person, overrides: Overrides = {}, id = repair.id): Promise<AppointmentView> => {
    const { status, body, text } = await post(by, overrides, id);
    expect(status, text).to.equal(201);
    await bench.test.idle();
    return body.data;
  };
  const readRepair = async (by: Person = agent) =>
    (await bench.api.get<RepairView & { readonly appointment?: AppointmentView }>(`/repairs/${repair.id}`, by)).body.data;
  /** As if the desk had brought it there. */
  const stand = async (status: RepairStatus): Promise<void> => {
    const { connection } = bench.test.platform;
    await connection.collection('repairs').updateOne({ number: repair.number }, { $set: { status } });
  };
  const announce = async (to: RepairStatus): Promise<void> => {
    const received = bench.test.published.find(({ type }) => type.includes('repair-received'));
    const { repair: published } = received?.data as { readonly repair: never };
    const data = { repair: published, at: bench.test.clock.now().toISOString(), from: 'IN_PROGRESS' as const, to };
    await bench.test.publish(RepairStatusChanged, data, { subject: repair.id, version: 50 });
    await bench.test.idle();
  };

  it('when it is booked through either door, then it names its repair, and the repair names it', async () => {
    const first = await booked(rosa);
    const { status, body } = await bench.api.post<AppointmentView>(
      '/appointments',
      buildBooking({ ...at('2026-03-04', '10:00'), repairId: repair.id }),
      agent,
    );
    expect(status).to.equal(201);
    for (const appointment of [first, body.data]) {
      expect(appointment).to.include({ repairId: repair.id, repairNumber: 'REP-2026-000001', technicianId: elena.user.id });
      expect(appointment).not.to.have.any.keys('ticketId', 'ticketNumber');
    }
    expect((await readRepair(rosa)).appointment).to.include({ id: first.id, status: 'SCHEDULED' });
    const short = await bench.api.get<RepairView & { readonly appointment?: AppointmentView }>(`/repairs/${repair.id}/status`, rosa);
    expect(short.body.data.appointment).to.include({ id: first.id });
    const ticket = await bench.open(rosa);
    await bench.api.post(`/tickets/${ticket.id}/appointments`, buildBooking(at('2026-03-05', '10:00')), rosa);
    const list = await bench.api.get<AppointmentView[]>(`/appointments?repairId=${repair.id}`, rosa);
    expect(list.body.data.map(({ id }) => id)).to.deep.equal([body.data.id, first.id]);
    const event = (await bench.events()).find(({ type }) => type === 'appointment-booked');
    expect(event?.data.appointment)
      .to.include({ repairId: repair.id, repairNumber: 'REP-2026-000001' })
      .and.not.to.have.property('ticketId');
  });

  it("when the repair is another customer's, or there is none, then 404", async () => {
    const other = await bench.customer();
    for (const answer of [await post(other), await bench.api.post('/appointments', buildBooking({ repairId: repair.id }), other)])
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
    expect((await post(rosa, {}, other.customer.id)).status).to.equal(404);
    expect((await post(elena)).status).to.equal(403);
  });

  it('when nobody of the customer has a part in it, then mails go to the customer’s address', async () => {
    const walkIn = await opened(bench, agent, { customerId: rosa.caller.customerId });
    await booked(agent, {}, walkIn.id);
    const [event] = (await bench.events()).filter(({ type }) => type === 'appointment-booked');
    expect(event?.data.appointment).to.include({ customerId: rosa.caller.customerId }).and.not.to.have.property('contactUserId');
  });

  it('when it takes somebody who can open devices, then nobody else is sent', async () => {
    await bench.test.publish(
      UserUpdated,
      { user: buildUser({ ...elena.user, skills: ['SOFTWARE'] }) },
      { subject: elena.user.id, version: 2 },
    );
    const { status, body } = await post(rosa);
    expect([status, body.code]).to.deep.equal([409, 'APPOINTMENT_NOBODY_AVAILABLE']);
  });

  it('when work on it has ended, then no appointment can be booked; what is ready can be fetched', async () => {
    const over: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'CANCELED', 'CLOSED'];
    for (const status of over) {
      await stand(status);
      for (const type of ['REMOTE_SESSION', 'DROP_OFF']) {
        const answer = await post(agent, { type });
        expect([status, answer.status, answer.body.code, answer.body.current]).to.deep.equal([status, 409, 'REPAIR_NOT_ACTIVE', status]);
      }
    }
    await stand('READY_FOR_PICKUP');
    expect((await post(agent)).body.code).to.equal('REPAIR_NOT_ACTIVE');
    expect((await post(rosa, { type: 'DROP_OFF' })).status).to.equal(201);
  });

  it('when the repair is done, then what was planned is called off, but not the later pickup', async () => {
    const { id } = await booked(rosa, { type: 'DROP_OFF' });
    await stand('COMPLETED');
    await announce('COMPLETED');
    expect((await readAppointment(bench, rosa, id)).cancellation).to.include({ kind: 'REPAIR_DONE' });
    bench.test.clock.advance(1_000);
    await stand('READY_FOR_PICKUP');
    const fetching = await booked(rosa, { type: 'DROP_OFF' });
    await announce('READY_FOR_PICKUP');
    expect(await readAppointment(bench, rosa, fetching.id)).to.include({ status: 'SCHEDULED' });
    bench.test.clock.advance(1_000);
    await stand('CLOSED');
    await announce('CLOSED');
    expect(await readAppointment(bench, rosa, fetching.id)).to.include({ status: 'CANCELLED' });
  });

  it('when it is moved, read as a calendar file and seen in the schedule, then it is the repair’s', async () => {
    const { id } = await booked(rosa);
    const moved = await bench.api.patch<AppointmentView>(`/appointments/${id}`, at('2026-03-03', '15:00'), rosa);
    expect(moved.body.data).to.include({ technicianId: elena.user.id, repairId: repair.id });
    const file = await fetch(`${bench.baseUrl}/api/v1/appointments/${id}.ics`, { headers: { authorization: `Bearer ${rosa.token}` } });
    expect(await file.text()).to.contain('Repair: REP-2026-000001');
    const { body } = await bench.api.get<{ appointments: AppointmentView[] }>(`/schedules/${elena.user.id}?from=2026-03-03`, elena);
    const [visit] = body.data.appointments;
    expect(visit?.repair).to.include({ id: repair.id, number: repair.number, problemDescription: repair.problemDescription });
    expect(visit?.device).to.include({ brand: 'Lenovo', serialNumber: 'PF-3X9K21' });
    expect(visit).not.to.have.property('ticket');
  });

  it('when its technician leaves, then the appointment needs another, and the repair waits in the queue', async () => {
    const { id } = await booked(rosa);
    expect((await bench.api.post(`/repairs/${repair.id}/take`, {}, elena)).status).to.equal(200);
    await bench.test.publish(
      UserUpdated,
      { user: buildUser({ ...elena.user, status: 'DISABLED' }) },
      { subject: elena.user.id, version: 2 },
    );
    await bench.test.idle();
    expect(await readAppointment(bench, agent, id))
      .to.include({ needsReplanning: true })
      .and.not.to.have.property('technicianId');
    expect(await readRepair())
      .to.include({ status: 'IN_PROGRESS' })
      .and.not.to.have.property('assignedToUserId');
    const marco = await bench.technician();
    const { body } = await bench.api.patch<AppointmentView>(`/appointments/${id}`, at('2026-03-03', '10:00'), agent);
    expect(body.data).to.include({ technicianId: marco.user.id, needsReplanning: false });
  });

  it('when 200 want the last place at once, for tickets and repairs, then one has it', async () => {
    const ticket = await bench.open(rosa);
    const paths = [`/tickets/${ticket.id}/appointments`, `/repairs/${repair.id}/appointments`] as const;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => bench.api.post<AppointmentView>(paths[index % 2] as string, buildBooking(), rosa)),
    );
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    expect(answers.filter(({ status, body }) => status === 409 && body.code === 'APPOINTMENT_SLOT_TAKEN')).to.have.length(199);
  });

  it('when booking and the end of the repair race, then nothing is left planned for it', async () => {
    const [answer, cancelled] = await Promise.all([post(rosa), bench.api.post(`/repairs/${repair.id}/cancel`, {}, agent)]);
    expect(cancelled.status).to.equal(200);
    await bench.test.idle();
    if (answer.status === 201) expect((await readAppointment(bench, rosa, answer.body.data.id)).status).to.equal('CANCELLED');
    else expect(answer.body.code).to.equal('REPAIR_NOT_ACTIVE');
  });
});
