import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Asset } from '../asset/asset.js';
import type { Vehicle } from '../vehicle/vehicle.js';
import type { PhotoStore } from './photo.store.js';

export interface SweepPhotosDeps {
  readonly assets: Repository<Asset>;
  readonly vehicles: Repository<Vehicle>;
  readonly photos: PhotoStore;
  readonly clock: Clock;
}

/** No command takes this long; in milliseconds. */
const LOOSE_MS = 3_600_000;
const BATCH = 1_000;

/** The job that looks after pictures whose command died: the document of a device or of a vehicle names them, or they go. */
export const createSweepPhotos = ({ assets, vehicles, photos, clock }: SweepPhotosDeps): (() => Promise<void>) => {
  const isNamed = async (tenantId: string, ownerId: string, fileId: string): Promise<boolean> => {
    const asset = await assets.in(tenantId).find(ownerId);
    if (asset !== undefined) return asset.photos?.some(({ id }) => id === fileId) === true;
    return (await vehicles.in(tenantId).find(ownerId))?.photo?.id === fileId;
  };
  return async () => {
    const loose = await photos.findLoose(new Date(clock.now().getTime() - LOOSE_MS), BATCH);
    for (const { tenantId, ownerId = '', fileId } of loose) {
      if (await isNamed(tenantId, ownerId, fileId)) await photos.confirm(tenantId, fileId);
      else await photos.remove(tenantId, fileId);
    }
  };
};
