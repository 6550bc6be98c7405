import { expect } from 'chai';
import { AssetRegistered, type PublishedAsset } from '../../src/contracts/assets.events.js';
import { ALL_EVENTS, TOPOLOGY } from '../../src/contracts/topology.js';

const asset: PublishedAsset = {
  id: '018f0000-0000-7000-8000-000000000001',
  customerId: '018f0000-0000-7000-8000-000000000002',
  locationId: '018f0000-0000-7000-8000-000000000003',
  friendlyName: 'Laptop',
  category: 'LAPTOP',
  brand: 'Dell',
  model: 'Latitude',
  serialNumber: 'SN-1',
  status: 'ACTIVE',
  purchaseDate: '2026-01-31',
  warrantyEndDate: '2028-02-29',
};

describe('event contracts', () => {
  it('when an event is checked on receipt, then its dates come out as they went in', () => {
    const result = AssetRegistered.schema.validate({ asset });
    expect(result.error).to.equal(undefined);
    expect(result.value).to.deep.equal({ asset });
  });

  it('when a date carries a time, then it is refused', () => {
    const { error } = AssetRegistered.schema.validate({ asset: { ...asset, purchaseDate: '2026-01-31T00:00:00.000Z' } });
    expect(error?.details.map(({ path }) => path.join('.'))).to.deep.equal(['asset.purchaseDate']);
  });

  it('when the topology names an event, then somebody publishes it, and every type is declared once', () => {
    const declared = ALL_EVENTS.map(({ type }) => type);
    expect(new Set(declared).size).to.equal(declared.length);
    expect(
      Object.values(TOPOLOGY)
        .flat()
        .filter((type) => !declared.includes(type)),
    ).to.deep.equal([]);
  });
});
