import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { at, booked, MONDAY, readAppointment } from '../appointment/appointment.builder.js';
import { addVehicle, tellStatus } from '../appointment/vehicle/vehicles.js';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';

const VISIT = { type: 'ONSITE_VISIT' };

describe('POST /tickets/:id/assign with a vehicle', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let elena: Person;
  let marco: Person;
  let ticket: TicketView;
  let locationId: string;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY });
    agent = bench.person('AGENT');
    const { customer, ...person } = await bench.customer();
    rosa = person;
    [elena, marco] = [await bench.technician({ name: 'Elena' }), await bench.technician({ name: 'Marco' })];
    ({ id: locationId } = await bench.location({ customerId: customer.id }));
    ticket = await bench.open(rosa, { locationId });
  });
  afterEach(() => bench.stop());

  const assign = (body: object, id = ticket.id, by = agent) =>
    bench.api.post<TicketView>(`/tickets/${id}/assign`, { technicianId: elena.caller.userId, ...body }, by);
  /** Whoever of the two has not been given the ticket by rule. */
  const otherId = () => (ticket.assignedToUserId === elena.caller.userId ? marco : elena).caller.userId;
  const typesOf = async () => (await bench.events()).map(({ type }) => type);

  it('when technician and vehicle are said, then staff see both, customers no vehicle, and it is told', async () => {
    const { id, plate } = await addVehicle(bench);
    const technicianId = otherId();
    const { status, body } = await assign({ technicianId, vehicleId: id, reason: 'Ladder' });
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ assignedToUserId: technicianId, vehicle: { id, plate } });
    const seen = await bench.read(rosa, ticket.id);
    expect(JSON.stringify(seen)).not.to.match(/vehicle/i);
    const told = (await bench.events()).findLast(({ type }) => type === 'ticket-assigned');
    expect(told?.data.ticket).to.include({ assignedToUserId: technicianId, vehicleId: id });
  });

  it('when the vehicle alone is another one, then nobody is told of an assignment', async () => {
    const [first, second] = [await addVehicle(bench), await addVehicle(bench)];
    const technicianId = ticket.assignedToUserId;
    await assign({ technicianId, vehicleId: first.id });
    const before = (await typesOf()).length;
    const { body } = await assign({ technicianId, vehicleId: second.id });
    expect(body.data.vehicle).to.deep.include({ id: second.id });
    expect((await typesOf()).slice(before)).to.deep.equal(['ticket-updated']);
    expect((await assign({ technicianId, vehicleId: second.id })).body.data.version).to.equal(body.data.version);
    expect((await assign({ technicianId, vehicleId: null })).body.data).not.to.have.property('vehicle');
  });

  it('when nothing is said of vehicles, or the technician is taken off, then the ticket keeps its own', async () => {
    const { id } = await addVehicle(bench);
    await assign({ vehicleId: id });
    expect((await assign({ technicianId: marco.caller.userId })).body.data.vehicle).to.deep.include({ id });
    expect((await assign({ technicianId: null })).body.data.vehicle).to.deep.include({ id });
  });

  it('when there is no such vehicle, or it is not available, then 404 or 409, and nothing changed', async () => {
    const technicianId = otherId();
    const unknown = await assign({ technicianId, vehicleId: randomUUID() });
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'VEHICLE_NOT_FOUND']);
    const { id } = await addVehicle(bench, { status: 'IN_SERVICE' });
    const gone = await assign({ technicianId, vehicleId: id });
    expect([gone.status, gone.body.code, gone.body.current]).to.deep.equal([409, 'VEHICLE_NOT_AVAILABLE', 'IN_SERVICE']);
    expect(await bench.read(agent, ticket.id)).to.include({ assignedToUserId: ticket.assignedToUserId, version: ticket.version });
  });

  it('when visits are planned, then they follow where it is free, and the desk finds the others', async () => {
    const { id, plate } = await addVehicle(bench);
    const other = await bench.open(rosa, { locationId });
    await booked(bench, agent, other, { ...VISIT, technicianId: marco.caller.userId, vehicleId: id });
    const taken = await booked(bench, agent, ticket, { ...VISIT, technicianId: elena.caller.userId });
    const free = await booked(bench, agent, ticket, { ...VISIT, technicianId: elena.caller.userId, ...at('2026-03-04', '10:00') });
    const session = await booked(bench, agent, ticket, at('2026-03-05', '10:00'));
    await assign({ vehicleId: id });
    const [left, driven, remote] = await Promise.all([taken, free, session].map((each) => readAppointment(bench, agent, each.id)));
    expect(driven).to.deep.include({ vehicle: { id, plate }, needsReplanning: false, technicianId: elena.caller.userId });
    expect(left).to.include({ needsReplanning: true }).and.not.have.property('vehicle');
    expect(left?.replanning).to.include({ reason: 'VEHICLE_GONE', vehicleId: id });
    expect(remote).to.include({ needsReplanning: false }).and.not.have.property('vehicle');
    expect(await typesOf()).not.to.include('appointment-rescheduled');
    await assign({ vehicleId: null });
    expect(await readAppointment(bench, agent, free.id)).not.to.have.property('vehicle');
    expect((await readAppointment(bench, agent, taken.id)).needsReplanning).to.equal(false);
  });

  it('when a visit is booked for it later, then it has the vehicle of the ticket if that is free', async () => {
    const { id } = await addVehicle(bench);
    await assign({ vehicleId: id });
    const byCustomer = await booked(bench, rosa, ticket, VISIT);
    expect((await readAppointment(bench, agent, byCustomer.id)).vehicle).to.deep.include({ id });
    const sameTime = await booked(bench, rosa, ticket, VISIT);
    expect(await readAppointment(bench, agent, sameTime.id))
      .to.include({ needsReplanning: false })
      .and.not.have.property('vehicle');
    const without = await booked(bench, agent, ticket, { ...VISIT, vehicleId: null, ...at('2026-03-04', '10:00') });
    expect(without).not.to.have.property('vehicle');
  });

  it('when it is at the workshop, then later visits are booked without it', async () => {
    const vehicle = await addVehicle(bench);
    await assign({ vehicleId: vehicle.id });
    await tellStatus(bench, vehicle, 'IN_SERVICE');
    expect(await booked(bench, agent, ticket, VISIT))
      .to.include({ needsReplanning: false })
      .and.not.have.property('vehicle');
  });

  it('when the ticket was merged, then the visits of its duplicates follow too', async () => {
    const duplicate = await bench.open(rosa, { locationId });
    const visit = await booked(bench, agent, duplicate, VISIT);
    const merged = await bench.api.post(`/tickets/${duplicate.id}/merge`, { intoTicketId: ticket.id }, agent);
    expect(merged.status, merged.text).to.equal(200);
    const { id } = await addVehicle(bench);
    await assign({ vehicleId: id });
    expect((await readAppointment(bench, agent, visit.id)).vehicle).to.deep.include({ id });
  });

  it('when the same is asked for again under its key, then the visits follow what a crash has left', async () => {
    const { id } = await addVehicle(bench);
    const technicianId = ticket.assignedToUserId;
    await assign({ technicianId, vehicleId: id });
    const without = await booked(bench, agent, ticket, { ...VISIT, vehicleId: null });
    await assign({ technicianId, vehicleId: id });
    expect((await readAppointment(bench, agent, without.id)).vehicle).to.deep.include({ id });
  });
});
