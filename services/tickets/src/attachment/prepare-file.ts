import type { FilePart } from '@riparo/shared/files/file-store';
import { mediaTypeOf, pictureFormatOf, renderPicture, type PictureFormat } from '@riparo/shared/files/picture';
import { createKeyedQueue } from '@riparo/shared/persistence/keyed-queue';
import { attachmentTypeNotSupported } from './attachment.errors.js';
import { checkPdf } from './check-pdf.js';
import { withoutHeicMetadata } from './heic.js';

/** A file as it is stored. */
export interface PreparedFile {
  readonly full: FilePart;
  /** Of pictures that can be made smaller here; HEIC cannot. */
  readonly thumb?: FilePart;
  readonly width?: number;
  readonly height?: number;
}
export type PrepareFile = (bytes: Buffer) => Promise<PreparedFile>;

/** Longest sides, in pixels. */
const FULL_SIDE = 4_096;
const THUMB_SIDE = 320;
const field = 'file';
const HEIC = ['image/heic', 'image/heif'];

const preparePicture = async (bytes: Buffer, format: PictureFormat): Promise<PreparedFile> => {
  const full = await renderPicture(bytes, { side: FULL_SIDE, format, field });
  return { full, thumb: await renderPicture(bytes, { side: THUMB_SIDE, format: 'webp', field }), width: full.width, height: full.height };
};

/**
 * Checks a file by its content and makes what is stored of it: pictures are made anew from their pixels, HEIC and PDF are
 * kept as they are once the former has lost its metadata. Pictures take turns: they are large while they are worked on.
 */
export const createPrepareFile = (): PrepareFile => {
  const turns = createKeyedQueue();
  return async (bytes) => {
    const contentType = await mediaTypeOf(bytes);
    const format = pictureFormatOf(contentType);
    if (format !== undefined) return turns.run('picture', () => preparePicture(bytes, format));
    if (contentType !== undefined && HEIC.includes(contentType)) return { full: { bytes: withoutHeicMetadata(bytes), contentType } };
    if (contentType !== 'application/pdf') throw attachmentTypeNotSupported();
    checkPdf(bytes);
    return { full: { bytes, contentType } };
  };
};
