import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, booked, MONDAY, post, readAppointment, type AppointmentView, type OfferView } from '../appointment.builder.js';
import { startBench, type Bench, type Person, type TicketView } from '../../bench.js';
import { addVehicle, buildVehicle, tellStatus } from './vehicles.js';

const MODENA = { lat: 44.64783, lng: 10.92539 };
const BOLOGNA = { lat: 44.49381, lng: 11.33875 };
const VISIT = { type: 'ONSITE_VISIT' };

describe('a visit with a vehicle', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let marco: Person;
  let ticket: TicketView;
  let office: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    agent = bench.person('AGENT');
    const { customer, ...person } = await bench.customer();
    rosa = person;
    [elena, marco] = [await bench.technician({ name: 'Elena' }), await bench.technician({ name: 'Marco' })];
    const home = await bench.location({ customerId: customer.id, geo: MODENA });
    ({ id: office } = await bench.location({ customerId: customer.id, geo: BOLOGNA, name: 'Office' }));
    ticket = await bench.open(rosa, { locationId: home.id });
  });
  afterEach(() => bench.stop());

  const driving = (person: Person, vehicleId: string, more: object = {}) => ({
    ...VISIT,
    technicianId: person.caller.userId,
    vehicleId,
    ...more,
  });
  const patch = (by: Person, id: string, body: unknown, headers: Record<string, string> = {}) =>
    bench.api.patch<AppointmentView>(`/appointments/${id}`, body, { ...by, headers });
  const eventsOf = async (type: string) => (await bench.events()).filter((event) => event.type === type);

  it('when the desk names one, then staff see it, customers do not, and it is told', async () => {
    const { id, plate } = await addVehicle(bench);
    const visit = await booked(bench, agent, ticket, driving(elena, id));
    expect(visit.vehicle).to.deep.equal({ id, plate });
    expect((await readAppointment(bench, elena, visit.id)).vehicle).to.deep.equal({ id, plate });
    expect(JSON.stringify(await readAppointment(bench, rosa, visit.id))).not.to.match(/vehicle/i);
    expect((await eventsOf('appointment-booked'))[0]?.data.appointment).to.include({ vehicleId: id });
  });

  it('when its event has not arrived yet, then assets is asked; without one, then 404', async () => {
    const late = buildVehicle();
    bench.neighbours.vehicles.push(late);
    expect((await booked(bench, agent, ticket, driving(elena, late.id))).vehicle).to.deep.equal({ id: late.id, plate: late.plate });
    const { status, body } = await post(bench, agent, ticket.id, driving(elena, randomUUID(), at('2026-03-04', '10:00')));
    expect([status, body.code]).to.deep.equal([404, 'VEHICLE_NOT_FOUND']);
  });

  it('when it is not available, then 409 VEHICLE_NOT_AVAILABLE says what it is', async () => {
    for (const status of ['IN_SERVICE', 'RETIRED'] as const) {
      const { id } = await addVehicle(bench, { status });
      const answer = await post(bench, agent, ticket.id, driving(elena, id));
      expect([answer.status, answer.body.code, answer.body.current]).to.deep.equal([409, 'VEHICLE_NOT_AVAILABLE', status]);
    }
  });

  it('when a customer names one, or nobody drives there, then 422', async () => {
    const { id: vehicleId } = await addVehicle(bench);
    const byCustomer = await post(bench, rosa, ticket.id, { ...VISIT, vehicleId });
    expect(byCustomer.body.errors).to.deep.equal([{ path: 'vehicleId', message: 'is not a known field' }]);
    const session = await post(bench, agent, ticket.id, { vehicleId });
    expect(session.body.errors).to.deep.equal([{ path: 'vehicleId', message: 'is for an ONSITE_VISIT only' }]);
    const visit = await booked(bench, agent, ticket);
    expect((await patch(agent, visit.id, { vehicleId })).body.errors).to.deep.equal(session.body.errors);
    expect((await patch(rosa, visit.id, { vehicleId })).body.errors).to.deep.equal(byCustomer.body.errors);
    expect((await patch(elena, visit.id, { vehicleId })).status).to.be.oneOf([403, 404]);
    expect((await bench.api.get(`/appointments?vehicleId=${vehicleId}`, rosa)).status).to.equal(422);
  });

  it('when another technician has it, then 409 with times at which both are free; buffers count', async () => {
    const { id } = await addVehicle(bench);
    await booked(bench, agent, ticket, driving(elena, id));
    await booked(bench, agent, ticket, { technicianId: marco.caller.userId, ...at('2026-03-03', '13:00') });
    for (const time of ['10:30', '11:15', '09:00']) {
      const { status, body } = await post(bench, agent, ticket.id, driving(marco, id, at('2026-03-03', time)));
      expect([status, body.code], time).to.deep.equal([409, 'APPOINTMENT_VEHICLE_TAKEN']);
      for (const { startAt, endAt } of body.alternatives as OfferView[]) {
        expect(endAt <= '2026-03-03T08:30:00.000Z' || startAt >= '2026-03-03T10:30:00.000Z', startAt).to.equal(true);
        expect(endAt <= '2026-03-03T11:45:00.000Z' || startAt >= '2026-03-03T13:15:00.000Z', startAt).to.equal(true);
      }
    }
    const [first] = (await post(bench, agent, ticket.id, driving(marco, id))).body.alternatives as OfferView[];
    await booked(bench, agent, ticket, driving(marco, id, { scheduledStartAt: first?.startAt, scheduledEndAt: first?.endAt }));
  });

  it('when it could not drive from one place to the next in time, then it is taken', async () => {
    const { id } = await addVehicle(bench);
    await booked(bench, agent, ticket, driving(elena, id));
    // 78 minutes from Modena to Bologna.
    const there = (time: string) => post(bench, agent, ticket.id, driving(marco, id, { locationId: office, ...at('2026-03-03', time) }));
    expect((await there('12:15')).body.code).to.equal('APPOINTMENT_VEHICLE_TAKEN');
    expect((await there('12:18')).status).to.equal(201);
  });

  it('when the visit is called off, then technician and vehicle are free', async () => {
    const { id } = await addVehicle(bench);
    const visit = await booked(bench, agent, ticket, driving(elena, id));
    expect((await patch(agent, visit.id, { status: 'CANCELLED' })).status).to.equal(200);
    await booked(bench, agent, ticket, driving(marco, id));
    await booked(bench, agent, ticket, driving(elena, (await addVehicle(bench)).id));
  });

  it('when its list is asked for, then its visits', async () => {
    const { id } = await addVehicle(bench);
    const visit = await booked(bench, agent, ticket, driving(elena, id));
    await booked(bench, agent, ticket, driving(marco, (await addVehicle(bench)).id));
    const { body } = await bench.api.get<AppointmentView[]>(`/appointments?vehicleId=${id}`, agent);
    expect(body.data.map((each) => each.id)).to.deep.equal([visit.id]);
  });

  describe('and is changed', () => {
    it('when the vehicle alone changes, then it is told as that, and customers see nothing of it', async () => {
      const [first, second] = [await addVehicle(bench), await addVehicle(bench, { plate: 'GA000AA' })];
      const visit = await booked(bench, agent, ticket, driving(elena, first.id));
      const { status, body } = await patch(agent, visit.id, { vehicleId: second.id, technicianNotes: 'Ladder' }, { 'If-Match': '"1"' });
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ vehicle: { id: second.id, plate: 'GA000AA' }, technicianNotes: 'Ladder', version: 2 });
      expect((await readAppointment(bench, rosa, visit.id)).version).to.equal(1);
      const [event] = await eventsOf('appointment-vehicle-changed');
      expect(event?.data).to.deep.include({ from: first.id, actorUserId: agent.caller.userId });
      expect(event?.data.appointment).to.include({ vehicleId: second.id });
      expect(await eventsOf('appointment-rescheduled')).to.deep.equal([]);
      expect((await bench.read(agent, ticket.id)).activities.map((entry) => entry.body)).to.include('The visit has another vehicle');
      expect((await bench.read(rosa, ticket.id)).activities.map((entry) => entry.body)).not.to.include('The visit has another vehicle');
      await booked(bench, agent, ticket, driving(marco, first.id));
    });

    it('when it is taken off, then it is free', async () => {
      const { id } = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, id));
      const { body } = await patch(agent, visit.id, { vehicleId: null });
      expect(body.data).not.to.have.property('vehicle');
      expect((await eventsOf('appointment-vehicle-changed'))[0]?.data.appointment).not.to.have.property('vehicleId');
      await booked(bench, agent, ticket, driving(marco, id));
    });

    it('when the other vehicle is on a visit, then 409 with times of both, and it keeps its own', async () => {
      const [own, other] = [await addVehicle(bench), await addVehicle(bench)];
      const visit = await booked(bench, agent, ticket, driving(elena, own.id));
      await booked(bench, agent, ticket, driving(marco, other.id));
      const { status, body } = await patch(agent, visit.id, { vehicleId: other.id });
      expect([status, body.code]).to.deep.equal([409, 'APPOINTMENT_VEHICLE_TAKEN']);
      expect(body.alternatives).to.have.length(5);
      expect((await readAppointment(bench, agent, visit.id)).vehicle).to.deep.include({ id: own.id });
    });

    it('when it is moved, then it keeps its vehicle, whose time is asked for too', async () => {
      const { id } = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, id));
      await booked(bench, agent, ticket, driving(marco, id, at('2026-03-03', '14:00')));
      expect((await patch(agent, visit.id, at('2026-03-03', '14:30'))).body.code).to.equal('APPOINTMENT_VEHICLE_TAKEN');
      const moved = await patch(agent, visit.id, at('2026-03-04', '14:30'));
      expect(moved.body.data.vehicle).to.deep.include({ id });
      await booked(bench, agent, ticket, driving(marco, id));
      expect((await post(bench, agent, ticket.id, driving(marco, id, at('2026-03-04', '14:30')))).body.code).to.equal(
        'APPOINTMENT_VEHICLE_TAKEN',
      );
    });

    it('when time, technician and vehicle change at once, then it is one change', async () => {
      const [own, other] = [await addVehicle(bench), await addVehicle(bench)];
      const visit = await booked(bench, agent, ticket, driving(elena, own.id));
      const { body } = await patch(agent, visit.id, {
        ...at('2026-03-04', '10:00'),
        technicianId: marco.caller.userId,
        vehicleId: other.id,
      });
      expect(body.data).to.deep.include({ version: 2, technicianId: marco.caller.userId, vehicle: { id: other.id, plate: other.plate } });
      const [event] = await eventsOf('appointment-rescheduled');
      expect(event?.data.appointment).to.include({ vehicleId: other.id });
      expect(await eventsOf('appointment-vehicle-changed')).to.deep.equal([]);
    });

    it('when a customer moves it and the vehicle is taken, then it goes without, and the desk finds it', async () => {
      const { id } = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, id));
      await booked(bench, agent, ticket, driving(marco, id, at('2026-03-04', '10:00')));
      const { status, body } = await patch(rosa, visit.id, at('2026-03-04', '10:00'));
      expect([status, body.data.technicianId]).to.deep.equal([200, elena.caller.userId]);
      const seen = await readAppointment(bench, agent, visit.id);
      expect(seen).not.to.have.property('vehicle');
      expect(seen.replanning).to.include({ reason: 'VEHICLE_GONE', vehicleId: id });
      expect((await patch(agent, visit.id, { vehicleId: null })).body.data.needsReplanning).to.equal(false);
    });
  });

  describe('that is gone', () => {
    it('when it goes to the workshop, then its visits are marked until it comes back', async () => {
      const vehicle = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, vehicle.id));
      await tellStatus(bench, vehicle, 'IN_SERVICE');
      const marked = await readAppointment(bench, agent, visit.id);
      expect(marked).to.deep.include({ needsReplanning: true, vehicle: { id: vehicle.id, plate: vehicle.plate } });
      expect(marked.replanning).to.include({ reason: 'VEHICLE_GONE', vehicleId: vehicle.id, technicianId: elena.caller.userId });
      const [told] = await eventsOf('appointment-needs-replanning');
      expect(told?.data).to.include({ reason: 'VEHICLE_GONE' });
      await tellStatus(bench, vehicle, 'AVAILABLE', 3);
      expect((await readAppointment(bench, agent, visit.id)).needsReplanning).to.equal(false);
    });

    it('when it is retired and the desk gives another one, then nothing is left to plan', async () => {
      const [vehicle, other] = [await addVehicle(bench), await addVehicle(bench)];
      const visit = await booked(bench, agent, ticket, driving(elena, vehicle.id));
      await tellStatus(bench, vehicle, 'RETIRED');
      const { body } = await patch(agent, visit.id, { vehicleId: other.id });
      expect(body.data).to.deep.include({ needsReplanning: false, vehicle: { id: other.id, plate: other.plate } });
    });

    it('when an old event of it comes late, then the newest status holds', async () => {
      const vehicle = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, vehicle.id));
      await tellStatus(bench, vehicle, 'AVAILABLE', 5);
      await tellStatus(bench, vehicle, 'IN_SERVICE', 4);
      expect((await readAppointment(bench, agent, visit.id)).needsReplanning).to.equal(false);
    });

    it('when the technician is away too, then it is marked for as long as either is missing', async () => {
      const vehicle = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, vehicle.id));
      const path = `/schedules/${elena.caller.userId}/time-off`;
      const { body } = await bench.api.post<{ readonly id: string }>(path, { from: '2026-03-03', to: '2026-03-03' }, agent);
      await tellStatus(bench, vehicle, 'IN_SERVICE');
      await bench.api.delete(`${path}/${body.data.id}`, agent);
      expect((await readAppointment(bench, agent, visit.id)).replanning).to.include({ reason: 'VEHICLE_GONE' });
    });

    it('when it is moved meanwhile, then it is still marked', async () => {
      const vehicle = await addVehicle(bench);
      const visit = await booked(bench, agent, ticket, driving(elena, vehicle.id));
      await tellStatus(bench, vehicle, 'IN_SERVICE');
      const { body } = await patch(agent, visit.id, at('2026-03-04', '10:00'));
      expect(body.data.replanning).to.include({ reason: 'VEHICLE_GONE', vehicleId: vehicle.id });
    });
  });
});
