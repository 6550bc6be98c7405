import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Rebuild } from './rebuild.js';

export const REBUILDS = 'rebuilds';

export const createRebuildRepository = ({ connection, clock, relay }: Platform): Repository<Rebuild> =>
  createMongoRepository<Rebuild>({ connection, service: 'reports', collection: REBUILDS, clock, relay });
