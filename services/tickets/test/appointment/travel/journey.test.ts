import { expect } from 'chai';
import { Registry } from 'prom-client';
import { createAppointments } from '../../../src/appointment/appointment.repository.js';
import { createJourneyTo, type JourneyTo } from '../../../src/appointment/travel/journey.js';
import { createTravel } from '../../../src/appointment/travel/create-travel.js';
import { createTenantRules } from '../../../src/kernel/tenant-rules.js';
import { createReplicas } from '../../../src/replica/replicas.js';
import { at, booked, MONDAY, type AppointmentView } from '../appointment.builder.js';
import { startBench, ticketsConfig, type Bench, type Person, type TicketView } from '../../bench.js';
import { addVehicle } from '../vehicle/vehicles.js';

const MODENA = { lat: 44.64783, lng: 10.92539 };
const BOLOGNA = { lat: 44.49381, lng: 11.33875 };
/** 36.96 km as the crow flies by the road factor 1.4, at 40 km/h. */
const MODENA_TO_BOLOGNA = { distanceKm: 51.7, minutes: 78, source: 'ESTIMATE' };

describe('the way to a visit', () => {
  let bench: Bench;
  let agent: Person;
  let ticket: TicketView;
  let office: string;
  let journeyTo: JourneyTo;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    agent = bench.person('AGENT');
    const { customer, ...rosa } = await bench.customer();
    await bench.technician({ availability: { tuesday: { start: '08:00', end: '18:00' } } });
    const home = await bench.location({ customerId: customer.id, geo: MODENA });
    ({ id: office } = await bench.location({ customerId: customer.id, geo: BOLOGNA, name: 'Office' }));
    ticket = await bench.open(rosa, { locationId: home.id });
    const { platform } = bench.test;
    const [config, replicas] = [ticketsConfig(), createReplicas(platform)];
    const appointments = createAppointments(platform);
    const travelTimes = createTravel({ ...platform, metrics: new Registry() }, config);
    journeyTo = createJourneyTo({ appointments, travelTimes, rulesOf: createTenantRules(replicas, config), replicas });
  });
  afterEach(() => bench.stop());

  const visit = (time: string, more: Readonly<Record<string, unknown>> = {}): Promise<AppointmentView> =>
    booked(bench, agent, ticket, { type: 'ONSITE_VISIT', ...at('2026-03-03', time), ...more });
  const wayTo = async ({ id }: AppointmentView) => {
    const found = await createAppointments(bench.test.platform).in('default').find(id);
    return found === undefined ? undefined : journeyTo('default', found);
  };

  it('when a visit is before it on that day, then from there', async () => {
    const first = await visit('09:30');
    const second = await visit('14:00', { locationId: office });
    expect(await wayTo(second)).to.deep.equal(MODENA_TO_BOLOGNA);
    expect(await wayTo(first)).to.equal(undefined);
  });

  it('when it is the first of the day, then from the home base of its vehicle', async () => {
    const { id: vehicleId } = await addVehicle(bench, { homeBase: { address: 'Via Emilia 1, Modena', geo: MODENA } });
    expect(await wayTo(await visit('11:00', { locationId: office, vehicleId }))).to.deep.equal(MODENA_TO_BOLOGNA);
  });

  it('when nobody said where the vehicle stands, then nothing is known', async () => {
    const { id: vehicleId } = await addVehicle(bench);
    expect(await wayTo(await visit('11:00', { vehicleId }))).to.equal(undefined);
  });

  it('when the visit before it was the day before, then it does not count', async () => {
    await booked(bench, agent, ticket, { type: 'ONSITE_VISIT', ...at('2026-03-03', '14:00') });
    const next = await booked(bench, agent, ticket, { type: 'ONSITE_VISIT', locationId: office, ...at('2026-03-10', '09:30') });
    expect(await wayTo(next)).to.equal(undefined);
  });

  it('when both visits are at one place, then there is no way', async () => {
    await visit('09:30');
    expect(await wayTo(await visit('13:00'))).to.deep.equal({ distanceKm: 0, minutes: 0, source: 'ESTIMATE' });
  });
});
