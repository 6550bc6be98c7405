import { APPOINTMENT_STATUSES, type AppointmentStatus, type AppointmentType } from '@riparo/shared/contracts/enums';
import { expect } from 'chai';
import { at, booked, MONDAY, readAppointment, type AppointmentView } from '../appointment/appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

/** From the table of transitions. */
const ALLOWED: Readonly<Record<AppointmentStatus, readonly AppointmentStatus[]>> = {
  SCHEDULED: ['IN_TRANSIT', 'IN_PROGRESS', 'CANCELLED'],
  IN_TRANSIT: ['IN_PROGRESS', 'CANCELLED'],
  IN_PROGRESS: ['COMPLETED'],
  COMPLETED: [],
  CANCELLED: [],
};
/** How an on-site visit gets into a status. */
const WAY: Readonly<Record<AppointmentStatus, readonly AppointmentStatus[]>> = {
  SCHEDULED: [],
  IN_TRANSIT: ['IN_TRANSIT'],
  IN_PROGRESS: ['IN_PROGRESS'],
  COMPLETED: ['IN_PROGRESS', 'COMPLETED'],
  CANCELLED: ['CANCELLED'],
};
const request = (status: AppointmentStatus) => (status === 'COMPLETED' ? { status, completionSummary: 'New drive' } : { status });

