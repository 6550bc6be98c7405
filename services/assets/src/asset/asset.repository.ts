import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Asset } from './asset.js';

export const createAssetRepository = ({ connection, clock, relay }: Platform): Repository<Asset> =>
  createMongoRepository<Asset>({
    connection,
    service: 'assets',
    collection: 'assets',
    clock,
    relay,
    indexes: [
      { fields: { customerId: 1, serialKey: 1 }, unique: true, partial: { serialKey: { $exists: true } } },
      // A customer's devices are few: each sort has an index, filters are applied to what it gives.
      { fields: { customerId: 1, id: 1 } },
      { fields: { customerId: 1, nameKey: 1, id: 1 } },
      { fields: { customerId: 1, warrantyEndDate: 1, id: 1 } },
      // Staff look at all of them.
      { fields: { id: 1 } },
      { fields: { nameKey: 1, id: 1 } },
      { fields: { warrantyEndDate: 1, id: 1 } },
      { fields: { status: 1, id: 1 } },
      { fields: { category: 1, id: 1 } },
      { fields: { locationId: 1, id: 1 } },
      { fields: { servicePlanId: 1, id: 1 } },
      { fields: { tags: 1, id: 1 } },
      { fields: { searchWords: 1 } },
    ],
  });
