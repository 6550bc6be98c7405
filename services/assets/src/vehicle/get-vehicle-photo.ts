import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { PhotoQuery } from '../photo/get-photo.js';
import type { PhotoStore } from '../photo/photo.store.js';
import { pictureReply } from '../photo/picture-reply.js';
import { vehicleNotFound } from './vehicle.errors.js';
import type { Vehicle } from './vehicle.js';

interface Deps {
  readonly vehicles: Repository<Vehicle>;
  readonly photos: PhotoStore;
}

export const getVehiclePhoto =
  ({ vehicles, photos }: Deps) =>
  async ({ caller: { tenantId }, params: { id }, query: { size } }: Call<unknown, PhotoQuery, { id: string }>): Promise<Reply> => {
    const vehicle = await vehicles.in(tenantId).find(id);
    if (vehicle === undefined) throw vehicleNotFound();
    return pictureReply(vehicle.photo && (await photos.get(tenantId, vehicle.photo.id, size)));
  };
