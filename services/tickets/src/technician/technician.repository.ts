import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Technician } from './technician.js';

export type Technicians = Repository<Technician>;

export const createTechnicians = ({ connection, clock, relay }: Platform): Technicians =>
  createMongoRepository<Technician>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'technicians',
    indexes: [{ fields: { free: 1, id: 1 } }, { fields: { active: 1, id: 1 } }],
  });
