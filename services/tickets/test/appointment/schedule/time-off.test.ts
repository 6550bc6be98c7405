import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createTechnicians } from '../../../src/technician/technician.repository.js';
import { at, booked, MONDAY, post, readAppointment, type AppointmentView, type OfferView } from '../appointment.builder.js';
import { startBench, type Bench, type Person } from '../../bench.js';

interface TimeOffView {
  readonly id: string;
  readonly technicianId: string;
  readonly from: string;
  readonly to: string;
  readonly reason?: string;
  readonly toMove: readonly { readonly appointment: AppointmentView; readonly proposals: readonly OfferView[] }[];
}

describe('time off', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const path = (technician: Person) => `/schedules/${technician.caller.userId}/time-off`;
  const add = (technician: Person, body: Readonly<Record<string, unknown>>, by = agent) =>
    bench.api.post<TimeOffView>(path(technician), body, by);
  const added = async (technician: Person, body: Readonly<Record<string, unknown>>, by = agent): Promise<TimeOffView> => {
    const { status, body: answer, text } = await add(technician, body, by);
    expect(status, text).to.equal(201);
    return answer.data;
  };
  const TUESDAY = { from: '2026-03-03', to: '2026-03-03' };

  describe('POST /schedules/:technicianId/time-off', () => {
    it('when days are given, then they are whole days of the tenant’s wall calendar, the last one included', async () => {
      const elena = await bench.technician();
      const { body, headers } = await add(elena, { from: '2026-03-28', to: '2026-03-29', reason: 'Wedding' }, elena);
      expect(body.data).to.deep.include({
        technicianId: elena.user.id,
        from: '2026-03-27T23:00:00.000Z',
        // The clocks are put forward that night.
        to: '2026-03-29T22:00:00.000Z',
        reason: 'Wedding',
        toMove: [],
      });
      expect(headers.get('location')).to.equal(`/api/v1${path(elena)}`);
    });

    it('when moments are given, then they are kept', async () => {
      const elena = await bench.technician();
      const { from, to } = await added(elena, { from: '2026-03-03T09:00:00+01:00', to: '2026-03-03T10:30:00Z' });
      expect([from, to]).to.deep.equal(['2026-03-03T08:00:00.000Z', '2026-03-03T10:30:00.000Z']);
    });

    it('when something is booked then, then it comes back with free proposals, is marked, and is told', async () => {
      const elena = await bench.technician({ name: 'Elena' });
      const ticket = await bench.open(rosa);
      const inside = await booked(bench, rosa, ticket);
      const before = await booked(bench, rosa, ticket, at('2026-03-02', '17:00'));
      const { toMove } = await added(elena, TUESDAY);
      expect(toMove.map(({ appointment }) => appointment.id)).to.deep.equal([inside.id]);
      expect(toMove[0]?.proposals).to.have.length(5);
      for (const { startAt } of toMove[0]?.proposals ?? []) expect(Date.parse(startAt)).to.be.at.least(Date.parse('2026-03-03T23:00:00Z'));
      expect(await readAppointment(bench, agent, inside.id)).to.deep.include({ needsReplanning: true, technicianId: elena.user.id });
      expect(await readAppointment(bench, agent, before.id)).to.include({ needsReplanning: false });
      expect(await readAppointment(bench, rosa, inside.id)).not.to.have.any.keys('needsReplanning', 'replanning');
      const event = (await bench.events()).find(({ type }) => type === 'appointment-needs-replanning');
      expect(event?.data).to.deep.include({ reason: 'TIME_OFF', technicianId: elena.user.id });
    });

    it('when somebody else could do it, then its own time is the first proposal', async () => {
      const elena = await bench.technician();
      const ticket = await bench.open(rosa);
      const { scheduledStartAt } = await booked(bench, rosa, ticket);
      await bench.technician();
      const { toMove } = await added(elena, TUESDAY);
      expect(toMove[0]?.proposals[0]?.startAt).to.equal(scheduledStartAt);
    });

    it('when it is entered twice, then twice the list, and the appointment is told once', async () => {
      const elena = await bench.technician();
      await booked(bench, rosa, await bench.open(rosa));
      await added(elena, TUESDAY);
      expect((await added(elena, TUESDAY)).toMove).to.have.length(1);
      expect((await bench.events()).filter(({ type }) => type === 'appointment-needs-replanning')).to.have.length(1);
    });

    it('when it is repeated under its Idempotency-Key, then it is one', async () => {
      const elena = await bench.technician();
      const options = { ...agent, headers: { 'idempotency-key': 'tuesday-off' } };
      const answers = [
        await bench.api.post<TimeOffView>(path(elena), TUESDAY, options),
        await bench.api.post<TimeOffView>(path(elena), TUESDAY, options),
      ];
      expect(answers[0]?.body.data.id).to.equal(answers[1]?.body.data.id);
      expect((await bench.api.get(path(elena), agent)).body.pagination.totalCount).to.equal(1);
    });

    it('when somebody is away, then they cannot be booked; another is', async () => {
      const elena = await bench.technician();
      const ticket = await bench.open(rosa);
      await added(elena, TUESDAY);
      expect((await post(bench, rosa, ticket.id)).body.code).to.equal('APPOINTMENT_OUTSIDE_HOURS');
      const marco = await bench.technician();
      expect((await booked(bench, rosa, ticket)).technicianId).to.equal(marco.user.id);
    });

    it('when somebody is away, then no ticket is given to them until they are back', async () => {
      const elena = await bench.technician();
      const { id } = await added(elena, { from: '2026-03-02', to: '2026-03-02' });
      const ticket = await bench.open(rosa);
      expect(ticket.stage).to.equal('NEW');
      expect((await bench.api.delete(`${path(elena)}/${id}`, agent)).status).to.equal(204);
      await eventually(async () => (await bench.read(agent, ticket.id)).assignedToUserId === elena.user.id);
    });

    it('when booking and time off race, then whichever was last has seen the other', async () => {
      const elena = await bench.technician();
      const ticket = await bench.open(rosa);
      const [answer] = await Promise.all([post(bench, rosa, ticket.id), added(elena, TUESDAY)]);
      if (answer.status === 201) expect(await readAppointment(bench, agent, answer.body.data.id)).to.include({ needsReplanning: true });
      else expect(answer.body.code).to.equal('APPOINTMENT_OUTSIDE_HOURS');
    });

    const wrong: readonly (readonly [what: string, body: Readonly<Record<string, unknown>>, paths: readonly string[]])[] = [
      ['nothing', {}, ['from', 'to']],
      ['no dates', { from: '2026-02-30', to: 'tomorrow' }, ['from', 'to']],
      ['it backwards', { from: '2026-03-05', to: '2026-03-04' }, ['to']],
      ['no time at all', { from: '2026-03-05T10:00:00Z', to: '2026-03-05T10:00:00Z' }, ['to']],
      ['more than a year', { from: '2026-03-05', to: '2027-05-05' }, ['to']],
      ['times of long ago', { from: '2020-03-05', to: '2020-03-06' }, ['to']],
      ['times in far years', { from: '2036-03-05', to: '2036-03-06' }, ['from']],
      ['operators and unknown fields', { from: { $gt: '' }, to: '2026-03-05', why: 'x' }, ['from', 'why']],
      ['a reason of several lines', { ...TUESDAY, reason: 'a\r\nb' }, ['reason']],
    ];
    for (const [what, body, paths] of wrong) {
      it(`when it says ${what}, then 422`, async () => {
        const elena = await bench.technician();
        const answer = await add(elena, body);
        expect([answer.status, answer.body.errors.map((fault) => fault.path)]).to.deep.equal([422, paths]);
      });
    }

    it('when it is another technician’s, then 404, when a customer’s, then 403, and nobody’s, then 401', async () => {
      const [elena, marco] = [await bench.technician(), await bench.technician()];
      expect((await add(elena, TUESDAY, marco)).body.code).to.equal('TECHNICIAN_NOT_FOUND');
      expect((await bench.api.post(`/schedules/${randomUUID()}/time-off`, TUESDAY, agent)).body.code).to.equal('TECHNICIAN_NOT_FOUND');
      expect((await add(elena, TUESDAY, rosa)).status).to.equal(403);
      expect((await bench.api.post(path(elena), TUESDAY)).status).to.equal(401);
      expect((await add(elena, TUESDAY, bench.person('AGENT', { tenantId: 'elsewhere' }))).status).to.equal(404);
    });
  });

  describe('GET and DELETE', () => {
    it('when listed, then latest first, those that touch the window, and only to the desk and themselves', async () => {
      const [elena, marco] = [await bench.technician(), await bench.technician()];
      const march = await added(elena, TUESDAY);
      const may = await added(elena, { from: '2026-05-01', to: '2026-05-14' });
      const ids = async (by: Person, query = '') =>
        (await bench.api.get<TimeOffView[]>(`${path(elena)}${query}`, by)).body.data.map(({ id }) => id);
      expect(await ids(elena)).to.deep.equal([may.id, march.id]);
      expect(await ids(agent, '?sort=from&pageSize=1&page=2')).to.deep.equal([may.id]);
      expect(await ids(agent, '?from=2026-03-03&to=2026-04-01')).to.deep.equal([march.id]);
      expect((await bench.api.get(path(elena), marco)).status).to.equal(404);
      expect((await bench.api.get(path(elena), rosa)).status).to.equal(403);
    });

    it('when it is taken back, then what was to be moved stays, unless they are away for another reason', async () => {
      const elena = await bench.technician();
      const { id } = await booked(bench, rosa, await bench.open(rosa));
      const [first, second] = [
        await added(elena, TUESDAY),
        await added(elena, { from: '2026-03-03T08:00:00Z', to: '2026-03-03T10:00:00Z' }),
      ];
      await bench.api.delete(`${path(elena)}/${first.id}`, elena);
      expect(await readAppointment(bench, agent, id)).to.include({ needsReplanning: true });
      await bench.api.delete(`${path(elena)}/${second.id}`, elena);
      expect(await readAppointment(bench, agent, id)).to.include({ needsReplanning: false });
    });

    it('when it is not there, or another’s, then 404', async () => {
      const [elena, marco] = [await bench.technician(), await bench.technician()];
      const { id } = await added(elena, TUESDAY);
      expect((await bench.api.delete(`${path(elena)}/${randomUUID()}`, agent)).body.code).to.equal('TIME_OFF_NOT_FOUND');
      expect((await bench.api.delete(`${path(marco)}/${id}`, agent)).status).to.equal(404);
      expect((await bench.api.delete(`${path(elena)}/${id}`, marco)).status).to.equal(404);
      expect((await bench.api.get(path(elena), agent)).body.pagination.totalCount).to.equal(1);
    });

    it('when more than a year has passed, then it is forgotten', async () => {
      const elena = await bench.technician();
      await added(elena, TUESDAY);
      bench.test.clock.advance(368 * 86_400_000);
      await added(elena, { from: '2027-04-01', to: '2027-04-02' });
      const kept = await createTechnicians(bench.test.platform).in('default').find(elena.user.id);
      expect(kept?.timeOff?.map(({ from }) => from.toISOString())).to.deep.equal(['2027-03-31T22:00:00.000Z']);
    });
  });
});
