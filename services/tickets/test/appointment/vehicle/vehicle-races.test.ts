import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import fc from 'fast-check';
import { createTicketsService } from '../../../src/service.js';
import { at, MONDAY, type AppointmentView, type OfferView } from '../appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../../bench.js';
import { addVehicle, tellStatus } from './vehicles.js';

const ENV = { APPOINTMENT_DAILY_CAP: '0' };
const DAY = '2026-03-03';
const DAY_START = Date.parse(`${DAY}T08:00:00Z`);
const QUARTER = 15 * 60_000;
const OPEN_QUARTERS = 36;
/** Both buffers, and nothing else: all visits go to the same place. */
const APART = 30 * 60_000;

/** In quarters of an hour after opening, and by whom, with which vehicle if any. */
interface Wish {
  readonly from: number;
  readonly length: number;
  readonly technician: number;
  readonly vehicle: number;
}
interface Action {
  readonly kind: 'book' | 'move' | 'swap' | 'cancel';
  readonly wish: Wish;
  readonly which: number;
}

const wish = fc.record({
  from: fc.integer({ min: 0, max: OPEN_QUARTERS - 4 }),
  length: fc.integer({ min: 1, max: 4 }),
  technician: fc.nat(2),
  vehicle: fc.nat(2),
});
const kind = fc.constantFrom('book', 'book', 'move', 'swap', 'swap', 'cancel');
const action = fc.record({ kind, wish, which: fc.nat(50) }) as fc.Arbitrary<Action>;

const timesOf = ({ from, length }: Wish) => ({
  scheduledStartAt: new Date(DAY_START + from * QUARTER).toISOString(),
  scheduledEndAt: new Date(DAY_START + (from + length) * QUARTER).toISOString(),
});

const collide = (a: AppointmentView, b: AppointmentView): boolean =>
  Date.parse(a.scheduledStartAt) < Date.parse(b.scheduledEndAt) + APART &&
  Date.parse(b.scheduledStartAt) < Date.parse(a.scheduledEndAt) + APART;

const vehicleOf = ({ vehicle }: AppointmentView): string | undefined => (vehicle as { readonly id: string } | undefined)?.id;

/** No two of the same technician, and no two of the same vehicle, are too near to each other. */
const noneCollide = (kept: readonly AppointmentView[]): void => {
  kept.forEach((one, index) =>
    kept.slice(index + 1).forEach((other) => {
      const shares = one.technicianId === other.technicianId || (vehicleOf(one) !== undefined && vehicleOf(one) === vehicleOf(other));
      expect(shares && collide(one, other), JSON.stringify([one, other])).to.equal(false);
    }),
  );
};

