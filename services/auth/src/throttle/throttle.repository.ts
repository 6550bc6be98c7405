import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Storage } from '../storage.js';
import type { Throttle } from './throttle.js';

export type ThrottleRepository = Repository<Throttle>;

export const createThrottleRepository = (storage: Storage): ThrottleRepository =>
  createMongoRepository<Throttle>({
    ...storage,
    collection: 'throttles',
    indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  });
