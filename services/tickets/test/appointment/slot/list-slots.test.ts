import { expect } from 'chai';
import { at, booked, MONDAY, post, type OfferView } from '../appointment.builder.js';
import { startBench, type Bench, type Person } from '../../bench.js';
import { osrmTable, startFakeRoads, type FakeRoads } from '../travel/fake-roads.js';

interface SlotView extends OfferView {
  readonly technicianIds?: readonly string[];
}

const MODENA = { lat: 44.64783, lng: 10.92539 };
const BOLOGNA = { lat: 44.49381, lng: 11.33875 };
const HOURS = { start: '09:00', end: '12:00' };
const TUESDAY = { availability: { tuesday: HOURS } };

describe('GET /appointments/slots', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  let roads: FakeRoads;
  before(async () => (roads = await startFakeRoads()));
  after(() => roads.stop());
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY, env: { OSRM_URL: roads.url } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    roads.answer = undefined;
    roads.asked.splice(0);
  });
  afterEach(() => bench.stop());

  const ask = (by: Person, query: string) => bench.api.get<SlotView[]>(`/appointments/slots?${query}`, by);
  const REMOTE = 'type=REMOTE_SESSION&from=2026-03-03T00:00:00Z&to=2026-03-04T00:00:00Z';
  const VISIT = REMOTE.replace('REMOTE_SESSION', 'ONSITE_VISIT');
  /** As the clock in Rome shows them in winter. */
  const starts = (slots: readonly SlotView[]): readonly string[] =>
    slots.map(({ startAt }) => new Date(Date.parse(startAt) + 3_600_000).toISOString().slice(11, 16));
  const place = (customer: { readonly id: string }, geo: { readonly lat: number; readonly lng: number }) =>
    bench.location({ customerId: customer.id, geo });

  it('when a customer asks, then times on the grid and nobody’s name', async () => {
    await bench.technician(TUESDAY);
    const { status, body } = await ask(rosa, REMOTE);
    expect(status).to.equal(200);
    expect(starts(body.data)).to.deep.equal(['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30', '10:45', '11:00']);
    expect(body.data[0]).to.deep.equal({ startAt: '2026-03-03T08:00:00.000Z', endAt: '2026-03-03T09:00:00.000Z' });
    expect(body.pagination.totalCount).to.equal(9);
  });

  it('when the desk asks, then also who is free, and of one technician alone when they are named', async () => {
    const [elena, marco] = [
      await bench.technician(TUESDAY),
      await bench.technician({ availability: { tuesday: { start: '11:00', end: '13:00' } } }),
    ];
    const { body } = await ask(agent, REMOTE);
    const [elenaId, marcoId] = [elena.user.id, marco.user.id];
    expect(body.data.find(({ startAt }) => startAt === '2026-03-03T08:00:00.000Z')?.technicianIds).to.deep.equal([elenaId]);
    expect(body.data.find(({ startAt }) => startAt === '2026-03-03T10:00:00.000Z')?.technicianIds).to.have.members([elenaId, marcoId]);
    expect(starts((await ask(agent, `${REMOTE}&technicianId=${marcoId}`)).body.data)[0]).to.equal('11:00');
  });

  it('when something is booked, then everything that is still offered can be booked, and the rest cannot', async () => {
    await bench.technician(TUESDAY);
    const ticket = await bench.open(rosa);
    await booked(bench, rosa, ticket, at('2026-03-03', '10:00', 30));
    const offered = new Set(starts((await ask(rosa, REMOTE)).body.data));
    expect([...offered]).to.deep.equal(['09:00', '10:30', '10:45', '11:00']);
    expect((await post(bench, rosa, ticket.id, at('2026-03-03', '10:15'))).body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
    await booked(bench, rosa, ticket, at('2026-03-03', '10:45'));
    expect(starts((await ask(rosa, REMOTE)).body.data)).to.deep.equal(['09:00']);
  });

  it('when skill or region do not fit, then nothing; as for a booking', async () => {
    await bench.technician({ ...TUESDAY, skills: ['NETWORK'], defaultRegion: 'Parma' });
    const here = await place(rosa.customer, MODENA);
    const parma = await bench.location({ customerId: rosa.customer.id, city: 'Parma' });
    expect((await ask(rosa, `${REMOTE}&category=NETWORK&locationId=${here.id}`)).body.data).to.deep.equal([]);
    expect((await ask(rosa, `${REMOTE}&category=HARDWARE&locationId=${parma.id}`)).body.data).to.deep.equal([]);
    expect((await ask(rosa, `${REMOTE}&category=NETWORK&locationId=${parma.id}`)).body.data).to.have.length(9);
  });

  it('when another visit is far away, then only times come that leave room for the way there', async () => {
    roads.answer = (url) => osrmTable(url, () => 100 * 60);
    await bench.technician({ availability: { tuesday: { start: '08:00', end: '18:00' } } });
    const [home, office] = [await place(rosa.customer, MODENA), await place(rosa.customer, BOLOGNA)];
    const ticket = await bench.open(rosa, { locationId: home.id });
    await booked(bench, rosa, ticket, { type: 'ONSITE_VISIT', ...at('2026-03-03', '12:00') });
    const { body } = await ask(rosa, `${VISIT}&locationId=${office.id}&durationMinutes=60`);
    expect(body.travel).to.deep.equal({ provider: 'OSRM', estimated: false });
    expect(starts(body.data)).to.deep.equal([
      '09:00',
      '09:15',
      '14:45',
      '15:00',
      '15:15',
      '15:30',
      '15:45',
      '16:00',
      '16:15',
      '16:30',
      '16:45',
      '17:00',
    ]);
    const late = await post(bench, rosa, ticket.id, { type: 'ONSITE_VISIT', locationId: office.id, ...at('2026-03-03', '14:30') });
    expect(late.body.code).to.equal('APPOINTMENT_SLOT_TAKEN');
  });

  it('when the provider of travel times is away, then they are estimated, and it says so', async () => {
    roads.answer = () => ({ status: 503, body: {} });
    await bench.technician({ availability: { tuesday: { start: '08:00', end: '18:00' } } });
    const [home, office] = [await place(rosa.customer, MODENA), await place(rosa.customer, BOLOGNA)];
    const ticket = await bench.open(rosa, { locationId: home.id });
    await booked(bench, rosa, ticket, { type: 'ONSITE_VISIT', ...at('2026-03-03', '12:00') });
    const { body } = await ask(rosa, `${VISIT}&locationId=${office.id}`);
    expect(body.travel).to.deep.equal({ provider: 'GREAT_CIRCLE', estimated: true });
    // 37 km and 1.4 times as much by road at 40 km/h: 78 minutes.
    expect(starts(body.data).find((start) => start > '12:00')).to.equal('14:30');
  });

  it('when the desk takes devices, then its places and its hours, and no technician is needed', async () => {
    const { body } = await ask(agent, REMOTE.replace('REMOTE_SESSION', 'DROP_OFF'));
    expect([starts(body.data)[0], starts(body.data).at(-1)]).to.deep.equal(['09:00', '17:45']);
    expect(body.data[0]?.technicianIds).to.deep.equal([]);
  });

  it('when no window is given, then from now for a week; customers need notice', async () => {
    await bench.technician({ availability: { monday: { start: '09:00', end: '18:00' } } });
    expect(starts((await ask(rosa, 'type=REMOTE_SESSION')).body.data)[0]).to.equal('12:00');
    expect(starts((await ask(agent, 'type=REMOTE_SESSION')).body.data)[0]).to.equal('11:00');
  });

  it('when the clocks are put forward, then slots lie on the wall clock of both sides', async () => {
    const sunday = [{ start: '00:00', end: '24:00' }];
    await bench.settings({ calendar: { timeZone: 'Europe/Rome', weekly: { sunday }, exceptions: [] } });
    await bench.technician();
    const { body } = await ask(agent, 'type=REMOTE_SESSION&from=2026-03-28T00:00:00Z&to=2026-03-30T00:00:00Z');
    // 23 hours, of which the last begins at 23:00.
    expect(body.data).to.have.length(22 * 4 + 1);
    expect([body.data[0]?.startAt, body.data.at(-1)?.endAt]).to.deep.equal(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  });

  it('when the query is wrong, then 422 names every fault', async () => {
    const { status, body } = await ask(rosa, 'from=2026-03-03T00:00:00Z&durationMinutes=0&category=X&locationId=home&nope=1');
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['type', 'durationMinutes', 'category', 'locationId', 'nope']);
  });

  for (const [what, window] of [
    ['more than 31 days', 'from=2026-03-01T00:00:00Z&to=2026-04-01T02:00:00Z'],
    ['backwards', 'from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z'],
    ['years away', 'from=2036-03-03T00:00:00Z&to=2036-03-04T00:00:00Z'],
  ] as const) {
    it(`when the window is ${what}, then 422`, async () => {
      const { status, body } = await ask(rosa, `type=REMOTE_SESSION&${window}`);
      expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['to']]);
    });
  }

  it('when a customer names a technician, then 422; another customer’s location, then 404', async () => {
    const elena = await bench.technician(TUESDAY);
    const other = await bench.customer();
    const { body } = await ask(rosa, `${REMOTE}&technicianId=${elena.user.id}`);
    expect(body.errors.map(({ path }) => path)).to.deep.equal(['technicianId']);
    const theirs = await place(other.customer, MODENA);
    expect((await ask(rosa, `${REMOTE}&locationId=${theirs.id}`)).body.code).to.equal('LOCATION_NOT_FOUND');
    expect((await ask(agent, `${REMOTE}&locationId=${theirs.id}`)).status).to.equal(200);
  });

  it('when the technician is unknown, then 404, without a token 401, and for a technician 403', async () => {
    expect((await ask(agent, `${REMOTE}&technicianId=${crypto.randomUUID()}`)).body.code).to.equal('TECHNICIAN_NOT_FOUND');
    expect((await bench.api.get(`/appointments/slots?${REMOTE}`)).status).to.equal(401);
    expect((await ask(await bench.technician(), REMOTE)).status).to.equal(403);
  });
});
