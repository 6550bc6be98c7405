import { AssetUpdated } from '@riparo/shared/contracts/assets.events';
import { CustomerUpdated, SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { createReplicas } from '../../src/replica/replicas.js';
import { createRepairs } from '../../src/repair/repair.repository.js';
import { createTenantRules } from '../../src/kernel/tenant-rules.js';
import { createTickets } from '../../src/ticket/ticket.repository.js';
import { createRefreshWords } from '../../src/upkeep/refresh-words.js';
import { createSteps } from '../../src/upkeep/steps.js';
import { createUpkeepWork, type UpkeepStep, type UpkeepWork } from '../../src/upkeep/run-upkeep.js';
import { idleUpkeep, type UpkeepKind } from '../../src/upkeep/upkeep.js';
import { createUpkeeps } from '../../src/upkeep/upkeep.repository.js';
import { buildRepair } from '../repair/repair.builder.js';
import { buildSettings, startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

describe('upkeep of many tickets', () => {
  let bench: Bench;
  let rosa: Awaited<ReturnType<Bench['customer']>>;
  let agent: Person;
  const start = async (cron: string) => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TICKET_CLOCK_CRON: cron } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  };
  afterEach(() => bench.stop());

  const found = async (term: string, by: Person = agent): Promise<string[]> =>
    (await bench.api.get<TicketView[]>(`/tickets?pageSize=100&search=${encodeURIComponent(term)}`, by)).body.data
      .map(({ id }) => id)
      .sort();
  const rename = (name: string, version: number) =>
    bench.test.publish(CustomerUpdated, { customer: { ...rosa.customer, name, surname: 'Verdi' } }, { subject: rosa.customer.id, version });

  describe('search words', () => {
    beforeEach(() => start('* * * * * *'));

    it('when a customer gets another name, then all their tickets are found by it, and none has changed', async () => {
      const [open, closed] = [await bench.open(rosa), await bench.open(rosa)];
      await bench.api.patch(`/tickets/${closed.id}/status`, { status: 'CLOSED' }, rosa);
      const stranger = await bench.open(await bench.customer());
      const before = await bench.read(agent, open.id);
      bench.test.clock.advance(60_000);
      await rename('Rosanna', 2);
      await eventually(async () => (await found('rosanna verdi')).length === 2);
      expect(await found('rosanna')).to.deep.equal([open.id, closed.id].sort());
      expect(await found('bianchi')).to.deep.equal([stranger.id]);
      const after = await bench.read(agent, open.id);
      expect([after.version, after.updatedAt]).to.deep.equal([before.version, before.updatedAt]);
      expect(after.activities).to.have.length(before.activities.length);
    });

    it('when a customer is called something else, then their repairs are found by that too, tickets or not', async () => {
      const opened = await Promise.all([1, 2, 3].map(() => bench.api.post('/repairs', buildRepair(), rosa)));
      const search = async (term: string) => (await bench.api.get<{ id: string }[]>(`/repairs?search=${term}`, agent)).body.data;
      expect(await search('bianchi')).to.have.length(3);
      const { id, version } = opened[0]?.body.data as { id: string; version: number };
      await rename('Rosanna', 2);
      await eventually(async () => (await search('rosanna%20thinkpad')).length === 3);
      expect(await search('bianchi')).to.deep.equal([]);
      expect((await bench.api.get(`/repairs/${id}`, agent)).body.data.version).to.equal(version);
    });

    it('when a device is called something else, then its tickets are found by that, also if told twice', async () => {
      const asset = await bench.asset({ customerId: rosa.customer.id });
      const { id } = await bench.open(rosa, { assetId: asset.id });
      for (let times = 0; times < 2; times++)
        await bench.test.publish(AssetUpdated, { asset: { ...asset, serialNumber: 'NEW-77' } }, { subject: asset.id, version: 2 });
      await eventually(async () => (await found('new-77')).length === 1);
      expect([await found('new-77'), await found('abc123')]).to.deep.equal([[id], []]);
    });

    it('when another device is linked, then the ticket is no longer found by the one before', async () => {
      const [first, second] = [
        await bench.asset({ customerId: rosa.customer.id, serialNumber: 'FIRST-1' }),
        await bench.asset({ customerId: rosa.customer.id, serialNumber: 'SECOND-2' }),
      ];
      const { id } = await bench.open(rosa, { assetId: first.id });
      await bench.api.post(`/tickets/${id}/attach-asset`, { assetId: second.id }, rosa);
      expect([await found('first-1'), await found('second-2'), await found('rosa')]).to.deep.equal([[], [id], [id]]);
    });

    it('when somebody edits meanwhile, then neither their words nor the new name are lost', async () => {
      const opened = await Promise.all(Array.from({ length: 10 }, () => bench.open(rosa)));
      await Promise.all([
        ...['Rosalba', 'Rosetta', 'Rosita'].map((name, index) => rename(name, index + 2)),
        ...opened.map(({ id }) => bench.api.put(`/tickets/${id}`, { title: 'Keyboard is wet' }, agent)),
      ]);
      bench.test.clock.advance(6_001);
      const last = await bench.api.get<TicketView[]>('/tickets?pageSize=1', agent);
      const name = (last.body.data[0]?.customer as { name: string }).name;
      await eventually(async () => (await found(`${name} keyboard`)).length === 10);
    });
  });

  describe('due times', () => {
    // The job by the clock must not do what the test's own instances are to do.
    beforeEach(() => start('0 0 0 29 2 *'));

    const half = () => {
      const { calendar } = buildSettings();
      return buildSettings({
        calendar: { ...calendar, exceptions: [{ date: '2026-03-02', intervals: [{ start: '09:00', end: '12:00' }] }] },
      });
    };
    const AS_BEFORE = '2026-03-03T09:00:00.000Z';
    const AFTERWARDS = '2026-03-03T15:00:00.000Z';
    const dueTimes = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await bench.read(agent, id)).slaDueAt));

    /** The work with steps of two tickets, as another process would do it; `around` sees every step. */
    const workWith = (around: (step: UpkeepStep) => UpkeepStep): UpkeepWork => {
      const { platform } = bench.test;
      const replicas = createReplicas(platform);
      const rulesOf = createTenantRules(replicas, ticketsConfig());
      const [tickets, repairs, refreshWords] = [createTickets(platform), createRepairs(platform), createRefreshWords(platform, replicas)];
      const steps = createSteps(platform, { tickets, repairs, replicas, rulesOf, refreshWords }, 2);
      const { lease, clock, log } = platform;
      const everywhere = createAcrossTenants(platform, 'upkeep');
      return createUpkeepWork({
        upkeeps: createUpkeeps(platform),
        everywhere,
        steps: { ...steps, RECOUNT_DUE_TIMES: around(steps.RECOUNT_DUE_TIMES) },
        lease,
        clock,
        log,
      });
    };

    /** Five tickets, and a calendar that nobody has counted them by yet. */
    const scene = async (): Promise<readonly string[]> => {
      await bench.settings();
      const ids: string[] = [];
      for (let count = 0; count < 5; count++) {
        bench.test.clock.advance(1);
        ids.push((await bench.open(rosa, { priority: 'CRITICAL' })).id);
      }
      await createReplicas(bench.test.platform).settings.in('default').keep('default', 9, half());
      return ids;
    };
    const startOf = (slaDueAt: unknown): string => String(slaDueAt).slice(0, 16);

    it('when the process dies in the middle, then the next one goes on from there and does the rest', async () => {
      const ids = await scene();
      const positions: string[] = [];
      const dying = workWith((step) => async (tenantId, subjectId, position) => {
        if (positions.length === 1) throw new Error('the process died');
        positions.push(position);
        return step(tenantId, subjectId, position);
      });
      await dying.ask('default', 'RECOUNT_DUE_TIMES', 'default');
      await dying.run();
      const halfway = (await dueTimes(ids)).map(startOf);
      expect(halfway).to.include(startOf(AFTERWARDS)).and.include(startOf(AS_BEFORE));
      const next = workWith((step) => async (tenantId, subjectId, position) => {
        positions.push(position);
        return step(tenantId, subjectId, position);
      });
      await next.run();
      expect((await dueTimes(ids)).map(startOf)).to.deep.equal(ids.map(() => startOf(AFTERWARDS)));
      expect([positions[0], positions[1] === '']).to.deep.equal(['', false]);
    });

    it('when it was asked for under the name of the first version, then it is done', async () => {
      const ids = await scene();
      const { platform, clock } = bench.test;
      const former = { ...idleUpkeep('default', 'RETIME' as UpkeepKind, 'default'), asked: 1, dueAt: clock.now() };
      await createUpkeeps(platform).in('default').insert(former);
      await workWith((step) => step).run();
      expect((await dueTimes(ids)).map(startOf)).to.deep.equal(ids.map(() => startOf(AFTERWARDS)));
    });

    it('when it is asked for again in the middle, then it begins anew, and once more later', async () => {
      await scene();
      const positions: string[] = [];
      const work: UpkeepWork = workWith((step) => async (tenantId, subjectId, position) => {
        if (positions.push(position) === 2) await work.ask('default', 'RECOUNT_DUE_TIMES', 'default');
        return step(tenantId, subjectId, position);
      });
      await work.ask('default', 'RECOUNT_DUE_TIMES', 'default');
      await work.run();
      expect(positions.map((position) => position === '')).to.deep.equal([true, false, true, false, false, false, false]);
      const before = positions.length;
      await work.run();
      expect(positions).to.have.length(before);
      bench.test.clock.advance(6_001);
      await work.run();
      expect(positions[before]).to.equal('');
      expect(await createAcrossTenants(bench.test.platform, 'upkeep').find({ dueAt: { $exists: true } }, 10)).to.deep.equal([]);
    });

    it('when the settings come twice, then the event is handled and every open ticket follows', async () => {
      const { id } = await bench.open(rosa, { priority: 'CRITICAL' });
      const subject = randomUUID();
      for (let times = 0; times < 2; times++) await bench.test.publish(SettingsChanged, { settings: half() }, { subject, version: 3 });
      await eventually(async () => (await bench.read(agent, id)).slaDueAt === AFTERWARDS);
    });
  });
});
