import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Upkeep } from './upkeep.js';

export type Upkeeps = Repository<Upkeep>;

/** Finished work is removed after this many seconds: one day. */
const FORGOTTEN_S = 24 * 60 * 60;

export const createUpkeeps = ({ connection, clock, relay }: Platform): Upkeeps =>
  createMongoRepository<Upkeep>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'upkeep',
    indexes: [{ fields: { doneAt: 1 }, expireAfterSeconds: FORGOTTEN_S }],
  });
