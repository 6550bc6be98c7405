import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { keepPhoto } from '../photo/keep-photo.js';
import type { PhotoStore } from '../photo/photo.store.js';
import type { PreparePhoto } from '../photo/prepare-photo.js';
import { vehicleNotFound } from './vehicle.errors.js';
import { setPhoto, type Vehicle } from './vehicle.js';

interface Deps {
  readonly vehicles: Repository<Vehicle>;
  readonly photos: PhotoStore;
  readonly preparePhoto: PreparePhoto;
}

/** A vehicle has one photo: a new one takes the place of the other, whose pictures are let go of first, so that a crash leaves nothing for good. */
export const addVehiclePhoto =
  (deps: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { vehicles, photos } = deps;
    const { id } = call.params;
    const { tenantId } = call.caller;
    const inTenant = vehicles.in(tenantId);
    if ((await inTenant.find(id)) === undefined) throw vehicleNotFound();
    const photo = await keepPhoto(deps, id, call);
    const replaced = await inTenant.updateAfter(id, async ({ photo: before }, save) => {
      const other = before?.id === photo.id ? undefined : before;
      if (other !== undefined) await photos.loosen(tenantId, other.id);
      await save((vehicle) => setPhoto(vehicle, photo));
      return { other };
    });
    if (replaced === undefined) throw vehicleNotFound();
    await photos.confirm(tenantId, photo.id);
    if (replaced.other !== undefined) await photos.remove(tenantId, replaced.other.id);
    return created(`/vehicles/${id}/photo`, photo);
  };
