import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import type { Repository } from '@riparo/shared/persistence/repository';
import { photoNotFound } from '../photo/photo.errors.js';
import type { PhotoStore } from '../photo/photo.store.js';
import { vehicleNotFound } from './vehicle.errors.js';
import { setPhoto, type Vehicle } from './vehicle.js';

interface Deps {
  readonly vehicles: Repository<Vehicle>;
  readonly photos: PhotoStore;
}

/** Loosened first, so that a crash after the vehicle's document has let go of it leaves nothing behind for good. */
export const removeVehiclePhoto =
  ({ vehicles, photos }: Deps) =>
  async ({ caller: { tenantId }, params: { id }, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const removed = await vehicles.in(tenantId).updateAfter(id, async ({ photo, version }, save) => {
      if (photo === undefined) throw photoNotFound();
      refuseStaleVersion(ifMatch, version);
      await photos.loosen(tenantId, photo.id);
      await save((vehicle) => setPhoto(vehicle, undefined));
      return photo;
    });
    if (removed === undefined) throw vehicleNotFound();
    await photos.remove(tenantId, removed.id);
    return noContent();
  };
