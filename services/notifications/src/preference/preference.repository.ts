import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { PreferenceEntity } from './preference.js';

export const createPreferenceRepository = ({ connection, clock, relay }: Platform): Repository<PreferenceEntity> =>
  createMongoRepository<PreferenceEntity>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: 'preferences',
    indexes: [{ fields: { customerId: 1, colleagues: 1 } }],
  });
