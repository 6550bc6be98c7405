import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Asset } from '../asset/asset.js';
import type { PhotoStore } from './photo.store.js';

export interface SweepPhotosDeps {
  readonly assets: Repository<Asset>;
  readonly photos: PhotoStore;
  readonly clock: Clock;
}

/** No command takes this long; in milliseconds. */
const LOOSE_MS = 3_600_000;
const BATCH = 1_000;

/** The job that looks after pictures whose command died: a device's document names them, or they go. */
export const createSweepPhotos =
  ({ assets, photos, clock }: SweepPhotosDeps) =>
  async (): Promise<void> => {
    const loose = await photos.findLoose(new Date(clock.now().getTime() - LOOSE_MS), BATCH);
    for (const { tenantId, ownerId = '', fileId } of loose) {
      const asset = await assets.in(tenantId).find(ownerId);
      if (asset?.photos?.some(({ id }) => id === fileId) === true) await photos.confirm(tenantId, fileId);
      else await photos.remove(tenantId, fileId);
    }
  };
