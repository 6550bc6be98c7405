import { createKeyedQueue } from '../concurrency/keyed-queue.js';
import { decodeHeic, isHeic } from './heic.js';
import { pictureFormatOf, renderPicture, type Picture } from './picture.js';

/** The two pictures that are kept of an uploaded photo. */
export interface PreparedPicture {
  readonly full: Picture;
  /** WebP; lists show it. */
  readonly thumb: Picture;
}

/** Resolves to `undefined` when the content (`mediaType`) is no picture; throws as `renderPicture` does, on the upload's `field`. */
export type PreparePicture = (bytes: Buffer, mediaType: string | undefined, field: string) => Promise<PreparedPicture | undefined>;

/** Longest sides, in pixels. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 320;

/** Draws pictures anew from their pixels, one at a time: a picture takes much memory while it is drawn. */
export const createPreparePicture = (): PreparePicture => {
  const turns = createKeyedQueue();
  return async (bytes, mediaType, field) => {
    const heic = isHeic(mediaType);
    // Browsers show no HEIC, so the photo is kept as JPEG, which every browser shows.
    const format = heic ? 'jpeg' : pictureFormatOf(mediaType);
    if (format === undefined) return undefined;
    return turns.run('picture', async () => {
      const source = heic ? await decodeHeic(bytes, field) : bytes;
      return {
        full: await renderPicture(source, { side: FULL_SIDE, format, field }),
        thumb: await renderPicture(source, { side: THUMB_SIDE, format: 'webp', field }),
      };
    });
  };
};
