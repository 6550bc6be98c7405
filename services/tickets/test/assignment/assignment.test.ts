import { RegistrationApproved, UserUpdated } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildUser, startBench, type Bench, type Person, type TicketView } from '../bench.js';

describe('assignment of tickets', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TECHNICIAN_CAPACITY: '3' } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const post = (id: string, what: string, by: Person, body?: unknown) => bench.api.post<TicketView>(`/tickets/${id}/${what}`, body, by);
  const holderBecomes = (id: string, technicianId: string | undefined): Promise<unknown> =>
    eventually(async () => {
      expect((await bench.read(agent, id)).assignedToUserId).to.equal(technicianId);
      return true;
    });

  it('when nobody is there, then it waits and is given out when an engineer is approved', async () => {
    const { id, stage } = await bench.open(rosa);
    expect(stage).to.equal('NEW');
    const user = buildUser({ role: 'ENGINEER' });
    await bench.test.publish(UserUpdated, { user: buildUser({ ...user, status: 'PENDING' }) }, { subject: user.id, version: 1 });
    expect((await bench.read(agent, id)).assignedToUserId).to.equal(undefined);
    await bench.test.publish(RegistrationApproved, { user }, { subject: user.id, version: 2 });
    await holderBecomes(id, user.id);
    expect((await bench.events()).at(-1)?.type).to.equal('ticket-assigned');
  });

  it('when an older event of the technician comes late, then they stay what they are', async () => {
    const user = buildUser();
    await bench.test.publish(RegistrationApproved, { user }, { subject: user.id, version: 2 });
    await bench.test.publish(UserUpdated, { user: buildUser({ ...user, status: 'PENDING' }) }, { subject: user.id, version: 1 });
    expect((await bench.open(rosa)).assignedToUserId).to.equal(user.id);
  });

  it('when many arrive at once, then nobody gets more than their capacity and the rest wait', async () => {
    const [elena, marco] = [await bench.technician(), await bench.technician()];
    const tickets = await Promise.all(Array.from({ length: 20 }, () => bench.open(rosa)));
    const count = (id?: string) => tickets.filter(({ assignedToUserId }) => assignedToUserId === id).length;
    expect([count(elena.user.id), count(marco.user.id), count(undefined)]).to.deep.equal([3, 3, 14]);
  });

  it('when a place becomes free, then the most urgent and then the oldest of the waiting gets it', async () => {
    const elena = await bench.technician();
    const [first] = [await bench.open(rosa), await bench.open(rosa), await bench.open(rosa)];
    const low = await bench.open(rosa, { priority: 'LOW' });
    const urgent = await bench.open(rosa, { priority: 'CRITICAL' });
    await bench.api.patch(`/tickets/${first.id}/status`, { status: 'RESOLVED', resolution: 'Done' }, elena);
    await holderBecomes(urgent.id, elena.user.id);
    expect((await bench.read(agent, low.id)).assignedToUserId).to.equal(undefined);
  });

  it('when a ticket is about a device that somebody has served, then they get it', async () => {
    const asset = await bench.asset({ customerId: rosa.caller.customerId as string });
    const elena = await bench.technician();
    await bench.open(rosa, { assetId: asset.id });
    await bench.technician();
    const again = await bench.open(rosa, { assetId: asset.id });
    expect(again.assignedToUserId).to.equal(elena.user.id);
    const { activities } = await bench.read(agent, again.id);
    expect(activities.at(-1)?.metadata?.reason).to.include({ rule: 'SERVED_DEVICE', candidates: 2 });
  });

  describe('POST /tickets/:id/accept', () => {
    it('when it was given to them, then IN_PROGRESS and told', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      const { status, body } = await post(id, 'accept', elena);
      expect([status, body.data.status]).to.deep.equal([200, 'IN_PROGRESS']);
      expect((await bench.events()).at(-1)).to.deep.include({ type: 'ticket-status-changed' });
      expect((await post(id, 'accept', elena)).body.data.version).to.equal(body.data.version);
    });

    it('when two take one from the queue at once, then one has it and the other 409 TICKET_ALREADY_ASSIGNED', async () => {
      const { id } = await bench.open(rosa);
      await post(id, 'assign', agent, { technicianId: null });
      const people = [await bench.technician(), await bench.technician()];
      const answers = await Promise.all(people.map((by) => post(id, 'accept', by)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).to.equal('TICKET_ALREADY_ASSIGNED');
      const winner = answers.findIndex(({ status }) => status === 200);
      expect(await bench.read(agent, id)).to.include({ status: 'IN_PROGRESS', assignedToUserId: people[winner]?.caller.userId });
    });

    it('when accept and reassign race, then the ticket has exactly one holder and their places agree', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      const marco = await bench.technician();
      await Promise.all([post(id, 'accept', elena), post(id, 'assign', agent, { technicianId: marco.user.id })]);
      const { assignedToUserId } = await bench.read(agent, id);
      const more = await Promise.all(Array.from({ length: 6 }, () => bench.open(rosa)));
      const loads = [elena, marco].map(
        ({ user }) => more.filter((ticket) => ticket.assignedToUserId === user.id).length + (assignedToUserId === user.id ? 1 : 0),
      );
      expect(loads).to.deep.equal([3, 3]);
    });

    it('when it is resolved, then 409; when it is not there, then 404; when a customer tries, then 403', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      await bench.api.patch(`/tickets/${id}/status`, { status: 'RESOLVED', resolution: 'Done' }, elena);
      expect((await post(id, 'accept', elena)).body.code).to.equal('TICKET_NOT_ACTIVE');
      expect((await post(randomUUID(), 'accept', elena)).status).to.equal(404);
      expect((await post(id, 'accept', rosa)).status).to.equal(403);
    });
  });

  describe('POST /tickets/:id/decline', () => {
    it('when declined, then the next best has it at once, and it never comes back', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      const marco = await bench.technician();
      const { body } = await post(id, 'decline', elena, { reason: 'On holiday' });
      expect(body.data.assignedToUserId).to.equal(marco.user.id);
      await post(id, 'decline', marco, { reason: 'Not my field' });
      expect((await bench.read(agent, id)).assignedToUserId).to.equal(undefined);
      await bench.test.publish(UserUpdated, { user: elena.user }, { subject: elena.user.id, version: 2 });
      const anna = await bench.technician();
      await holderBecomes(id, anna.user.id);
    });

    it('when declined, then the reason is for staff only', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      await post(id, 'decline', elena, { reason: 'Difficult person' });
      expect((await bench.api.get(`/tickets/${id}`, rosa)).text).not.to.include('Difficult');
      expect((await bench.api.get(`/tickets/${id}`, agent)).text).to.include('Difficult');
      expect(JSON.stringify(await bench.events())).not.to.include('Difficult');
    });

    it('when no reason is given, then 422; when it is not theirs, then 403 or 404', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      expect((await post(id, 'decline', elena, {})).status).to.equal(422);
      expect((await post(id, 'decline', bench.person('TECH'), { reason: 'x' })).status).to.equal(404);
      await post(id, 'assign', agent, { technicianId: null });
      expect((await post(id, 'decline', elena, { reason: 'x' })).body.code).to.equal('TICKET_NOT_ASSIGNED_TO_YOU');
    });
  });

  describe('POST /tickets/:id/assign', () => {
    it('when an agent reassigns, then the new one has it, both places agree, and it is told', async () => {
      const elena = await bench.technician();
      const [first, waiting] = [
        await bench.open(rosa),
        await Promise.all([1, 2].map(() => bench.open(rosa))),
        await bench.open(rosa),
      ].flat();
      const marco = await bench.technician({ skills: ['NETWORK'] });
      const { status, body } = await post(first!.id, 'assign', agent, { technicianId: marco.user.id, reason: 'Knows the building' });
      expect([status, body.data.assignedToUserId]).to.deep.equal([200, marco.user.id]);
      const event = (await bench.events()).find(({ type, data }) => type === 'ticket-assigned' && data.previousUserId === elena.user.id);
      expect(event?.data.actorUserId).to.equal(agent.caller.userId);
      expect(waiting).to.not.equal(undefined);
      await eventually(async () => (await bench.api.get('/tickets?unassigned=true', agent)).body.pagination.totalCount === 0);
    });

    it('when an agent unassigns, then it stays in the queue until a person takes it', async () => {
      await bench.technician();
      const { id } = await bench.open(rosa);
      const { body } = await post(id, 'assign', agent, { technicianId: null });
      expect(body.data).to.include({ stage: 'NEW', held: true });
      const other = await bench.technician();
      expect((await bench.read(agent, id)).assignedToUserId).to.equal(undefined);
      expect((await post(id, 'accept', other)).body.data.assignedToUserId).to.equal(other.user.id);
    });

    it('when the technician is unknown, then 404; not active, then 409; and no place is lost', async () => {
      const { id } = await bench.open(rosa);
      expect((await post(id, 'assign', agent, { technicianId: randomUUID() })).body.code).to.equal('TECHNICIAN_NOT_FOUND');
      const pending = await bench.technician({ status: 'PENDING' });
      expect((await post(id, 'assign', agent, { technicianId: pending.user.id })).body.code).to.equal('TECHNICIAN_NOT_ACTIVE');
    });

    it('when the ticket is done, then 409 TICKET_NOT_ACTIVE', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      await bench.api.patch(`/tickets/${id}/status`, { status: 'CLOSED' }, rosa);
      expect((await post(id, 'assign', agent, { technicianId: elena.user.id })).body.code).to.equal('TICKET_NOT_ACTIVE');
    });

    it('when a technician or a customer tries, then 403; wrong fields, then 422', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      for (const by of [elena, rosa]) expect((await post(id, 'assign', by, { technicianId: null })).status).to.equal(403);
      const { body } = await post(id, 'assign', agent, { technicianId: 'me', why: 'x' });
      expect(body.errors.map(({ path }) => path)).to.have.members(['technicianId', 'why']);
    });
  });
});
