import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { removePhoto as removeFrom, type Asset } from '../asset/asset.js';
import { findVisibleAsset } from './add-photo.js';
import { photoNotFound } from './photo.errors.js';
import type { PhotoStore } from './photo.store.js';

interface Deps {
  readonly assets: Repository<Asset>;
  readonly photos: PhotoStore;
}

/** Loosened first, so that a crash after the device's document has let go of it leaves nothing behind for good. */
export const removePhoto =
  ({ assets, photos }: Deps) =>
  async ({ caller, params: { id, photoId }, ifMatch }: Call<unknown, unknown, { id: string; photoId: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const asset = await findVisibleAsset(assets, caller, id);
    if (asset.photos?.some((photo) => photo.id === photoId) !== true) throw photoNotFound();
    await photos.loosen(tenantId, photoId);
    await assets.in(tenantId).update(id, (before) => removeFrom(before, photoId), { ifMatch });
    await photos.remove(tenantId, photoId);
    return noContent();
  };
