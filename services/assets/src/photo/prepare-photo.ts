import { createKeyedQueue } from '@riparo/shared/persistence/keyed-queue';
import { photoTooManyPixels, photoTypeNotSupported, photoUnreadable } from './photo.errors.js';

/** A picture as it is stored: made anew from the pixels, so nothing else that was in the file is left. */
export interface Rendition {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}
export interface PreparedPhoto {
  readonly full: Rendition;
  readonly thumb: Rendition;
}
export type PreparePhoto = (bytes: Buffer) => Promise<PreparedPhoto>;

const FORMATS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;
const isSupported = (mime: string | undefined): mime is keyof typeof FORMATS => mime !== undefined && mime in FORMATS;

/** 50 megapixels: more than any phone takes, and 200 MB while it is worked on. */
const MAX_PIXELS = 50_000_000;
/** Longest sides, in pixels. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 320;

// Loaded with the first photo: image libraries would take a good part of the start's time and memory.
const render = async (bytes: Buffer, side: number, format: 'jpeg' | 'png' | 'webp'): Promise<Rendition> => {
  const { default: sharp } = await import('sharp');
  // Turned as the camera said, since that goes with the rest of the metadata.
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).rotate();
  const resized = picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await resized.toFormat(format).toBuffer({ resolveWithObject: true });
  return { bytes: data, contentType: `image/${format}`, width: info.width, height: info.height };
};

const refuse = (error: unknown): never => {
  throw error instanceof Error && error.message.includes('pixel limit') ? photoTooManyPixels(MAX_PIXELS) : photoUnreadable(error);
};

/** Checks a file by its content and makes what is stored of it. One at a time: pictures are large while they are worked on. */
export const createPreparePhoto = (): PreparePhoto => {
  const turns = createKeyedQueue();
  return async (bytes) => {
    const { fileTypeFromBuffer } = await import('file-type');
    const mime = (await fileTypeFromBuffer(bytes))?.mime;
    if (!isSupported(mime)) throw photoTypeNotSupported();
    return turns.run('photo', async () => ({
      full: await render(bytes, FULL_SIDE, FORMATS[mime]).catch(refuse),
      thumb: await render(bytes, THUMB_SIDE, 'webp').catch(refuse),
    }));
  };
};
