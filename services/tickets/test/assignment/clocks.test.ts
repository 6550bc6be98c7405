import { ServicePlanCancelled, ServicePlanCreated, type PublishedServicePlan } from '@riparo/shared/contracts/assets.events';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createTicketsService } from '../../src/service.js';
import { buildSettings, startBench, type Bench, type Person, ticketsConfig } from '../bench.js';

const EVERY_SECOND = { TICKET_CLOCK_CRON: '* * * * * *' };
const MONDAY_TEN = '2026-03-02T09:00:00Z'; // 10:00 in Rome

const buildPlan = (overrides: Partial<PublishedServicePlan> & { readonly customerId: string }): PublishedServicePlan => ({
  id: randomUUID(),
  name: 'Round the clock',
  planType: 'PREMIUM',
  coverageLevel: 'FULL_SERVICE',
  startDate: '2026-01-01',
  endDate: '2026-12-31',
  status: 'ACTIVE',
  sla: { responseMinutes: 30, resolutionMinutes: 120, supportHours: '24/7' },
  ...overrides,
});

describe('the clocks of a ticket', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: MONDAY_TEN, env: { ...EVERY_SECOND, SILENCE_MAX_MOVES: '1' } });
    await bench.settings();
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  const move = (id: string, status: string, by: Person) =>
    bench.api.patch(`/tickets/${id}/status`, status === 'RESOLVED' ? { status, resolution: 'Done' } : { status }, by);
  const types = async (): Promise<string[]> => (await bench.events()).map(({ type }) => type);
  const told = (type: string, times: number): Promise<unknown> =>
    eventually(async () => {
      expect((await types()).filter((each) => each === type)).to.have.length(times);
      return true;
    });

  describe('due times', () => {
    it('when opened on a Monday at ten, then counted in business hours by priority', async () => {
      const due = async (priority: string): Promise<unknown[]> => {
        const ticket = await bench.open(rosa, { priority });
        return [ticket.responseDueAt, ticket.slaDueAt];
      };
      // Nine hours a day: 8 of them left on Monday.
      expect(await due('CRITICAL')).to.deep.equal(['2026-03-02T10:00:00.000Z', '2026-03-02T17:00:00.000Z']);
      expect(await due('HIGH')).to.deep.equal(['2026-03-02T13:00:00.000Z', '2026-03-04T15:00:00.000Z']);
      expect(await due('MEDIUM')).to.deep.equal(['2026-03-02T17:00:00.000Z', '2026-03-12T09:00:00.000Z']);
      expect(await due('LOW')).to.deep.equal(['2026-03-04T15:00:00.000Z', '2026-03-19T12:00:00.000Z']);
    });

    it('when it waits for the customer, then the clock stands still and the time is added', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      await move(id, 'WAITING_CUSTOMER', agent);
      expect((await bench.read(rosa, id)).slaDueAt).to.equal(undefined);
      bench.test.clock.advance(2 * 3_600_000);
      await bench.api.post(`/tickets/${id}/reply`, { body: 'Here I am' }, rosa);
      expect((await bench.read(rosa, id)).slaDueAt).to.equal('2026-03-03T10:00:00.000Z');
      const { body } = await bench.api.get(`/tickets/${id}/sla`, agent);
      expect(body.data.resolution).to.deep.include({ promisedMinutes: 480, usedMinutes: 0, remainingMinutes: 480 });
      expect((body.data.resolution as { pauses: unknown[] }).pauses).to.deep.equal([
        { from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T11:00:00.000Z', minutes: 120, reason: 'WAITING_CUSTOMER' },
      ]);
    });

    it('when reopened, then the time in which it was resolved does not count', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      await move(id, 'RESOLVED', agent);
      bench.test.clock.advance(3 * 3_600_000);
      await move(id, 'IN_PROGRESS', agent);
      expect((await bench.read(rosa, id)).slaDueAt).to.equal('2026-03-03T11:00:00.000Z');
    });

    it('when the calendar changes, then open tickets follow and closed ones stay', async () => {
      const [open, closed] = [await bench.open(rosa, { priority: 'CRITICAL' }), await bench.open(rosa, { priority: 'CRITICAL' })];
      await move(closed.id, 'CLOSED', agent);
      const { calendar } = buildSettings();
      const exceptions = [{ date: '2026-03-02', intervals: [{ start: '09:00', end: '12:00' }] }];
      await bench.test.publish(
        SettingsChanged,
        { settings: buildSettings({ calendar: { ...calendar, exceptions } }) },
        { subject: randomUUID(), version: 2 },
      );
      await eventually(async () => (await bench.read(rosa, open.id)).slaDueAt === '2026-03-03T14:00:00.000Z');
      expect((await bench.read(rosa, closed.id)).slaDueAt).to.equal('2026-03-02T17:00:00.000Z');
    });

    it('when a plan covers the device, then its promise holds until it ends', async () => {
      const customerId = rosa.caller.customerId as string;
      const plan = buildPlan({ customerId });
      await bench.test.publish(ServicePlanCreated, { servicePlan: plan }, { subject: plan.id });
      const asset = await bench.asset({ customerId, servicePlanId: plan.id });
      const { id } = await bench.open(rosa, { assetId: asset.id, priority: 'LOW' });
      expect((await bench.read(rosa, id)).slaDueAt).to.equal('2026-03-02T11:00:00.000Z');
      const { body } = await bench.api.get(`/tickets/${id}/sla`, agent);
      expect(body.data.policy).to.deep.equal({
        source: 'PLAN',
        planId: plan.id,
        responseMinutes: 30,
        resolutionMinutes: 120,
        alwaysOpen: true,
      });
      await bench.test.publish(
        ServicePlanCancelled,
        { servicePlan: buildPlan({ ...plan, status: 'CANCELLED' }) },
        { subject: plan.id, version: 2 },
      );
      await eventually(async () => (await bench.read(rosa, id)).slaDueAt === '2026-03-19T12:00:00.000Z');
    });

    it('when a plan promises days in business hours, then working days of the calendar count', async () => {
      const customerId = rosa.caller.customerId as string;
      const days = { responseMinutes: 1440, responseWorkingDays: 1, resolutionMinutes: 7200, resolutionWorkingDays: 5 };
      const plan = buildPlan({ customerId, sla: { ...days, supportHours: 'Business hours' } });
      await bench.test.publish(ServicePlanCreated, { servicePlan: plan }, { subject: plan.id });
      const asset = await bench.asset({ customerId, servicePlanId: plan.id });
      const { id, ...ticket } = await bench.open(rosa, { assetId: asset.id });
      expect([ticket.responseDueAt, ticket.slaDueAt]).to.deep.equal(['2026-03-03T09:00:00.000Z', '2026-03-09T09:00:00.000Z']);
      const { body } = await bench.api.get<{ resolution: object }>(`/tickets/${id}/sla`, agent);
      expect(body.data.resolution).to.include({ promisedMinutes: 5 * 9 * 60, remainingMinutes: 5 * 9 * 60 });
      const { calendar } = buildSettings();
      const exceptions = [{ date: '2026-03-04', intervals: [] }];
      await bench.test.publish(
        SettingsChanged,
        { settings: buildSettings({ calendar: { ...calendar, exceptions } }) },
        { subject: randomUUID(), version: 2 },
      );
      await eventually(async () => (await bench.read(rosa, id)).slaDueAt === '2026-03-10T09:00:00.000Z');
    });

    it('when a plan of an earlier version tells no days, then its minutes count', async () => {
      const customerId = rosa.caller.customerId as string;
      const sla = { responseMinutes: 1440, resolutionMinutes: 7200, supportHours: 'Business hours' as const };
      const plan = buildPlan({ customerId, sla });
      await bench.test.publish(ServicePlanCreated, { servicePlan: plan }, { subject: plan.id });
      const asset = await bench.asset({ customerId, servicePlanId: plan.id });
      expect((await bench.open(rosa, { assetId: asset.id })).slaDueAt).to.equal('2026-03-19T12:00:00.000Z');
    });

    it('when a customer asks for the explanation, then 403; a technician without the ticket, then 404', async () => {
      await bench.technician();
      const { id } = await bench.open(rosa);
      expect((await bench.api.get(`/tickets/${id}/sla`, rosa)).status).to.equal(403);
      expect((await bench.api.get(`/tickets/${id}/sla`, bench.person('TECH'))).status).to.equal(404);
    });
  });

  describe('announcements', () => {
    it('when three quarters are used up, then "due soon" once for each clock, and a breach once for each', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      bench.test.clock.advance(46 * 60_000);
      await told('ticket-sla-due-soon', 1);
      bench.test.clock.advance(15 * 60_000);
      await told('ticket-sla-breached', 1);
      expect(await bench.read(rosa, id)).to.include({ slaBreached: true });
      bench.test.clock.advance(5.5 * 3_600_000);
      await told('ticket-sla-due-soon', 2);
      bench.test.clock.advance(24 * 3_600_000);
      await told('ticket-sla-breached', 2);
      expect((await bench.api.get(`/tickets/${id}`, rosa)).text).not.to.include('SLA missed');
    });

    it('when two instances look after a standstill, then each breach is told once, none as due soon', async () => {
      const opened = await Promise.all(Array.from({ length: 10 }, () => bench.open(rosa, { priority: 'CRITICAL' })));
      const config = ticketsConfig({ ...EVERY_SECOND, ASSETS_URL: 'http://127.0.0.1:1' });
      const { platform } = bench.test;
      const bus = { ...platform.bus, consume: () => Promise.resolve() };
      const second = createTicketsService({ ...platform, bus, instance: 'second' }, config);
      await second.start();
      bench.test.clock.advance(10 * 24 * 3_600_000);
      await told('ticket-sla-breached', 20);
      await second.stop();
      expect(await types()).not.to.include('ticket-sla-due-soon');
      expect((await bench.read(agent, opened[0]!.id)).activities.filter(({ body }) => body.startsWith('SLA missed'))).to.have.length(2);
    });

    it('when resolved late but before the clock is looked at, then the breach is recorded all the same', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      await bench.api.post(`/tickets/${id}/reply`, { body: 'On it' }, agent);
      bench.test.clock.set('2026-03-02T17:00:01Z');
      await move(id, 'RESOLVED', agent);
      expect((await bench.read(rosa, id)).slaBreached).to.equal(true);
      await told('ticket-sla-breached', 1);
    });

    it('when answered and resolved in time, then nothing is announced', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      await bench.api.post(`/tickets/${id}/reply`, { body: 'On it' }, agent);
      await move(id, 'RESOLVED', agent);
      bench.test.clock.advance(6 * 24 * 3_600_000);
      const probe = await bench.open(agent, { customerId: rosa.caller.customerId, priority: 'CRITICAL' });
      bench.test.clock.advance(3 * 24 * 3_600_000);
      await told('ticket-sla-breached', 2);
      const concerned = (await bench.events()).filter(({ type }) => type.startsWith('ticket-sla'));
      expect(new Set(concerned.map(({ data }) => (data.ticket as { id: string }).id))).to.deep.equal(new Set([probe.id]));
    });
  });

  describe('silence', () => {
    const holder = (id: string, technicianId: string | undefined): Promise<unknown> =>
      eventually(async () => (await bench.read(agent, id)).assignedToUserId === technicianId);

    it('when an assignee does not stir, then the next best has it; after the last move it waits for an AGENT', async () => {
      const elena = await bench.technician();
      const { id } = await bench.open(rosa);
      const [marco] = [await bench.technician(), await bench.technician({ skills: ['NETWORK'] })];
      bench.test.clock.advance(121 * 60_000);
      await holder(id, marco.user.id);
      expect(
        (await bench.read(agent, id)).activities.some(
          ({ body, metadata }) => body.startsWith('Taken') && metadata?.silent === elena.user.id,
        ),
      ).to.equal(true);
      bench.test.clock.advance(121 * 60_000);
      await holder(id, undefined);
      expect(await bench.read(agent, id)).to.include({ held: true, stage: 'NEW' });
    });

    it('when they have accepted, written or begun, then it stays theirs, and at night nobody loses anything', async () => {
      const elena = await bench.technician();
      const [accepted, answered, begun] = [await bench.open(rosa), await bench.open(rosa), await bench.open(rosa)];
      await bench.api.post(`/tickets/${accepted.id}/accept`, undefined, elena);
      await bench.api.post(`/tickets/${answered.id}/notes`, { body: 'Looking at it' }, elena);
      expect((await bench.api.post(`/tickets/${begun.id}/work-reports`, {}, elena)).status).to.equal(201);
      await bench.test.idle();
      bench.test.clock.set('2026-03-02T16:30:00Z');
      const evening = await bench.open(rosa);
      bench.test.clock.set('2026-03-03T08:00:00Z'); // half an hour of work on Monday, none of Tuesday
      const probe = await bench.open(rosa, { priority: 'CRITICAL' });
      await bench.technician();
      bench.test.clock.set('2026-03-03T09:31:00Z'); // 121 minutes for the evening's, 91 for the probe
      await eventually(async () => (await bench.read(agent, evening.id)).assignedToUserId !== elena.user.id);
      for (const { id } of [accepted, answered, begun, probe])
        expect((await bench.read(agent, id)).assignedToUserId).to.equal(elena.user.id);
    });
  });

  describe('quiet days', () => {
    it('when seven days pass without a word, then it is closed and told; a word begins them anew', async () => {
      const [quiet, talked] = [await bench.open(rosa), await bench.open(rosa)];
      for (const { id } of [quiet, talked]) await move(id, 'RESOLVED', agent);
      bench.test.clock.advance(6 * 24 * 3_600_000);
      await bench.api.post(`/tickets/${talked.id}/reply`, { body: 'All well?' }, agent);
      bench.test.clock.advance(24 * 3_600_000 + 1);
      await told('ticket-closed', 1);
      expect((await bench.read(rosa, quiet.id)).status).to.equal('CLOSED');
      expect((await bench.read(rosa, talked.id)).status).to.equal('RESOLVED');
    });
  });
});
