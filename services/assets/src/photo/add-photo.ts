import type { Caller } from '@riparo/shared/contracts/caller';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply, UploadRule } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { addPhoto as add, type Asset } from '../asset/asset.js';
import { assetNotFound } from '../asset/asset.errors.js';
import { mayNotSee } from '../owner.js';
import { keepPhoto } from './keep-photo.js';
import type { PhotoStore } from './photo.store.js';
import type { PreparePhoto } from './prepare-photo.js';

export const PHOTO_UPLOAD: UploadRule = { field: 'photo', maxBytes: 10 * 1024 * 1024 };

interface Deps {
  readonly assets: Repository<Asset>;
  readonly photos: PhotoStore;
  readonly preparePhoto: PreparePhoto;
}

export const findVisibleAsset = async (assets: Repository<Asset>, caller: Caller, id: string): Promise<Asset> => {
  const asset = await assets.in(caller.tenantId).find(id);
  if (asset === undefined || mayNotSee(caller, asset.customerId)) throw assetNotFound();
  return asset;
};

/** The pictures first, then the device's document that names them; what a crash leaves in between is swept away. */
export const addPhoto =
  (deps: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { assets, photos } = deps;
    const { caller, params } = call;
    const assetId = params.id;
    await findVisibleAsset(assets, caller, assetId);
    const photo = await keepPhoto(deps, assetId, call);
    const saved = await assets.in(caller.tenantId).update(assetId, (asset) => {
      if (mayNotSee(caller, asset.customerId)) throw assetNotFound();
      return add(asset, photo);
    });
    if (saved === undefined) throw assetNotFound();
    await photos.confirm(caller.tenantId, photo.id);
    return created(`/assets/${assetId}/photos/${photo.id}`, photo);
  };
