import { createKeyedQueue } from '../concurrency/keyed-queue.js';
import { decodeHeic, isHeic } from './heic.js';
import { pictureFormatOf, renderPicture, type Picture } from './picture.js';

/** What is kept of a photo that somebody sent. */
export interface PreparedPicture {
  readonly full: Picture;
  /** WebP, for lists. */
  readonly thumb: Picture;
}

/** `undefined` for what is no picture by its content (`mediaType`); throws as `renderPicture` does, on the upload's `field`. */
export type PreparePicture = (bytes: Buffer, mediaType: string | undefined, field: string) => Promise<PreparedPicture | undefined>;

/** Longest sides, in pixels. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 320;

/** Makes pictures anew from their pixels. One at a time: they are large while they are worked on. */
export const createPreparePicture = (): PreparePicture => {
  const turns = createKeyedQueue();
  return async (bytes, mediaType, field) => {
    const heic = isHeic(mediaType);
    // Browsers show no HEIC, so such a photo is kept as what every one of them shows.
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
