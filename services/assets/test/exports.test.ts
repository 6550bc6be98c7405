import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { ExportedAsset, ExportedPart, ExportedStockMovement } from '@riparo/shared/contracts/exported-assets';
import type { StockMovedV1 } from '@riparo/shared/contracts/parts.events';
import { expect } from 'chai';
import { startPartsBench, type PartsBench } from './parts-bench.js';

describe('What assets tells services that make their copies anew', () => {
  let parts: PartsBench;
  before(async () => {
    parts = await startPartsBench();
  });
  after(() => parts.bench.stop());

  const asked = async <T>(path: string): Promise<readonly T[]> => {
    const headers = { authorization: `Bearer ${parts.bench.world.platform.serviceTokens.mint()}` };
    return ((await (await fetch(new URL(path, parts.bench.url), { headers })).json()) as { data: readonly T[] }).data;
  };

  it('when lines of ledgers are asked for, then they are as their events told, of the part as it is now', async () => {
    const part = await parts.part({ name: 'Old name' }, 5);
    await parts.move(part.id, { kind: 'SCRAP', quantity: 2, reason: 'Dropped' });
    const { desk, bench } = parts;
    const renamed = await bench.api.put(`/parts/${part.id}`, { name: 'New name' }, { token: desk.token });
    expect(renamed.status, renamed.text).to.equal(200);
    const told = await parts.told<StockMovedV1>('riparo.assets.stock-moved.v1');
    const exported = await asked<ExportedStockMovement>('/internal/stock-movements');
    const facts = (all: readonly Pick<StockMovedV1, 'movement' | 'at'>[]) => all.map(({ movement, at }) => ({ movement, at }));
    expect(facts(exported)).to.have.deep.members(facts(told));
    expect(exported.map(({ part: { name } }) => name)).to.deep.equal(['New name', 'New name']);
    const [only] = await asked<ExportedPart>('/internal/parts');
    expect(only?.part).to.include({ id: part.id, name: 'New name', onHand: 3 });
    expect(await asked('/internal/stock-movements?tenantId=elsewhere')).to.deep.equal([]);
  });

  it('when devices are asked for, then they are as their events told, without notes', async () => {
    const { bench } = parts;
    const customer = await bench.customer();
    const id = await bench.asset(customer, { locationId: await bench.location(customer), notes: 'Sticky keys' });
    const told = await parts.told<{ asset: PublishedAsset }>('riparo.assets.asset-registered.v1');
    const [exported] = await asked<ExportedAsset>('/internal/assets');
    expect(exported).to.deep.equal({ asset: told.find(({ asset }) => asset.id === id)?.asset, version: 1 });
  });
});
