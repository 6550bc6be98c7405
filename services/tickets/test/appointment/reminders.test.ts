import { APPOINTMENT_LINK } from '@riparo/shared/contracts/links';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { createAppointments } from '../../src/appointment/appointment.repository.js';
import { at, booked, MONDAY, readAppointment, type AppointmentView } from './appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';
import { runReminders } from '../../src/appointment/reminder/remind.js';

/** The job as an instance runs it; the cron expression of the service under test never comes due. */
const jobOf = ({ platform }: TestPlatform): (() => Promise<void>) =>
  runReminders({
    appointments: createAppointments(platform),
    recheckBooking: (_tenantId, booking) => Promise.resolve(booking),
    clock: platform.clock,
    log: platform.log,
    dueReminders: createAcrossTenants(platform, 'appointments', [momentIndex('reminderAt')]),
  });

describe('reminders of appointments', () => {
  let bench: Bench;
  let other: TestPlatform;
  let rosa: Person;
  let ticket: TicketView;
  let visit: AppointmentView;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { TICKET_CLOCK_CRON: '0 0 0 29 2 *' } });
    const { connection } = bench.test.platform;
    other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    rosa = await bench.customer();
    await bench.technician();
    ticket = await bench.open(rosa);
    visit = await booked(bench, rosa, ticket, at('2026-03-06', '10:00'));
  });
  afterEach(async () => {
    await other.stop();
    await bench.stop();
  });

  /** Both instances look at `moment`; everything that has been said by then. */
  const said = async (moment: string): Promise<readonly unknown[]> => {
    bench.test.clock.set(moment);
    await Promise.all([jobOf(bench.test)(), jobOf(other)()]);
    await Promise.all([bench.test.idle(), other.idle()]);
    // In the order of the moments: a later reminder is never said by an earlier look.
    return [...bench.test.published, ...other.published]
      .sort((a, b) => (a.time < b.time ? -1 : 1))
      .filter(({ type }) => type.includes('reminder'))
      .map(({ data }) => (data as { kind: string }).kind);
  };
  const move = (day: string, time: string) => bench.api.patch(`/appointments/${visit.id}`, at(day, time), rosa);

  it('when its moments come, then a day and two hours before, once each, with two instances', async () => {
    expect(await said('2026-03-05T08:59:59Z')).to.deep.equal([]);
    expect(await said('2026-03-05T09:00:00Z')).to.deep.equal(['DAY']);
    expect(await said('2026-03-05T12:00:00Z')).to.deep.equal(['DAY']);
    expect(await said('2026-03-06T07:00:00Z')).to.deep.equal(['DAY', 'TWO_HOURS']);
    expect(await said('2026-03-06T08:00:00Z')).to.deep.equal(['DAY', 'TWO_HOURS']);
  });

  it('when it is moved, then the reminders move with it', async () => {
    expect(await said('2026-03-05T09:00:00Z')).to.deep.equal(['DAY']);
    await move('2026-03-10', '10:00');
    expect(await said('2026-03-06T08:00:00Z')).to.deep.equal(['DAY']);
    expect(await said('2026-03-09T09:00:00Z')).to.deep.equal(['DAY', 'DAY']);
  });

  it('when it is moved to within a day, then the reminder whose moment has passed is not given', async () => {
    bench.test.clock.set('2026-03-04T12:00:00Z');
    await move('2026-03-05', '10:00');
    expect(await said('2026-03-04T13:00:00Z')).to.deep.equal([]);
    expect(await said('2026-03-05T07:00:00Z')).to.deep.equal(['TWO_HOURS']);
  });

  const downtimes: readonly (readonly [until: string, kinds: readonly string[]])[] = [
    ['2026-03-05T15:00:00Z', ['DAY']],
    ['2026-03-06T07:30:00Z', ['TWO_HOURS']],
    ['2026-03-06T08:59:59Z', ['TWO_HOURS']],
    ['2026-03-06T09:00:00Z', []],
    ['2026-03-09T09:00:00Z', []],
  ];
  for (const [until, kinds] of downtimes) {
    it(`when nobody looked until ${until}, then ${kinds.join() || 'nothing'} is said, once`, async () => {
      expect(await said(until)).to.deep.equal(kinds);
      expect(await said(until)).to.deep.equal(kinds);
    });
  }

  it('when it is cancelled or has begun, then nothing is said', async () => {
    await bench.api.patch(`/appointments/${visit.id}`, { status: 'CANCELLED' }, rosa);
    expect(await said('2026-03-06T08:00:00Z')).to.deep.equal([]);
  });

  describe('the link of a mail', () => {
    const linkFor = (start: string, id = visit.id): string =>
      bench.test.platform.links.sign(APPOINTMENT_LINK, { tenantId: 'default', subjectId: id, state: start }, new Date(start));
    const open = (token: string) => bench.api.get<Record<string, unknown>>(`/public/appointments/${token}`);
    const use = (token: string, what: 'confirm' | 'cancel', body?: unknown) =>
      bench.api.post<Record<string, unknown>>(`/public/appointments/${token}/${what}`, body);

    it('when opened, then it tells time, type and status and nothing about people or places', async () => {
      const { status, body } = await open(linkFor(visit.scheduledStartAt));
      expect(status).to.equal(200);
      expect(body.data).to.deep.equal({
        type: 'REMOTE_SESSION',
        status: 'SCHEDULED',
        ...at('2026-03-06', '10:00'),
        canConfirm: true,
        canCancel: true,
        canMove: true,
      });
    });

    it('when confirmed twice, then it is confirmed once and told once', async () => {
      const token = linkFor(visit.scheduledStartAt);
      expect((await use(token, 'confirm')).body.data.confirmedAt).to.equal(new Date(MONDAY).toISOString());
      expect((await use(token, 'confirm')).status).to.equal(200);
      expect((await bench.events()).filter(({ type }) => type === 'appointment-confirmed')).to.have.length(1);
      expect((await readAppointment(bench, rosa, visit.id)).confirmedAt).to.equal(new Date(MONDAY).toISOString());
    });

    it('when cancelled, then it is the customer who did, and a second click does no harm', async () => {
      const token = linkFor(visit.scheduledStartAt);
      expect((await use(token, 'cancel', { reason: 'Ill' })).body.data.status).to.equal('CANCELLED');
      expect((await use(token, 'cancel')).status).to.equal(200);
      expect((await readAppointment(bench, rosa, visit.id)).cancellation).to.include({ kind: 'CUSTOMER', reason: 'Ill' });
      expect((await use(token, 'confirm')).body.code).to.equal('APPOINTMENT_NOT_CHANGEABLE');
    });

    it('when it is too late to cancel, then 409; it can still be confirmed', async () => {
      bench.test.clock.set('2026-03-06T07:30:00Z');
      const token = linkFor(visit.scheduledStartAt);
      expect((await use(token, 'cancel')).body.code).to.equal('APPOINTMENT_CHANGE_TOO_LATE');
      expect((await open(token)).body.data).to.include({ canCancel: false, canConfirm: true });
      expect((await use(token, 'confirm')).status).to.equal(200);
    });

    it('when it was moved since, has begun, or the link is forged, then LINK_NOT_VALID and nothing happens', async () => {
      const token = linkFor(visit.scheduledStartAt);
      await move('2026-03-09', '10:00');
      const rating = bench.test.platform.links.sign('rating', { tenantId: 'default', subjectId: visit.id }, new Date('2027-01-01'));
      const foreign = bench.test.platform.links.sign(
        APPOINTMENT_LINK,
        { tenantId: 'another', subjectId: visit.id, state: at('2026-03-09', '10:00').scheduledStartAt },
        new Date('2027-01-01'),
      );
      for (const bad of [token, rating, foreign, 'x', `${token}x`]) {
        expect((await open(bad)).body.code).to.equal('LINK_NOT_VALID');
        for (const what of ['confirm', 'cancel'] as const) expect((await use(bad, what)).body.code).to.equal('LINK_NOT_VALID');
      }
      const fresh = linkFor(at('2026-03-09', '10:00').scheduledStartAt);
      bench.test.clock.set('2026-03-09T09:00:01Z');
      expect((await use(fresh, 'confirm')).body.code).to.equal('LINK_NOT_VALID');
      expect(await readAppointment(bench, rosa, visit.id))
        .to.include({ status: 'SCHEDULED' })
        .and.not.to.have.property('confirmedAt');
    });
  });
});
