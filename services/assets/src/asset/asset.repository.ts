import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Asset } from './asset.js';
import { INDEXES } from './asset.indexes.js';

export const createAssetRepository = ({ connection, clock, relay }: Platform): Repository<Asset> =>
  createMongoRepository<Asset>({ connection, service: 'assets', collection: 'assets', clock, relay, indexes: INDEXES });
