import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Estate } from './estate.js';

export const createEstateRepository = ({ connection, clock, relay }: Platform): Repository<Estate> =>
  createMongoRepository<Estate>({
    connection,
    service: 'assets',
    collection: 'estates',
    clock,
    relay,
  });
