import { expect } from 'chai';
import { at, booked, MONDAY, type AppointmentView } from '../appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../../bench.js';
import { addVehicle } from './vehicles.js';

const MODENA = { lat: 44.64783, lng: 10.92539 };
const BOLOGNA = { lat: 44.49381, lng: 11.33875 };
/** From Modena to Bologna at 40 km/h. */
const MINUTES = 78;

interface ScheduleView {
  readonly appointments: readonly { readonly id: string; readonly travelFromPrevious?: object; readonly travelFromHomeBase?: object }[];
}

describe('the home base of a vehicle', () => {
  let bench: Bench;
  let agent: Person;
  let elena: Person;
  let ticket: TicketView;
  let vehicleId: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    agent = bench.person('AGENT');
    const { customer, ...rosa } = await bench.customer();
    elena = await bench.technician();
    const { id: locationId } = await bench.location({ customerId: customer.id, geo: BOLOGNA });
    ticket = await bench.open(rosa, { locationId });
    ({ id: vehicleId } = await addVehicle(bench, { homeBase: { address: 'Via Emilia 1, Modena', geo: MODENA } }));
  });
  afterEach(() => bench.stop());

  const visit = (day: string, time: string, more: object = { vehicleId }): Promise<AppointmentView> =>
    booked(bench, agent, ticket, { type: 'ONSITE_VISIT', ...at(day, time), ...more });
  const legsOf = async (query: string) => {
    const { body } = await bench.api.get<ScheduleView>(`/schedules/${elena.caller.userId}?${query}`, elena);
    return new Map(
      body.data.appointments.map(({ id, travelFromPrevious, travelFromHomeBase }) => [id, [travelFromPrevious, travelFromHomeBase]]),
    );
  };

  it('when a schedule is read, then the first visit of each day is reached from there', async () => {
    const [first, second] = [await visit('2026-03-03', '10:00'), await visit('2026-03-03', '14:00')];
    const [next, withoutVehicle] = [await visit('2026-03-04', '10:00'), await visit('2026-03-05', '10:00', {})];
    const legs = await legsOf('from=2026-03-03&to=2026-03-05');
    expect(legs.get(first.id)).to.deep.equal([undefined, { minutes: MINUTES }]);
    expect(legs.get(second.id)).to.deep.equal([{ fromAppointmentId: first.id, minutes: 0 }, undefined]);
    expect(legs.get(next.id)).to.deep.equal([undefined, { minutes: MINUTES }]);
    expect(legs.get(withoutVehicle.id)).to.deep.equal([undefined, undefined]);
  });

  it('when the window begins after the start of the day, then nobody knows which visit is the first', async () => {
    await visit('2026-03-03', '10:00');
    const second = await visit('2026-03-03', '14:00');
    expect((await legsOf('from=2026-03-03T12:00:00Z')).get(second.id)).to.deep.equal([undefined, undefined]);
  });

  it('when the technician sets out for the first visit, then the arrival is counted from there', async () => {
    const { id } = await visit('2026-03-03', '10:00');
    bench.test.clock.set('2026-03-03T07:00:00Z');
    const { body } = await bench.api.post<AppointmentView>(`/appointments/${id}/status`, { status: 'IN_TRANSIT' }, elena);
    expect(body.data.expectedArrivalAt).to.equal('2026-03-03T08:18:00.000Z');
  });
});
