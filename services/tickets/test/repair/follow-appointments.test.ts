import { AppointmentBooked } from '@riparo/shared/contracts/appointments.events';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { expect } from 'chai';
import { at, buildBooking, MONDAY, type AppointmentView } from '../appointment/appointment.builder.js';
import { startBench, type ActivityView, type Bench, type Person } from '../bench.js';
import { opened, type RepairView } from './repair.builder.js';

describe('a repair follows its appointments', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Awaited<ReturnType<Bench['technician']>>;
  let repair: RepairView;
  let place: { readonly id: string };
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    repair = await opened(bench, rosa);
    place = await bench.location({ customerId: rosa.caller.customerId as string });
  });
  afterEach(() => bench.stop());

  const book = async (overrides: Readonly<Record<string, unknown>> = {}): Promise<AppointmentView> => {
    const visit = { type: 'ONSITE_VISIT', locationId: place.id };
    const { status, body, text } = await bench.api.post<AppointmentView>(
      `/repairs/${repair.id}/appointments`,
      buildBooking({ ...visit, ...overrides }),
      agent,
    );
    expect(status, text).to.equal(201);
    return body.data;
  };
  const setStatus = async (id: string, body: unknown): Promise<void> => {
    expect((await bench.api.post(`/appointments/${id}/status`, body, agent)).status).to.equal(200);
  };
  const call = async (id: string) => bench.api.patch(`/appointments/${id}`, { status: 'CANCELLED' }, agent);
  const now = async (): Promise<RepairView> => {
    await bench.test.idle();
    return (await bench.api.get<RepairView>(`/repairs/${repair.id}`, agent)).body.data;
  };
  const stand = async (status: RepairStatus): Promise<void> => {
    const { connection } = bench.test.platform;
    await connection.collection('repairs').updateOne({ number: repair.number }, { $set: { status } });
  };
  const timeline = async (): Promise<readonly ActivityView[]> => {
    await bench.test.idle();
    const { connection } = bench.test.platform;
    const found = await connection.collection('repairs').findOne({ number: repair.number });
    return (found as unknown as { readonly activities: readonly ActivityView[] }).activities;
  };

  it('when booked, on the way, begun and done, then it goes along, and who began it has it', async () => {
    const { id } = await book();
    expect(await now())
      .to.include({ status: 'SCHEDULED' })
      .and.not.to.have.property('assignedToUserId');
    await setStatus(id, { status: 'IN_TRANSIT' });
    expect((await now()).status).to.equal('DISPATCHED');
    await setStatus(id, { status: 'IN_PROGRESS' });
    expect(await now()).to.include({ status: 'IN_PROGRESS', assignedToUserId: elena.user.id });
    await setStatus(id, { status: 'COMPLETED', completionSummary: 'New fan' });
    expect((await now()).status).to.equal('IN_PROGRESS');
    const entries = await timeline();
    expect(entries.map(({ type, metadata }) => [type, metadata?.to].filter((each) => typeof each === 'string').join(' '))).to.deep.equal([
      'SYSTEM',
      'APPOINTMENT_SCHEDULED',
      'STATUS_CHANGE SCHEDULED',
      'SYSTEM IN_TRANSIT',
      'STATUS_CHANGE DISPATCHED',
      'SYSTEM IN_PROGRESS',
      `ASSIGNMENT ${elena.user.id}`,
      'STATUS_CHANGE IN_PROGRESS',
      'WORK_REPORT COMPLETED',
    ]);
    const events = (await bench.events()).filter(({ type }) => type.startsWith('repair-'));
    expect(events.map(({ type, data }) => [type, data.to])).to.deep.equal([
      ['repair-received', undefined],
      ['repair-status-changed', 'SCHEDULED'],
      ['repair-status-changed', 'DISPATCHED'],
      ['repair-assigned', undefined],
      ['repair-status-changed', 'IN_PROGRESS'],
    ]);
  });

  it('when all of it happens before any event is heard, then it ends there all the same', async () => {
    const { id } = await book();
    for (const body of [{ status: 'IN_TRANSIT' }, { status: 'IN_PROGRESS' }, { status: 'COMPLETED', completionSummary: 'Done' }])
      await setStatus(id, body);
    expect(await now()).to.include({ status: 'IN_PROGRESS', assignedToUserId: elena.user.id });
  });

  it('when an event comes again, then nothing is written twice', async () => {
    await book();
    const before = (await now()).version;
    const event = bench.test.published.find(({ type }) => type === AppointmentBooked.type);
    for (let again = 0; again < 3; again++) await bench.test.platform.bus.publish(event as NonNullable<typeof event>);
    expect((await now()).version).to.equal(before);
  });

  it('when one of two is called off, then it stays scheduled; when the last one is, then it waits again', async () => {
    const [first, second] = [await book(), await book(at('2026-03-04', '10:00'))];
    await call(first.id);
    expect((await now()).status).to.equal('SCHEDULED');
    await call(second.id);
    expect((await now()).status).to.equal('PENDING');
  });

  it('when ten are booked and called off at once, then it stands where they ended', async () => {
    const hours = ['09:00', '11:00', '13:00', '15:00', '17:00'];
    const all = await Promise.all(hours.map((hour) => book({ ...at('2026-03-04', hour, 30), type: 'REMOTE_SESSION' })));
    await Promise.all(all.slice(1).map(({ id }) => call(id)));
    expect((await now()).status).to.equal('SCHEDULED');
    await call(all[0]?.id as string);
    expect((await now()).status).to.equal('PENDING');
    expect((await timeline()).filter(({ metadata }) => metadata?.appointmentId !== undefined)).to.have.length(10);
  });

  it('when the device was only handed in at the desk, then it waits for a technician', async () => {
    const { id } = await book({ type: 'DROP_OFF', locationId: undefined });
    await setStatus(id, { status: 'IN_PROGRESS' });
    expect((await now()).status).to.equal('SCHEDULED');
    await setStatus(id, { status: 'COMPLETED', completionSummary: 'Here' });
    expect(await now())
      .to.include({ status: 'PENDING' })
      .and.not.to.have.property('assignedToUserId');
  });

  it('when it was held up, then a visit that begins lets it go on, and a visit booked for it does not', async () => {
    for (const held of ['AWAITING_PARTS', 'ON_HOLD', 'DELAYED'] as const) {
      await stand(held);
      const { id } = await book({ type: 'REMOTE_SESSION' });
      expect((await now()).status).to.equal(held);
      await setStatus(id, { status: 'IN_PROGRESS' });
      expect((await now()).status).to.equal('IN_PROGRESS');
      await setStatus(id, { status: 'COMPLETED', completionSummary: 'Done' });
      bench.test.clock.advance(60_000);
    }
  });

  it('when it is over, then no appointment moves it', async () => {
    const { id } = await book();
    await bench.test.idle();
    await stand('CANCELED');
    await setStatus(id, { status: 'IN_TRANSIT' });
    await setStatus(id, { status: 'IN_PROGRESS' });
    expect(await now())
      .to.include({ status: 'CANCELED' })
      .and.not.to.have.property('assignedToUserId');
  });
});
