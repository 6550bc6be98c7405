import Joi from 'joi';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Asset } from '../asset/asset.js';
import { findVisibleAsset } from './add-photo.js';
import type { PhotoSize, PhotoStore } from './photo.store.js';
import { pictureReply } from './picture-reply.js';

export interface PhotoQuery {
  readonly size: PhotoSize;
}
export const photoQuery = Joi.object<PhotoQuery>({ size: oneOf<PhotoSize>(['full', 'thumb']).default('full') });

interface Deps {
  readonly assets: Repository<Asset>;
  readonly photos: PhotoStore;
}
type PhotoCall = Call<unknown, PhotoQuery, { id: string; photoId: string }>;

export const getPhoto =
  ({ assets, photos }: Deps) =>
  async ({ caller, params: { id, photoId }, query: { size } }: PhotoCall): Promise<Reply> => {
    const asset = await findVisibleAsset(assets, caller, id);
    const isTheirs = asset.photos?.some((photo) => photo.id === photoId) === true;
    const picture = isTheirs ? await photos.get(caller.tenantId, photoId, size) : undefined;
    return pictureReply(picture);
  };
