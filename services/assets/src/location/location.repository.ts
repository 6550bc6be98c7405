import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Location } from './location.js';

export const createLocationRepository = ({ connection, clock, relay }: Platform): Repository<Location> =>
  createMongoRepository<Location>({
    connection,
    service: 'assets',
    collection: 'locations',
    clock,
    relay,
    softDelete: true,
    indexes: [
      { fields: { id: 1 } },
      { fields: { name: 1, id: 1 } },
      { fields: { customerId: 1, id: 1 } },
      { fields: { customerId: 1, name: 1, id: 1 } },
    ],
  });
