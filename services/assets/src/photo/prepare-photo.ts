import { mediaTypeOf } from '@riparo/shared/files/picture';
import { createPreparePicture, type PreparedPicture } from '@riparo/shared/files/prepare-picture';
import { photoTypeNotSupported } from './photo.errors.js';

export type PreparePhoto = (bytes: Buffer) => Promise<PreparedPicture>;

/** Checks a file by its content and makes what is stored of it. */
export const createPreparePhoto = (): PreparePhoto => {
  const prepare = createPreparePicture();
  return async (bytes) => {
    const prepared = await prepare(bytes, await mediaTypeOf(bytes), 'photo');
    if (prepared === undefined) throw photoTypeNotSupported();
    return prepared;
  };
};