describe('POST /appointments/:id/status', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let ticket: TicketView;
  let locationId: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent, elena] = [await bench.customer(), bench.person('AGENT'), await bench.technician({ name: 'Elena' })];
    ticket = await bench.open(rosa);
    locationId = (await bench.location({ customerId: rosa.caller.customerId as string })).id;
  });
  afterEach(() => bench.stop());

  const make = (type: AppointmentType = 'ONSITE_VISIT') => booked(bench, rosa, ticket, { type, locationId });
  const send = (id: string, body: unknown, by = elena) => bench.api.post<AppointmentView>(`/appointments/${id}/status`, body, by);
  const into = async (status: AppointmentStatus): Promise<string> => {
    const { id } = await make();
    for (const step of WAY[status]) expect((await send(id, request(step))).status).to.equal(200);
    return id;
  };

  for (const from of APPOINTMENT_STATUSES)
    for (const to of APPOINTMENT_STATUSES)
      it(`when ${from} and ${to} is asked for, then ${ALLOWED[from].includes(to) ? '200' : '409'}`, async () => {
        const id = await into(from);
        const { status, body } = await send(id, request(to));
        if (ALLOWED[from].includes(to)) {
          expect([status, body.data.status]).to.deep.equal([200, to]);
        } else {
          expect(status).to.equal(409);
          expect(body).to.include({ code: 'APPOINTMENT_TRANSITION_NOT_ALLOWED', current: from });
          expect(body.allowed).to.deep.equal(ALLOWED[from]);
        }
      });

  it('when it is not on site, then nobody is in transit', async () => {
    const { id } = await make('REMOTE_SESSION');
    expect((await send(id, { status: 'IN_TRANSIT' })).body.code).to.equal('APPOINTMENT_TRANSITION_NOT_ALLOWED');
  });

  it('when the technician sets out, then the customer sees and is told when they arrive', async () => {
    const { id } = await make();
    const { body } = await send(id, { status: 'IN_TRANSIT', expectedArrivalAt: '2026-03-03T09:05:00Z' });
    expect(body.data.expectedArrivalAt).to.equal('2026-03-03T09:05:00.000Z');
    expect((await readAppointment(bench, rosa, id)).expectedArrivalAt).to.equal('2026-03-03T09:05:00.000Z');
    const event = (await bench.events()).find(({ type }) => type === 'appointment-status-changed');
    expect(event?.data).to.include({ from: 'SCHEDULED', to: 'IN_TRANSIT' });
    expect(event?.data.appointment).to.have.property('expectedArrivalAt', '2026-03-03T09:05:00.000Z');
  });

  it('when no journey can be measured, then the start that was agreed is the expected arrival', async () => {
    const { id, scheduledStartAt } = await make();
    expect((await send(id, { status: 'IN_TRANSIT' })).body.data.expectedArrivalAt).to.equal(scheduledStartAt);
  });

  it('when it is done, then the times are as they really were, with the summary', async () => {
    const { id } = await make();
    bench.test.clock.set('2026-03-03T10:30:00Z');
    await send(id, { status: 'IN_PROGRESS', actualStartAt: '2026-03-03T09:10:00Z' });
    const { body } = await send(id, { status: 'COMPLETED', actualEndAt: '2026-03-03T10:20:00Z', completionSummary: 'New drive' });
    expect(body.data).to.include({
      status: 'COMPLETED',
      actualStartAt: '2026-03-03T09:10:00.000Z',
      actualEndAt: '2026-03-03T10:20:00.000Z',
      completionSummary: 'New drive',
    });
    expect((await readAppointment(bench, rosa, id)).completionSummary).to.equal('New drive');
  });

  it('when no times are given, then they are now', async () => {
    const { id } = await make();
    await send(id, { status: 'IN_PROGRESS' });
    bench.test.clock.advance(60_000);
    const { body } = await send(id, request('COMPLETED'));
    expect(body.data).to.include({ actualStartAt: '2026-03-02T10:00:00.000Z', actualEndAt: '2026-03-02T10:01:00.000Z' });
  });

  it('when times lie in the future or end before they begin, then 422', async () => {
    const { id } = await make();
    const future = '2026-03-02T10:00:01Z';
    expect((await send(id, { status: 'IN_PROGRESS', actualStartAt: future })).body.errors[0]?.path).to.equal('actualStartAt');
    await send(id, { status: 'IN_PROGRESS' });
    const done = request('COMPLETED');
    expect((await send(id, { ...done, actualEndAt: future })).body.errors.map(({ path }) => path)).to.deep.equal(['actualEndAt']);
    const early = await send(id, { ...done, actualEndAt: '2026-03-02T09:00:00Z' });
    expect(early.body.errors.map(({ path }) => path)).to.deep.equal(['actualEndAt']);
    expect((await readAppointment(bench, agent, id)).status).to.equal('IN_PROGRESS');
  });

  it('when the summary is missing or fields belong to another status, then 422', async () => {
    const id = await into('IN_PROGRESS');
    expect((await send(id, { status: 'COMPLETED' })).body.errors[0]?.path).to.equal('completionSummary');
    const wrong = { status: 'CANCELLED', completionSummary: 'x', actualEndAt: MONDAY, remoteSessionUrl: 'https://a.example', up: 1 };
    expect((await send(id, wrong)).body.errors.map(({ path }) => path)).to.have.members([
      'completionSummary',
      'actualEndAt',
      'remoteSessionUrl',
      'up',
    ]);
  });

  it('when a remote session begins, then the customer finds its address, which must be secure', async () => {
    const { id } = await make('REMOTE_SESSION');
    const begin = (remoteSessionUrl: string) => send(id, { status: 'IN_PROGRESS', remoteSessionUrl });
    for (const url of ['http://meet.example.com/1', 'javascript:alert(1)', 'meet']) expect((await begin(url)).status).to.equal(422);
    expect((await begin('https://meet.example.com/1')).status).to.equal(200);
    expect((await readAppointment(bench, rosa, id)).remoteSessionUrl).to.equal('https://meet.example.com/1');
    expect(JSON.stringify(await bench.events())).not.to.include('meet.example.com');
  });

  it('when nobody is there, then it is cancelled as a no-show, but not before the start', async () => {
    const { id } = await make();
    const noShow = { status: 'CANCELLED', noShow: true, reason: 'Nobody opened' };
    expect((await send(id, noShow)).body.errors[0]?.path).to.equal('noShow');
    bench.test.clock.set('2026-03-03T09:15:00Z');
    expect((await send(id, noShow)).body.data.cancellation).to.include({ kind: 'NO_SHOW', reason: 'Nobody opened' });
    const { cancellation } = await readAppointment(bench, rosa, id);
    expect(cancellation).to.include({ kind: 'NO_SHOW' }).and.not.to.have.property('byUserId');
  });

  it('when it ends early, then what is left of its time is free', async () => {
    const { id } = await make('REMOTE_SESSION');
    bench.test.clock.set('2026-03-03T09:20:00Z');
    await send(id, { status: 'IN_PROGRESS' });
    await send(id, request('COMPLETED'));
    await booked(bench, agent, ticket, at('2026-03-03', '10:20', 30));
  });

  it('when a customer tries, then 403; another technician, then 404; the desk, then it may', async () => {
    const { id } = await make();
    expect((await send(id, { status: 'IN_PROGRESS' }, rosa)).status).to.equal(403);
    expect((await send(id, { status: 'IN_PROGRESS' }, await bench.technician())).status).to.equal(404);
    expect((await send(id, { status: 'IN_PROGRESS' }, agent)).status).to.equal(200);
  });
});
