import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  AssetUpdated,
  ServicePlanCancelled,
  ServicePlanCreated,
  ServicePlanExpired,
  ServicePlanExpiring,
  ServicePlanUpdated,
  type AssetEventV1,
  type ServicePlanEventV1,
  type ServicePlanExpiringV1,
} from '@riparo/shared/contracts/assets.events';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { loadAssetsConfig } from '../src/config.js';
import { createReviewServicePlans } from '../src/service-plan/review-service-plans.js';
import { createDependencies } from '../src/dependencies.js';
import { buildAsset, buildServicePlan, startBench, type Bench, type Somebody } from './bench.js';

describe('Service plans', () => {
  let bench: Bench;
  let rossi: Somebody;
  let agent: string;
  beforeEach(async () => {
    bench = await startBench();
    rossi = await bench.customer();
    agent = bench.staff().token;
  });
  afterEach(() => bench.stop());

  const plan = async (part: object = {}): Promise<string> => {
    const { status, text, body } = await bench.api.post('/service-plans', buildServicePlan(rossi.customerId, part), { token: agent });
    if (status !== 201) throw new Error(text);
    return body.data.id;
  };
  const show = async (id: string) =>
    (await bench.api.get<Record<string, unknown> & { id: string }>(`/service-plans/${id}`, { token: rossi.token })).body.data;
  const coverage = async (id: string) => (await bench.api.get(`/assets/${id}`, { token: agent })).body.data;
  const told = async <T>(type: string) => {
    await bench.world.idle();
    return bench.world.published.filter((event) => event.type === type).map(({ data }) => data as T);
  };

  describe('POST /service-plans', () => {
    it('when a plan is made, then it is announced with its SLA in minutes', async () => {
      const sla = { responseTime: '4 hours', resolutionTime: '2 days', supportHours: 'Business hours' };
      const id = await plan({ sla });
      expect(await show(id)).to.deep.include({
        customerId: rossi.customerId,
        status: 'ACTIVE',
        sla,
        coveredAssetCount: 0,
        coveredAssets: [],
      });
      const [event] = await told<ServicePlanEventV1>(ServicePlanCreated.type);
      expect(event?.servicePlan).to.deep.include({
        id,
        endDate: '2026-12-31',
        sla: { responseMinutes: 240, resolutionMinutes: 2880, resolutionWorkingDays: 2, supportHours: 'Business hours' },
      });
      expect(event?.servicePlan).not.to.have.property('monthlyPrice');
    });

    it('when work has a price, then it is shown and told, may be changed and cleared', async () => {
      const labourPerHour = { amount: 4_500, currency: 'EUR' };
      const id = await plan({ labourPerHour });
      expect(await show(id)).to.deep.include({ labourPerHour });
      const put = (body: object) => bench.api.put(`/service-plans/${id}`, body, { token: agent });
      const less = { amount: 0, currency: 'EUR' };
      expect((await put({ labourPerHour: less })).status).to.equal(200);
      expect((await put({ labourPerHour: null })).status).to.equal(200);
      expect(await show(id)).to.not.have.property('labourPerHour');
      const prices = [
        ...(await told<ServicePlanEventV1>(ServicePlanCreated.type)),
        ...(await told<ServicePlanEventV1>(ServicePlanUpdated.type)),
      ];
      expect(prices.map(({ servicePlan }) => servicePlan.labourPerHour)).to.deep.equal([labourPerHour, less, undefined]);
      expect((await put({ labourPerHour: { amount: -1, currency: 'EUR' } })).status).to.equal(422);
    });

    it('when the plan is round the clock, then its days are days of 24 hours', async () => {
      await plan({ sla: { responseTime: '1 day', resolutionTime: '5 days', supportHours: '24/7' } });
      const [event] = await told<ServicePlanEventV1>(ServicePlanCreated.type);
      expect(event?.servicePlan.sla).to.deep.equal({ responseMinutes: 1440, resolutionMinutes: 7200, supportHours: '24/7' });
    });

    it('when days meet hours, then the calendar says whether the resolution comes before the response', async () => {
      const hours = (end: string) => [{ start: '09:00', end }];
      const calendar = { timeZone: 'Europe/Rome', weekly: { monday: hours('18:00'), saturday: hours('13:00') }, exceptions: [] };
      const settings = { companyName: 'Riparo', timeZone: 'Europe/Rome', locale: 'en', currency: 'EUR', calendar };
      const ask = async (responseTime: string, resolutionTime: string, supportHours = 'Business hours') => {
        const sla = { responseTime, resolutionTime, supportHours };
        const answer = await bench.api.post('/service-plans', buildServicePlan(rossi.customerId, { sla }), { token: agent });
        return answer.status === 201 ? 'taken' : answer.body.errors[0]?.path;
      };
      const refused = 'sla.resolutionTime';
      expect([await ask('20 hours', '2 days'), await ask('1 day', '9 hours')]).to.deep.equal([refused, 'taken']);
      await bench.world.publish(SettingsChanged, { settings }, { subject: 'default' });
      await bench.world.idle();
      expect([await ask('5 hours', '1 day'), await ask('4 hours', '1 day')]).to.deep.equal([refused, 'taken']);
      expect([await ask('1 day', '3 hours'), await ask('1 day', '4 hours')]).to.deep.equal([refused, 'taken']);
      expect([await ask('2 days', '1 day'), await ask('2 days', '2 days')]).to.deep.equal([refused, 'taken']);
      expect([await ask('20 hours', '1 day', '24/7'), await ask('1 day', '20 hours', '24/7')]).to.deep.equal(['taken', refused]);
    });

    it('when a plan was made before a day was a working day, then it can be edited, but not its times', async () => {
      const id = await plan();
      const sla = { responseTime: '20 hours', resolutionTime: '1 day', supportHours: 'Business hours' };
      const plans = bench.world.platform.connection.collection<{ _id: string }>('servicePlans');
      await plans.updateOne({ _id: id }, { $set: { sla } });
      expect((await bench.api.put(`/service-plans/${id}`, { name: 'Renamed' }, { token: agent })).status).to.equal(200);
      expect((await bench.api.put(`/service-plans/${id}`, { sla }, { token: agent })).status).to.equal(422);
    });

    it('when the body has faults, then 422 with all of them', async () => {
      const sla = { responseTime: 'soon', resolutionTime: '0 hours', supportHours: 'never' };
      const { status, body } = await bench.api.post(
        '/service-plans',
        buildServicePlan(rossi.customerId, { sla, planType: 'GOLD', maxAssets: 0 }),
        { token: agent },
      );
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members([
        'sla.responseTime',
        'sla.resolutionTime',
        'sla.supportHours',
        'planType',
        'maxAssets',
      ]);
      const dates = await bench.api.post('/service-plans', buildServicePlan(rossi.customerId, { endDate: '2025-12-31' }), { token: agent });
      expect(dates.body.errors.map(({ path }) => path)).to.deep.equal(['endDate']);
    });

    it('when somebody but the desk asks, then customers read their own, technicians nothing', async () => {
      const id = await plan();
      expect((await bench.api.post('/service-plans', buildServicePlan(rossi.customerId), { token: rossi.token })).status).to.equal(403);
      expect((await bench.api.get('/service-plans', { token: bench.staff('TECH').token })).status).to.equal(403);
      const other = await bench.customer();
      expect((await bench.api.get(`/service-plans/${id}`, { token: other.token })).body.code).to.equal('SERVICE_PLAN_NOT_FOUND');
      expect((await bench.api.get<unknown[]>('/service-plans', { token: other.token })).body.data).to.deep.equal([]);
      expect((await bench.api.get<unknown[]>('/service-plans', { token: rossi.token })).body.data).to.have.length(1);
    });
  });

  describe('Automatic cover', () => {
    it('when many devices come at once, then the plan takes them in up to its limit', async () => {
      const id = await plan({ autoCoverNewAssets: true, maxAssets: 3 });
      const locationId = await bench.location(rossi);
      const assets = await Promise.all(Array.from({ length: 6 }, () => bench.asset(rossi, { locationId })));
      const covered = await Promise.all(assets.map(coverage));
      expect(covered.filter(({ coverageStatus }) => coverageStatus === 'IN_PLAN')).to.have.length(3);
      expect(await show(id)).to.include({ coveredAssetCount: 3 });
    });

    it('when a device is retired, then the next one gets its place', async () => {
      const id = await plan({ autoCoverNewAssets: true, maxAssets: 1 });
      const first = await bench.asset(rossi);
      await bench.api.delete(`/assets/${first}`, { token: rossi.token });
      expect(await coverage(await bench.asset(rossi))).to.include({ coverageStatus: 'IN_PLAN', servicePlanId: id });
    });

    it("when plans have not begun, have ended, or are another's, then they cover nothing", async () => {
      await plan({ autoCoverNewAssets: true, startDate: '2026-03-03' });
      await plan({ autoCoverNewAssets: true, startDate: '2025-01-01', endDate: '2026-03-01' });
      const other = await bench.customer();
      await bench.api.post('/service-plans', buildServicePlan(other.customerId, { autoCoverNewAssets: true }), { token: agent });
      expect(await coverage(await bench.asset(rossi))).to.include({ coverageStatus: 'OUT_OF_PLAN' });
    });
  });

  describe('POST /service-plans/:id/assets', () => {
    it('when devices are put in, then they are shown and told of', async () => {
      const [id, one, two] = [await plan(), await bench.asset(rossi), await bench.asset(rossi)];
      const { status, body } = await bench.api.post(`/service-plans/${id}/assets`, { assetIds: [one, two] }, { token: agent });
      expect([status, body.data.coveredAssetCount]).to.deep.equal([200, 2]);
      const changes = (await told<AssetEventV1>(AssetUpdated.type)).flatMap((event) => event.changes ?? []);
      expect(changes).to.deep.include({ field: 'servicePlanId', to: id });
      const again = await bench.api.post(`/service-plans/${id}/assets`, { assetIds: [one] }, { token: agent });
      expect(again.body.data).to.include({ coveredAssetCount: 2 });
    });

    it('when one of them is foreign, unknown, retired or too many, then none is put in', async () => {
      const [id, mine, retired] = [await plan({ maxAssets: 2 }), await bench.asset(rossi), await bench.asset(rossi)];
      await bench.api.delete(`/assets/${retired}`, { token: rossi.token });
      const foreign = await bench.asset(await bench.customer());
      const more = [await bench.asset(rossi), await bench.asset(rossi)];
      const attempt = async (assetIds: readonly string[]) =>
        (await bench.api.post(`/service-plans/${id}/assets`, { assetIds }, { token: agent })).body.code;
      expect(await attempt([mine, foreign])).to.equal('ASSET_NOT_FOUND');
      expect(await attempt([mine, randomUUID()])).to.equal('ASSET_NOT_FOUND');
      expect(await attempt([mine, retired])).to.equal('ASSET_RETIRED');
      expect(await attempt([mine, ...more])).to.equal('SERVICE_PLAN_FULL');
      expect(await attempt([mine, mine])).to.equal('VALIDATION_FAILED');
      expect(await show(id)).to.include({ coveredAssetCount: 0 });
    });

    it('when many come at once, then the plan never has more than its limit', async () => {
      const id = await plan({ maxAssets: 2 });
      const locationId = await bench.location(rossi);
      const assets = await Promise.all(Array.from({ length: 5 }, () => bench.asset(rossi, { locationId })));
      await Promise.all(assets.map((asset) => bench.api.post(`/service-plans/${id}/assets`, { assetIds: [asset] }, { token: agent })));
      expect(await show(id)).to.include({ coveredAssetCount: 2 });
    });

    it('when others fill it meanwhile, then who is refused is told which devices are in', async () => {
      const id = await plan({ maxAssets: 4 });
      const groups: string[][] = [[], []];
      for (const group of groups) for (let count = 0; count < 3; count++) group.push(await bench.asset(rossi));
      const answers = await Promise.all(
        groups.map((assetIds) => bench.api.post(`/service-plans/${id}/assets`, { assetIds }, { token: agent })),
      );
      const told = answers.flatMap(({ status, body }, index) => {
        if (status === 200) return groups[index]!;
        expect([status, body.code]).to.deep.equal([409, 'SERVICE_PLAN_FULL']);
        return (body.attachedAssetIds as readonly string[] | undefined) ?? [];
      });
      const { body } = await bench.api.get<{ id: string }[]>(`/assets?servicePlanId=${id}`, { token: agent });
      expect(body.data.map((asset) => asset.id)).to.have.members(told);
      expect(told.length).to.be.within(3, 4);
    });

    it('when DELETE takes a device out, then it is out of the plan', async () => {
      const [id, asset] = [await plan(), await bench.asset(rossi)];
      await bench.api.post(`/service-plans/${id}/assets`, { assetIds: [asset] }, { token: agent });
      expect((await bench.api.delete(`/service-plans/${id}/assets/${asset}`, { token: agent })).status).to.equal(204);
      expect(await coverage(asset)).to.include({ coverageStatus: 'OUT_OF_PLAN' });
      expect((await bench.api.delete(`/service-plans/${id}/assets/${asset}`, { token: agent })).body.code).to.equal('ASSET_NOT_FOUND');
    });
  });

  describe('Its end', () => {
    const review = () => createReviewServicePlans(createDependencies(bench.world.platform, loadAssetsConfig({})))();
    const fresh = () => (agent = bench.staff().token);

    it("when the tenant's last day ends, then the plan ends to the minute, without the daily job", async () => {
      const id = await plan({ endDate: '2026-03-05', autoCoverNewAssets: true });
      const asset = await bench.asset(rossi);
      bench.world.clock.set('2026-03-05T22:59:59.000Z');
      fresh();
      expect(await coverage(asset)).to.include({ coverageStatus: 'IN_PLAN', coveredUntil: '2026-03-05' });
      bench.world.clock.set('2026-03-05T23:00:00.000Z');
      expect(await coverage(asset))
        .to.include({ coverageStatus: 'EXPIRED' })
        .and.not.have.property('coveredUntil');
      const { body } = await bench.api.get(`/service-plans/${id}`, { token: agent });
      expect(body.data).to.include({ status: 'EXPIRED' });
    });

    it('when the job runs often, then 30 days, 7 days and the end are each announced once', async () => {
      const id = await plan({ endDate: '2026-04-15' });
      for (const day of ['2026-03-15', '2026-03-16', '2026-04-07', '2026-04-08', '2026-04-09', '2026-04-15', '2026-04-16', '2026-04-17']) {
        bench.world.clock.set(`${day}T10:00:00.000Z`);
        await Promise.all([review(), review()]);
      }
      expect((await told<ServicePlanExpiringV1>(ServicePlanExpiring.type)).map(({ daysLeft }) => daysLeft)).to.deep.equal([30, 7]);
      expect((await told<ServicePlanEventV1>(ServicePlanExpired.type)).map(({ servicePlan }) => servicePlan.id)).to.deep.equal([id]);
    });

    it('when an earlier version told its days as minutes, then it is told once more', async () => {
      const sla = { responseTime: '8 hours', resolutionTime: '2 days', supportHours: 'Business hours' };
      const id = await plan({ endDate: '2026-12-31', sla });
      await plan({ endDate: '2026-12-31', sla: { ...sla, resolutionTime: '10 hours' } });
      await bench.world.platform.connection.collection('servicePlans').updateMany({}, { $unset: { toldWorkingDays: '' } });
      for (let time = 0; time < 2; time++) await review();
      const events = await told<ServicePlanEventV1>(ServicePlanUpdated.type);
      expect(events.map(({ servicePlan }) => [servicePlan.id, servicePlan.sla?.resolutionWorkingDays])).to.deep.equal([[id, 2]]);
    });

    it('when the plan is extended, then it runs again and is announced anew', async () => {
      const id = await plan({ endDate: '2026-03-05' });
      await review();
      bench.world.clock.set('2026-03-10T10:00:00.000Z');
      await review();
      const { body } = await bench.api.put(`/service-plans/${id}`, { endDate: '2026-03-15' }, { token: fresh() });
      expect(body.data).to.include({ status: 'ACTIVE' });
      await review();
      expect(await told(ServicePlanExpiring.type)).to.have.length(2);
      expect((await told<ServicePlanEventV1>(ServicePlanUpdated.type)).at(-1)?.servicePlan).to.include({
        status: 'ACTIVE',
        endDate: '2026-03-15',
      });
    });

    it('when the plan is cancelled, then it ends at once and for good', async () => {
      const id = await plan({ autoCoverNewAssets: true });
      const asset = await bench.asset(rossi);
      for (let time = 0; time < 2; time++) {
        expect((await bench.api.post(`/service-plans/${id}/cancel`, undefined, { token: agent })).body.data).to.include({
          status: 'CANCELLED',
        });
      }
      expect(await told(ServicePlanCancelled.type)).to.have.length(1);
      expect(await coverage(asset)).to.include({ coverageStatus: 'EXPIRED' });
      const edited = await bench.api.put(`/service-plans/${id}`, { name: 'New' }, { token: agent });
      expect([edited.status, edited.body.code]).to.deep.equal([409, 'SERVICE_PLAN_CANCELLED']);
      const attached = await bench.api.post(`/service-plans/${id}/assets`, { assetIds: [asset] }, { token: agent });
      expect(attached.body.code).to.equal('SERVICE_PLAN_NOT_ACTIVE');
    });
  });

  describe('POST /assets/:id/transfer', () => {
    it('when a device is handed over, then the new owner sees only what is theirs, staff see all', async () => {
      await plan({ autoCoverNewAssets: true });
      const bianchi = await bench.customer();
      const asset = await bench.asset(rossi, { serialNumber: 'T-1' });
      const there = await bench.location(bianchi);
      bench.world.clock.advance(1000);
      const { status, body } = await bench.api.post(
        `/assets/${asset}/transfer`,
        { customerId: bianchi.customerId, locationId: there },
        { token: agent },
      );
      expect(status).to.equal(200);
      expect(body.data).to.include({ customerId: bianchi.customerId, locationId: there }).and.not.have.property('servicePlanId');
      await bench.world.idle();
      const history = async (token: string) =>
        (await bench.api.get<{ type: string; from?: string }[]>(`/assets/${asset}/history`, { token })).body.data.map(({ type, from }) => [
          type,
          from,
        ]);
      expect(await history(bianchi.token)).to.deep.equal([['HANDED_OVER', undefined]]);
      expect(await history(agent)).to.deep.equal([
        ['HANDED_OVER', rossi.customerId],
        ['REGISTERED', undefined],
      ]);
      expect((await bench.api.get(`/assets/${asset}`, { token: rossi.token })).status).to.equal(404);
    });

    it('when place, serial number or role do not fit, then the device stays where it is', async () => {
      const bianchi = await bench.customer();
      const there = await bench.location(bianchi);
      const asset = await bench.asset(rossi, { serialNumber: 'T-2' });
      const ours = await bench.location(rossi);
      const hand = (locationId: string, token = agent) =>
        bench.api.post(`/assets/${asset}/transfer`, { customerId: bianchi.customerId, locationId }, { token });
      expect((await hand(ours)).body.code).to.equal('LOCATION_NOT_FOUND');
      expect((await hand(there, rossi.token)).status).to.equal(403);
      await bench.api.post('/assets', buildAsset(there, { serialNumber: 'T-2' }), { token: bianchi.token });
      expect((await hand(there)).body.code).to.equal('SERIAL_NUMBER_TAKEN');
      expect((await bench.api.get(`/assets/${asset}`, { token: rossi.token })).status).to.equal(200);
    });
  });
});