describe('vehicles, on two instances over one database', () => {
  let bench: Bench;
  let agent: Person;
  let ticket: TicketView;
  let doors: readonly HttpClient[];
  let stopOther: () => Promise<void>;
  before(async () => {
    bench = await startBench({ now: MONDAY, env: ENV });
    agent = bench.person('AGENT');
    const { customer, ...rosa } = await bench.customer();
    const { id: locationId } = await bench.location({ customerId: customer.id });
    ticket = await bench.open(rosa, { locationId });
    const { connection } = bench.test.platform;
    const other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    const { api } = await other.startService((platform) => createTicketsService(platform, ticketsConfig(ENV)));
    doors = [bench.api, api];
    stopOther = () => other.stop();
  });
  after(async () => {
    await stopOther();
    await bench.stop();
  });

  const door = (index: number): HttpClient => doors[index % doors.length] as HttpClient;
  const technicians = async (count: number): Promise<readonly string[]> =>
    (await Promise.all(Array.from({ length: count }, () => bench.technician()))).map(({ user }) => user.id);
  const book = (index: number, technicianId: string | undefined, vehicleId: string | undefined, times: object) =>
    door(index).post<AppointmentView>(
      `/tickets/${ticket.id}/appointments`,
      { type: 'ONSITE_VISIT', technicianId, vehicleId, ...times },
      agent,
    );
  const change = (index: number, id: string, body: object) => door(index).patch<AppointmentView>(`/appointments/${id}`, body, agent);
  const storedOf = async (query: string): Promise<readonly AppointmentView[]> =>
    (await bench.api.get<AppointmentView[]>(`/appointments?${query}&status=SCHEDULED&pageSize=100`, agent)).body.data;

  it('when 60 technicians want one vehicle at once, then one has it and 59 get 409 with free times', async () => {
    const people = await technicians(60);
    const { id } = await addVehicle(bench);
    const answers = await Promise.all(people.map((person, index) => book(index, person, id, at(DAY, '10:00'))));
    expect(answers.filter(({ status }) => status === 201)).to.have.length(1);
    const losers = answers.filter(({ status, body }) => status === 409 && body.code === 'APPOINTMENT_VEHICLE_TAKEN');
    expect(losers).to.have.length(59);
    for (const { body } of losers)
      for (const { startAt, endAt } of body.alternatives as OfferView[])
        expect(endAt <= '2026-03-03T08:30:00.000Z' || startAt >= '2026-03-03T10:30:00.000Z', startAt).to.equal(true);
    expect(await storedOf(`vehicleId=${id}`)).to.have.length(1);
  });

  it('when many want times of one day that overlap, then no two visits of the vehicle do', async () => {
    const people = await technicians(6);
    const { id } = await addVehicle(bench);
    const minutes = (index: number): string => `${String(9 + (index % 8)).padStart(2, '0')}:${String((index * 7) % 60).padStart(2, '0')}`;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => book(index, people[index % 6], id, at(DAY, minutes(index), 45))),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).to.deep.equal([]);
    const kept = await storedOf(`vehicleId=${id}`);
    // How many fit depends on who comes first: a visit in the middle of a gap takes all of it.
    expect(kept.length).to.be.greaterThan(1);
    noneCollide(kept);
  });

  it('when 30 booked visits of one time are given the vehicle at once, then one has it', async () => {
    const people = await technicians(30);
    const { id } = await addVehicle(bench);
    const visits = await Promise.all(people.map((person, index) => book(index, person, undefined, at(DAY, '10:00'))));
    const answers = await Promise.all(visits.map(({ body }, index) => change(index, body.data.id, { vehicleId: id })));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(answers.filter(({ body }) => body.code === 'APPOINTMENT_VEHICLE_TAKEN')).to.have.length(29);
    expect(await storedOf(`vehicleId=${id}`)).to.have.length(1);
  });

  it('when two visits want the vehicle and the time of each other at once, then nobody waits for ever', async () => {
    const [elena, marco] = await technicians(2);
    const [first, second] = [await addVehicle(bench), await addVehicle(bench)];
    const one = (await book(0, elena, first.id, at(DAY, '10:00'))).body.data;
    const other = (await book(1, marco, second.id, at(DAY, '10:00'))).body.data;
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all([
        change(round, one.id, { vehicleId: second.id, technicianId: marco, ...at(DAY, '12:00') }),
        change(round + 1, other.id, { vehicleId: first.id, technicianId: elena, ...at(DAY, '12:00') }),
        change(round, one.id, { vehicleId: first.id }),
        change(round + 1, other.id, { vehicleId: second.id }),
      ]);
      expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 409)).to.deep.equal([]);
      noneCollide([...(await storedOf(`vehicleId=${first.id}`)), ...(await storedOf(`vehicleId=${second.id}`))].filter(isOnce));
    }
  });

  const isOnce = ({ id }: AppointmentView, index: number, all: readonly AppointmentView[]): boolean =>
    all.findIndex((each) => each.id === id) === index;

  const act = ({ kind: what, wish: wanted, which }: Action, index: number, cast: Cast, kept: readonly AppointmentView[]) => {
    const [technicianId, vehicleId] = [cast.people[wanted.technician], cast.vehicles[wanted.vehicle]];
    if (what === 'book') return book(index, technicianId, vehicleId, timesOf(wanted));
    const target = kept[which % kept.length];
    if (target === undefined) return undefined;
    if (what === 'cancel') return change(index, target.id, { status: 'CANCELLED' });
    if (what === 'swap') return change(index, target.id, { vehicleId: vehicleId ?? null });
    return change(index, target.id, { technicianId, ...timesOf(wanted), ...(which % 2 === 0 ? { vehicleId: vehicleId ?? null } : {}) });
  };
  interface Cast {
    readonly people: readonly string[];
    /** The third is no vehicle at all. */
    readonly vehicles: readonly (string | undefined)[];
  }

  it('when anything arrives at once, then neither technicians nor vehicles are in two places', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(action, { minLength: 4, maxLength: 14 }), { minLength: 2, maxLength: 4 }), async (rounds) => {
        const cast: Cast = {
          people: await technicians(3),
          vehicles: [(await addVehicle(bench)).id, (await addVehicle(bench)).id, undefined],
        };
        const all = async () => (await Promise.all(cast.people.map((id) => storedOf(`technicianId=${id}`)))).flat();
        for (const round of rounds) {
          const kept = await all();
          const answers = await Promise.all(round.map(async (each, index) => act(each, index, cast, kept)));
          for (const answer of answers)
            expect(answer === undefined || [200, 201, 409].includes(answer.status), answer?.text).to.equal(true);
          const after = await all();
          noneCollide(after);
          const made = answers.flatMap((answer) => (answer?.status === 201 ? [answer.body.data.id] : []));
          expect(after.map(({ id }) => id)).to.include.members(made);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('when a vehicle goes to the workshop while it is booked, then no visit with it is left unmarked', async () => {
    const people = await technicians(8);
    const vehicle = await addVehicle(bench);
    const hours = ['09:00', '10:30', '12:00', '13:30', '15:00', '16:30'];
    const answers = await Promise.all([
      ...hours.map((hour, index) => book(index, people[index], vehicle.id, at(DAY, hour, 30))),
      tellStatus(bench, vehicle, 'IN_SERVICE').then(() => undefined),
    ]);
    for (const answer of answers) expect([undefined, 201, 409]).to.include(answer?.status);
    for (const visit of await storedOf(`vehicleId=${vehicle.id}`)) expect(visit.needsReplanning, visit.id).to.equal(true);
  });
});
