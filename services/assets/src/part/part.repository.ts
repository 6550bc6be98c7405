import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from './part.js';
import { INDEXES } from './part.indexes.js';

export const PARTS = 'parts';

export const createPartRepository = ({ connection, clock, relay }: Platform): Repository<Part> =>
  createMongoRepository<Part>({ connection, service: 'assets', collection: PARTS, clock, relay, indexes: INDEXES });
