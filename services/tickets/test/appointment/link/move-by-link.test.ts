import { APPOINTMENT_LINK } from '@riparo/shared/contracts/links';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../../bench.js';
import { at, booked, MONDAY, readAppointment, type AppointmentView, type OfferView } from '../appointment.builder.js';

describe('moving an appointment through the link of a mail', () => {
  let bench: Bench;
  let rosa: Person;
  let visit: AppointmentView;
  let token: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    rosa = await bench.customer();
    await bench.technician();
    visit = await booked(bench, rosa, await bench.open(rosa), at('2026-03-06', '10:00'));
    token = linkFor(visit);
  });
  afterEach(() => bench.stop());

  const linkFor = ({ id, scheduledStartAt }: AppointmentView): string =>
    bench.test.platform.links.sign(
      APPOINTMENT_LINK,
      { tenantId: 'default', subjectId: id, state: scheduledStartAt },
      new Date(scheduledStartAt),
    );
  const slots = (of = token) => bench.api.get<readonly OfferView[]>(`/public/appointments/${of}/slots`);
  const move = (scheduledStartAt: string, of = token) =>
    bench.api.post<AppointmentView & { readonly token: string }>(`/public/appointments/${of}/move`, { scheduledStartAt });
  const toldOf = async (type: string) => (await bench.events()).filter((event) => event.type === type);

  it('when free times are asked for, then they are those that a customer may book, without its own', async () => {
    const { status, body } = await slots();
    const starts = body.data.map(({ startAt }) => startAt);
    expect([status, starts.length > 0, starts.includes(visit.scheduledStartAt)]).to.deep.equal([200, true, false]);
    // Its own time does not stand in its way: a quarter of an hour later overlaps with it.
    expect(starts).to.include(at('2026-03-06', '10:15').scheduledStartAt);
    const listed = await bench.api.get<readonly OfferView[]>('/appointments/slots?type=REMOTE_SESSION', rosa);
    expect(starts[0]).to.equal(listed.body.data[0]?.startAt);
    expect(Object.keys(body.data[0] ?? {})).to.deep.equal(['startAt', 'endAt']);
  });

  it('when it is moved, then by nobody named; the answer has a new link, and the old one is void', async () => {
    const wanted = at('2026-03-09', '14:30');
    const { status, body } = await move(wanted.scheduledStartAt);
    expect(status).to.equal(200);
    expect(body.data).to.include({ ...wanted, canConfirm: true, canMove: true });
    expect(await readAppointment(bench, rosa, visit.id)).to.include(wanted);
    const [event] = await toldOf('appointment-rescheduled');
    expect(event?.data.from).to.include({ scheduledStartAt: visit.scheduledStartAt });
    expect(event?.data).not.to.have.property('actorUserId');
    expect((await move(at('2026-03-10', '10:00').scheduledStartAt)).body.code).to.equal('LINK_NOT_VALID');
    expect((await move(at('2026-03-10', '10:00').scheduledStartAt, body.data.token)).status).to.equal(200);
  });

  it('when it is moved to where it is, then nothing happens', async () => {
    expect((await move(visit.scheduledStartAt)).body.data.token).to.equal(token);
    expect(await toldOf('appointment-rescheduled')).to.deep.equal([]);
  });

  it('when the time is taken, outside the hours or too soon, then 409, and it stays where it is', async () => {
    await booked(bench, rosa, await bench.open(rosa), at('2026-03-09', '10:00'));
    for (const [start, code] of [
      [at('2026-03-09', '10:30').scheduledStartAt, 'APPOINTMENT_SLOT_TAKEN'],
      [at('2026-03-09', '03:00').scheduledStartAt, 'APPOINTMENT_OUTSIDE_HOURS'],
      [new Date(Date.parse(MONDAY) + 60_000).toISOString(), 'APPOINTMENT_TOO_SOON'],
    ] as const) {
      const { status, body } = await move(start);
      expect([status, body.code]).to.deep.equal([409, code]);
    }
    expect((await move('2028-01-01T10:00:00Z')).body.code).to.equal('VALIDATION_FAILED');
    expect(await readAppointment(bench, rosa, visit.id)).to.include(at('2026-03-06', '10:00'));
  });

  it('when it is too late or cancelled, then neither times nor a move', async () => {
    bench.test.clock.set('2026-03-06T07:30:00Z');
    const later = at('2026-03-09', '10:00').scheduledStartAt;
    expect([(await slots()).body.code, (await move(later)).body.code]).to.deep.equal(Array(2).fill('APPOINTMENT_CHANGE_TOO_LATE'));
    bench.test.clock.set(MONDAY);
    await bench.api.patch(`/appointments/${visit.id}`, { status: 'CANCELLED' }, rosa);
    expect([(await slots()).body.code, (await move(later)).body.code]).to.deep.equal(Array(2).fill('APPOINTMENT_NOT_CHANGEABLE'));
  });

  it('when the link is not valid, then neither times nor a move', async () => {
    for (const bad of ['nonsense', `${token}x`, linkFor({ ...visit, ...at('2026-03-06', '11:00') })]) {
      expect((await slots(bad)).body.code).to.equal('LINK_NOT_VALID');
      expect((await move(at('2026-03-09', '10:00').scheduledStartAt, bad)).body.code).to.equal('LINK_NOT_VALID');
    }
  });
});
