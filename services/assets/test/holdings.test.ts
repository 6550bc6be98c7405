import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { LocationRemoved, LocationUpdated } from '@riparo/shared/contracts/assets.events';
import { assetRegistered, newAsset, type AssetFields } from '../src/asset/asset.js';
import { loadAssetsConfig } from '../src/config.js';
import { createChangeHoldings } from '../src/holdings/change-holdings.js';
import { decideRemoval, makePrimary } from '../src/holdings/holdings.js';
import { createHoldingsRepository } from '../src/holdings/holdings.repository.js';
import { createFinishHoldings } from '../src/holdings/finish-holdings.js';
import { createAssetsService } from '../src/service.js';
import { createDependencies, type Dependencies } from '../src/dependencies.js';
import { buildAsset, buildLocation, buildServicePlan, startBench, type Bench, type Somebody } from './bench.js';

const TENANT = 'default';

/** What happens between the steps of a command: another command, another instance, a crash. */
describe("A customer's holdings", () => {
  let bench: Bench;
  let rossi: Somebody;
  let home: string;
  /** Another instance of the service over the same database. */
  let other: Dependencies;
  beforeEach(async () => {
    bench = await startBench();
    other = createDependencies(bench.world.platform, loadAssetsConfig({}));
    rossi = await bench.customer();
    home = await bench.location(rossi);
  });
  afterEach(() => bench.stop());

  const now = () => bench.world.clock.now();
  const remove = (id: string) => bench.api.delete(`/locations/${id}`, { token: rossi.token });
  /** Brings a device to a place as `POST /assets` does, and lets the test in just before it is written. */
  const bring = (locationId: string, meanwhile: () => Promise<unknown>, plan?: 'auto') => {
    const assetId = randomUUID();
    const placement = { tenantId: TENANT, customerId: rossi.customerId, assetId, assetVersion: 0, locationId, plan, now: now() };
    return other.placeAsset(placement, async (servicePlanId) => {
      await meanwhile();
      const draft = newAsset({ ...(buildAsset(locationId) as AssetFields), id: assetId, customerId: rossi.customerId });
      return other.assets.in(TENANT).insert({ ...draft, servicePlanId }, assetRegistered(undefined));
    });
  };

  it('when a change was overtaken, then it looks again', async () => {
    const [one, two] = [1, 2].map(() => createChangeHoldings(createHoldingsRepository(bench.world.platform)));
    const seen: (string | undefined)[] = [];
    await one!(TENANT, rossi.customerId, async (holdings) => {
      seen.push(holdings.primaryLocationId);
      if (seen.length === 1) await two!(TENANT, rossi.customerId, async (theirs) => makePrimary(theirs, 'theirs', now()));
      return makePrimary(holdings, 'ours', now());
    });
    expect(seen).to.deep.equal([home, 'theirs']);
  });

  it('when a device is on its way, then its location cannot be removed', async () => {
    let refused: unknown;
    await bring(home, async () => (refused = (await remove(home)).body.code));
    expect(refused).to.equal('LOCATION_IN_USE');
    expect((await remove(home)).body.assetCount).to.equal(1);
  });

  it('when a device never came, then it blocks its location for a minute at most', async () => {
    // The process died: nobody took the arrival back.
    const { changeHoldings } = other;
    await changeHoldings(TENANT, rossi.customerId, async (holdings) => ({
      ...holdings,
      arrivals: [{ assetId: randomUUID(), assetVersion: 0, locationId: home, at: now() }],
    }));
    expect((await remove(home)).status).to.equal(409);
    bench.world.clock.advance(60_000);
    expect((await remove(home)).status).to.equal(204);
  });

  it('when a device was refused, then it blocks nothing', async () => {
    await bring(home, () => Promise.reject(new Error('refused'))).catch(() => 'as meant');
    expect((await remove(home)).status).to.equal(204);
  });

  it('when two devices want the last place in a plan, then one gets it', async () => {
    const { token } = bench.staff();
    const body = buildServicePlan(rossi.customerId, { autoCoverNewAssets: true, maxAssets: 1 });
    await bench.api.post('/service-plans', body, { token });
    let late: string | undefined;
    const first = await bring(home, async () => (late = await bench.asset(rossi, { locationId: home })), 'auto');
    expect(first.servicePlanId).to.be.a('string');
    expect((await bench.api.get(`/assets/${late!}`, { token })).body.data).not.to.have.property('servicePlanId');
  });

  describe('after a crash between two steps', () => {
    const finish = async () => {
      bench.world.clock.advance(11_000);
      await createFinishHoldings(other)();
      await bench.world.idle();
    };
    const shown = async () => {
      const { body } = await bench.api.get<{ id: string; isPrimary: boolean }[]>('/locations?sort=createdAt', { token: rossi.token });
      return body.data.map(({ id, isPrimary }) => [id, isPrimary]);
    };

    it('when a location was being removed, then nothing can arrive there and the sweeper finishes it', async () => {
      const depot = await bench.location(rossi);
      await other.changeHoldings(TENANT, rossi.customerId, async (holdings) => decideRemoval(holdings, home, now()));
      const answer = await bench.api.post('/assets', buildAsset(home), { token: rossi.token });
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'LOCATION_NOT_FOUND']);
      await finish();
      expect(await shown()).to.deep.equal([[depot, true]]);
      const told = bench.world.published.filter(({ type }) => type === LocationRemoved.type || type === LocationUpdated.type);
      expect(told.map(({ subject }) => subject)).to.have.members([home, depot]);
    });

    it('when the primary one was changing, then it shows at once and the sweeper announces it', async () => {
      const depot = await bench.location(rossi);
      await other.changeHoldings(TENANT, rossi.customerId, async (holdings) => makePrimary(holdings, depot, now()));
      const expected = [
        [home, false],
        [depot, true],
      ];
      expect(await shown()).to.deep.equal(expected);
      await finish();
      expect(await shown()).to.deep.equal(expected);
      expect(bench.world.published.filter(({ type }) => type === LocationUpdated.type).map(({ subject }) => subject)).to.have.members([
        home,
        depot,
      ]);
    });

    it('when it was the first location, then it is primary before anything says so', async () => {
      const bianchi = await bench.customer();
      const id = randomUUID();
      const fields = { ...buildLocation(), id, customerId: bianchi.customerId, isPrimary: false };
      await other.locations.in(TENANT).insert(fields);
      const { body } = await bench.api.get(`/locations/${id}`, { token: bianchi.token });
      expect(body.data).to.include({ isPrimary: true });
    });
  });

  it('when two instances add locations at once, then one is primary, and stored so', async () => {
    const second = await bench.world.startService((platform) => createAssetsService(platform, loadAssetsConfig({})));
    const bianchi = await bench.customer();
    const add = (api: Bench['api'], n: number) =>
      api.post('/locations', buildLocation({ name: `Shop ${n}`, isPrimary: true }), { token: bianchi.token });
    await Promise.all(Array.from({ length: 8 }, (_, n) => add(n % 2 === 0 ? bench.api : second.api, n)));
    const { body } = await bench.api.get<{ id: string; isPrimary: boolean }[]>('/locations', { token: bianchi.token });
    const primary = body.data.filter(({ isPrimary }) => isPrimary).map(({ id }) => id);
    expect(primary).to.have.length(1);
    const stored = await other.locations.in(TENANT).list({ customerId: bianchi.customerId, isPrimary: true }, { limit: 10 });
    expect(stored.map(({ id }) => id)).to.deep.equal(primary);
  });
});
