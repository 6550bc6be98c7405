import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Throttle } from './throttle.js';

export type ThrottleRepository = Repository<Throttle>;

export const createThrottleRepository = ({ connection, clock, relay }: Platform): ThrottleRepository =>
  createMongoRepository<Throttle>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'throttles',
    indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 0 }],
  });
