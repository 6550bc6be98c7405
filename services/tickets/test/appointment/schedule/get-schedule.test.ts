import type { InternalClient } from '@riparo/shared/http/internal-client';
import { unavailable } from '@riparo/shared/errors/common-errors';
import { expect } from 'chai';
import { at, booked, MONDAY, type AppointmentView, type OfferView } from '../appointment.builder.js';
import { startBench, type Bench, type Person } from '../../bench.js';

interface ScheduleView {
  readonly technician: { readonly id: string; readonly name: string };
  readonly from: string;
  readonly to: string;
  readonly appointments: readonly (AppointmentView & { readonly travelFromPrevious?: { readonly minutes: number } })[];
  readonly travel: { readonly provider: string; readonly estimated: boolean };
  readonly timeOff: readonly { readonly reason?: string }[];
  readonly free: readonly OfferView[];
}

const MODENA = { lat: 44.64783, lng: 10.92539 };
const BOLOGNA = { lat: 44.49381, lng: 11.33875 };
const HOURS = { availability: { tuesday: { start: '08:00', end: '18:00' } } };

describe('GET /schedules/:technicianId', () => {
  let bench: Bench;
  let rosa: Person & { readonly customer: { readonly id: string } };
  let agent: Person;
  let isAway = false;
  /** The assets service, as far as it is asked. */
  const assets: InternalClient = {
    get: <T>(path: string) => {
      if (isAway) return Promise.reject(unavailable('The assets service'));
      const ids = new URL(path, 'http://assets').searchParams.get('ids')?.split(',') ?? [];
      return Promise.resolve(ids.map((id) => ({ id, phone: '+39 059 1', accessInstructions: 'Gate code 4711' })) as T);
    },
    post: () => Promise.reject(new Error('nothing is posted')),
  };
  beforeEach(async () => {
    isAway = false;
    bench = await startBench({ now: MONDAY, parts: { assets } });
    [rosa, agent] = [await bench.customer({ contactPhone: '+39 333 1' }), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const ask = (by: Person, technician: Person, query = '') =>
    bench.api.get<ScheduleView>(`/schedules/${technician.caller.userId}${query}`, by);
  const read = async (by: Person, technician: Person, query = ''): Promise<ScheduleView> => {
    const { status, body, text } = await ask(by, technician, query);
    expect(status, text).to.equal(200);
    return body.data;
  };

  it('when a day is full, then it has visits in order, ways between them, how to get in, and what is free', async () => {
    const elena = await bench.technician({ ...HOURS, name: 'Elena' });
    const asset = await bench.asset({ customerId: rosa.customer.id });
    const home = await bench.location({ customerId: rosa.customer.id, geo: MODENA });
    const office = await bench.location({ customerId: rosa.customer.id, geo: BOLOGNA, name: 'Office' });
    const ticket = await bench.open(rosa, { assetId: asset.id, locationId: home.id });
    const last = await booked(bench, agent, ticket, { type: 'ONSITE_VISIT', locationId: office.id, ...at('2026-03-03', '15:00') });
    const first = await booked(bench, agent, ticket, {
      type: 'ONSITE_VISIT',
      technicianNotes: 'Bring a fan',
      ...at('2026-03-03', '09:30'),
    });
    const middle = await booked(bench, agent, ticket, at('2026-03-03', '12:00', 30));
    await booked(bench, agent, ticket, at('2026-03-10', '12:00'));
    const { appointments, travel, free, technician, from, to } = await read(elena, elena, '?from=2026-03-03');
    expect([technician.name, from, to]).to.deep.equal(['Elena', '2026-03-02T23:00:00.000Z', '2026-03-03T23:00:00.000Z']);
    expect(appointments.map(({ id }) => id)).to.deep.equal([first.id, middle.id, last.id]);
    expect(appointments[0]).to.deep.include({
      technicianNotes: 'Bring a fan',
      access: { phone: '+39 059 1', accessInstructions: 'Gate code 4711' },
      contact: { name: 'Rosa Bianchi', phone: '+39 333 1', email: 'rosa@example.test' },
    });
    expect(appointments[0]?.location).to.deep.include({ name: 'Home', address: 'Via Roma 1, 41121 Modena MO, IT' });
    expect(appointments[0]?.device).to.include({ serialNumber: 'ABC123', brand: 'Dell' });
    expect(appointments[0]?.ticket).to.include({ ticketNumber: ticket.ticketNumber, title: ticket.title });
    expect(appointments.map(({ travelFromPrevious }) => travelFromPrevious)).to.deep.equal([
      undefined,
      undefined,
      { fromAppointmentId: first.id, minutes: 78 },
    ]);
    expect(travel).to.deep.equal({ provider: 'GREAT_CIRCLE', estimated: true });
    const rome = (iso: string): string => new Date(Date.parse(iso) + 3_600_000).toISOString().slice(11, 16);
    expect(free.map(({ startAt, endAt }) => `${rome(startAt)}–${rome(endAt)}`)).to.deep.equal([
      '09:00–09:30',
      '10:30–12:00',
      '12:30–15:00',
      '16:00–18:00',
    ]);
  });

  it('when the assets service is away, then the schedule is there and says what it does not know', async () => {
    const elena = await bench.technician(HOURS);
    const home = await bench.location({ customerId: rosa.customer.id });
    await booked(bench, agent, await bench.open(rosa, { locationId: home.id }), { type: 'ONSITE_VISIT' });
    isAway = true;
    const { appointments } = await read(elena, elena, '?from=2026-03-03');
    expect(appointments[0]).to.include({ accessUnknown: true }).and.not.have.property('access');
  });

  it('when no day is given, then today on the wall calendar; what was called off is not there; time off is', async () => {
    const elena = await bench.technician();
    const ticket = await bench.open(rosa);
    const { id } = await booked(bench, agent, ticket, at('2026-03-02', '17:00'));
    await bench.api.patch(`/appointments/${id}`, { status: 'CANCELLED' }, agent);
    await bench.api.post(`/schedules/${elena.caller.userId}/time-off`, { from: '2026-03-02', to: '2026-03-02', reason: 'Ill' }, elena);
    const { appointments, timeOff, free, from } = await read(agent, elena);
    expect(from).to.equal('2026-03-01T23:00:00.000Z');
    expect([appointments, free]).to.deep.equal([[], []]);
    expect(timeOff.map(({ reason }) => reason)).to.deep.equal(['Ill']);
  });

  it('when the window is a month, then its days; longer or backwards, then 422', async () => {
    const elena = await bench.technician();
    expect((await read(agent, elena, '?from=2026-10-01&to=2026-10-31')).free).to.have.length(22);
    const longer = await ask(agent, elena, '?from=2026-03-01&to=2026-04-02');
    expect([longer.status, longer.body.errors.map(({ path }) => path)]).to.deep.equal([422, ['to']]);
    expect((await ask(agent, elena, '?from=2026-03-03&to=2026-03-01')).status).to.equal(422);
    expect((await ask(agent, elena, '?from=2026-02-30&nope=1')).body.errors.map(({ path }) => path)).to.deep.equal(['from', 'nope']);
  });

  it('when it is another’s or elsewhere, then 404, when a customer asks, then 403, and nobody, then 401', async () => {
    const [elena, marco] = [await bench.technician(), await bench.technician()];
    expect((await ask(marco, elena)).body.code).to.equal('TECHNICIAN_NOT_FOUND');
    expect((await ask(rosa, elena)).status).to.equal(403);
    expect((await bench.api.get(`/schedules/${elena.caller.userId}`)).status).to.equal(401);
    expect((await ask(bench.person('AGENT', { tenantId: 'elsewhere' }), elena)).status).to.equal(404);
  });
});
