import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Vehicle } from './vehicle.js';

export const VEHICLES = 'vehicles';

export const createVehicleRepository = ({ connection, clock, relay }: Platform): Repository<Vehicle> =>
  createMongoRepository<Vehicle>({
    connection,
    service: 'assets',
    collection: VEHICLES,
    clock,
    relay,
    indexes: [
      { fields: { plate: 1 }, unique: true },
      { fields: { id: 1 } },
      { fields: { plate: 1, id: 1 } },
      { fields: { status: 1, id: 1 } },
      { fields: { status: 1, plate: 1, id: 1 } },
      { fields: { searchWords: 1, id: 1 } },
    ],
  });
