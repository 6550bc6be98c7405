import { decodeHeic, isHeic } from '@riparo/shared/files/heic';
import { mediaTypeOf, pictureFormatOf, renderPicture, type Picture } from '@riparo/shared/files/picture';
import { createKeyedQueue } from '@riparo/shared/persistence/keyed-queue';
import { photoTypeNotSupported } from './photo.errors.js';

export interface PreparedPhoto {
  readonly full: Picture;
  readonly thumb: Picture;
}
export type PreparePhoto = (bytes: Buffer) => Promise<PreparedPhoto>;

/** Longest sides, in pixels. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 320;
const field = 'photo';

/** Checks a file by its content and makes what is stored of it. One at a time: pictures are large while they are worked on. */
export const createPreparePhoto = (): PreparePhoto => {
  const turns = createKeyedQueue();
  return async (bytes) => {
    const mediaType = await mediaTypeOf(bytes);
    const heic = isHeic(mediaType);
    // Browsers show no HEIC, so such a photo is kept as what every one of them shows.
    const format = heic ? 'jpeg' : pictureFormatOf(mediaType);
    if (format === undefined) throw photoTypeNotSupported();
    return turns.run('photo', async () => {
      const source = heic ? await decodeHeic(bytes, field) : bytes;
      return {
        full: await renderPicture(source, { side: FULL_SIDE, format, field }),
        thumb: await renderPicture(source, { side: THUMB_SIDE, format: 'webp', field }),
      };
    });
  };
};
