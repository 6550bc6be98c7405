import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Holdings } from './holdings.js';

export const createHoldingsRepository = ({ connection, clock, relay }: Platform): Repository<Holdings> =>
  createMongoRepository<Holdings>({
    connection,
    service: 'assets',
    collection: 'estates',
    clock,
    relay,
  });
