import { expect } from 'chai';
import type { Document } from 'mongodb';
import { collectionOf } from '../../src/persistence/collection.js';
import { createAcrossTenants, momentIndex } from '../../src/persistence/across-tenants.js';
import { forEachFound } from '../../src/persistence/for-each-found.js';
import { createTestPlatform, type TestPlatform } from '../../src/testing/test-platform.js';

interface Due extends Document {
  readonly _id: string;
}

describe('forEachFound', () => {
  let world: TestPlatform;
  beforeEach(async () => {
    world = await createTestPlatform({ service: 'tickets' });
  });
  afterEach(() => world.stop());

  it('when more fail than are found at a time, then each is tried once, also what lies behind them', async () => {
    const { connection, log } = world.platform;
    const due = collectionOf<Due>(connection, 'due');
    const ids = Array.from({ length: 9 }, (_, index) => `id-${index}`);
    await due.insertMany(ids.map((_id) => ({ _id, tenantId: 'default', at: new Date(0) })));
    const everywhere = createAcrossTenants(world.platform, 'due', [momentIndex('at')]);
    const tried: string[] = [];
    await forEachFound({ everywhere, log, failure: 'as expected', batch: 2 }, { at: { $lte: new Date() } }, async ({ id }) => {
      tried.push(id);
      if (tried.length <= 5) throw new Error('not now');
      await due.updateOne({ _id: id }, { $unset: { at: '' } });
    });
    expect(tried.toSorted()).to.deep.equal(ids);
    expect(await due.countDocuments({ at: { $exists: true } })).to.equal(5);
  });
});
