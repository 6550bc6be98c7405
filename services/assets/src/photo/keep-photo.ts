import type { Call } from '@riparo/shared/http/route';
import type { Photo } from '../asset/asset.js';
import type { PhotoStore } from './photo.store.js';
import type { PreparePhoto } from './prepare-photo.js';

interface Deps {
  readonly photos: PhotoStore;
  readonly preparePhoto: PreparePhoto;
}

/** Stores the pictures that are made of an upload. Until its owner's document names them they are loose. */
export const keepPhoto = async (
  { photos, preparePhoto }: Deps,
  ownerId: string,
  { caller: { tenantId, userId }, file, ids, now }: Pick<Call, 'caller' | 'file' | 'ids' | 'now'>,
): Promise<Photo> => {
  const pictures = await preparePhoto(file?.bytes ?? Buffer.alloc(0));
  const { width, height, contentType, bytes } = pictures.full;
  const photo = { id: ids.next(), contentType, width, height, byteCount: bytes.length, addedAt: now, addedByUserId: userId };
  await photos.put({ tenantId, ownerId, fileId: photo.id }, pictures);
  return photo;
};
