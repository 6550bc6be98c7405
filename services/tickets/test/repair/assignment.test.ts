import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createGiveBackRepairs } from '../../src/repair/give-back-repairs.js';
import { withDerived } from '../../src/repair/repair.js';
import { createRepairs } from '../../src/repair/repair.repository.js';
import { buildUser, startBench, type Bench, type Person } from '../bench.js';
import { startDesk, type Desk } from './life.js';
import { runGiveBack } from '../../src/appointment/give-back.js';

describe('who has a repair', () => {
  let bench: Bench;
  let desk: Desk;
  let marco: Person;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    marco = await bench.technician({ name: 'Marco' });
  });
  after(() => bench.stop());

  const queued = () => desk.repairIn('PENDING', { holder: null });
  const eventsOf = async (id: string) =>
    (await bench.events()).filter(({ data }) => (data.repair as { readonly id: string } | undefined)?.id === id);

  describe('POST /repairs/:id/take', () => {
    it('when it is in the queue, then they have it and work has begun', async () => {
      const id = await queued();
      const { status, body } = await desk.act(id, 'take', marco);
      expect(status).to.equal(200);
      expect(body.data).to.include({ status: 'IN_PROGRESS', assignedToUserId: marco.caller.userId });
      expect(body.data.assignedTo).to.deep.equal({ id: marco.caller.userId, name: 'Marco' });
      expect((await desk.read(id)).activities.slice(-2).map(({ type, metadata }) => [type, metadata])).to.deep.equal([
        ['ASSIGNMENT', { to: marco.caller.userId, note: 'Taken from the queue' }],
        ['STATUS_CHANGE', { from: 'PENDING', to: 'IN_PROGRESS' }],
      ]);
      expect((await eventsOf(id)).map(({ type }) => type)).to.deep.equal(['repair-received', 'repair-assigned', 'repair-status-changed']);
    });

    it('when they have it already, then it begins, and a second time nothing happens', async () => {
      const id = await desk.repairIn('ON_HOLD');
      expect((await desk.act(id, 'take', desk.elena)).body.data.status).to.equal('IN_PROGRESS');
      const { version } = await desk.read(id);
      expect((await desk.act(id, 'take', desk.elena)).body.data.version).to.equal(version);
    });

    it('when somebody else has it, then 409', async () => {
      const { status, body } = await desk.act(await desk.repairIn('PENDING'), 'take', marco);
      expect([status, body.code]).to.deep.equal([409, 'REPAIR_ALREADY_ASSIGNED']);
    });

    it('when it was called off before anybody had it, then it is not there for technicians', async () => {
      const id = await desk.repairIn('CANCELED', { holder: null });
      expect((await desk.act(id, 'take', marco)).status).to.equal(404);
      expect((await bench.api.get(`/repairs/${id}`, marco)).status).to.equal(404);
    });
  });

  describe('POST /repairs/:id/assign', () => {
    const assign = (id: string, technicianId: string | null, reason?: string) =>
      desk.act(id, 'assign', desk.agent, { technicianId, ...(reason === undefined ? {} : { reason }) });

    it('when given and taken back, then how far it is stays, and staff alone read why', async () => {
      const id = await desk.repairIn('DELAYED');
      const { status, body } = await assign(id, marco.caller.userId, 'Elena is ill');
      expect(status).to.equal(200);
      expect(body.data).to.include({ status: 'DELAYED', assignedToUserId: marco.caller.userId });
      await assign(id, null);
      expect((await desk.read(id)).assignedToUserId).to.equal(undefined);
      const told = (await eventsOf(id)).filter(({ type }) => type === 'repair-assigned');
      expect(told.map(({ data }) => data.previousUserId)).to.deep.equal([undefined, desk.elena.caller.userId, marco.caller.userId]);
      expect(JSON.stringify((await desk.read(id)).activities)).to.include('Elena is ill');
      expect(JSON.stringify(await desk.read(id, desk.rosa))).not.to.include('Elena is ill');
    });

    it('when it is theirs already, then nothing is written', async () => {
      const id = await desk.repairIn('PENDING');
      const { version } = await desk.read(id);
      expect((await assign(id, desk.elena.caller.userId)).body.data.version).to.equal(version);
    });

    it('when it is nobody of this centre, or nobody who repairs, then it is refused', async () => {
      const id = await queued();
      const elsewhere = buildUser();
      await bench.test.publish(UserUpdated, { user: elsewhere }, { subject: elsewhere.id, tenantId: 'another' });
      const agent = bench.person('AGENT').caller.userId;
      for (const somebody of [randomUUID(), elsewhere.id, agent, desk.rosa.caller.userId]) {
        const { status, body } = await assign(id, somebody);
        expect([status, body.code]).to.deep.equal([404, 'TECHNICIAN_NOT_FOUND']);
      }
      const left = await bench.technician({ status: 'DISABLED' });
      expect((await assign(id, left.user.id)).body.code).to.equal('TECHNICIAN_NOT_ACTIVE');
      expect((await assign(id, 'me')).status).to.equal(422);
      expect((await desk.read(id)).assignedToUserId).to.equal(undefined);
    });
  });

  it('when a technician leaves, then their work goes to the queue, and what they ended stays theirs', async () => {
    const user = buildUser({ name: 'Paola' });
    const paola = await bench.technician(user);
    const { id: working } = (await desk.act(await queued(), 'take', paola)).body.data;
    const { id: done } = (await desk.act(await queued(), 'take', paola)).body.data;
    await desk.act(done, 'refuse', paola, { reason: 'Burnt' });
    await bench.test.publish(UserUpdated, { user: { ...user, status: 'DISABLED' as const } }, { subject: user.id, version: 2 });
    const { activities, status, assignedToUserId } = await desk.read(working);
    expect([status, assignedToUserId]).to.deep.equal(['IN_PROGRESS', undefined]);
    expect(activities.at(-1)).to.deep.include({
      type: 'ASSIGNMENT',
      metadata: { from: user.id, note: 'The technician is no longer active' },
    });
    expect((await desk.read(done)).assignedToUserId).to.equal(user.id);
    expect((await desk.act(working, 'take', marco)).body.data).to.include({ status: 'IN_PROGRESS', assignedToUserId: marco.caller.userId });
  });

  it('when an event that came late gave it to somebody who had left, then the job takes it back', async () => {
    const { platform, clock } = bench.test;
    const gone = await bench.technician();
    await bench.test.publish(UserUpdated, { user: { ...gone.user, status: 'DISABLED' as const } }, { subject: gone.user.id, version: 2 });
    const id = await queued();
    await createRepairs(platform)
      .in('default')
      .update(id, (before) => ({ state: withDerived({ ...before, assignedToUserId: gone.user.id, status: 'IN_PROGRESS' }) }));
    const giveBack = createGiveBackRepairs({ repairs: createRepairs(platform), clock, ids: platform.ids });
    await runGiveBack({ everyone: createAcrossTenants(platform, 'technicians') }, [giveBack])();
    expect(await desk.read(id)).to.not.have.property('assignedToUserId');
  });
});
