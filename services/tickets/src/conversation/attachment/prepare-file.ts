import type { FilePart } from '@riparo/shared/files/file-store';
import { mediaTypeOf } from '@riparo/shared/files/picture';
import { createPreparePicture } from '@riparo/shared/files/prepare-picture';
import { attachmentTypeNotSupported } from './attachment.errors.js';
import { checkPdf } from './check-pdf.js';

/** A file in the form in which it is stored. */
export interface PreparedFile {
  readonly full: FilePart;
  /** Only of pictures, like `width` and `height`. */
  readonly thumb?: FilePart;
  readonly width?: number;
  readonly height?: number;
}
export type PrepareFile = (bytes: Buffer) => Promise<PreparedFile>;

/** Checks a file by its content and prepares it for storage: a picture is drawn anew from its pixels, a PDF stays as it is. */
export const createPrepareFile = (): PrepareFile => {
  const preparePicture = createPreparePicture();
  return async (bytes) => {
    const contentType = await mediaTypeOf(bytes);
    const picture = await preparePicture(bytes, contentType, 'file');
    if (picture !== undefined) return { ...picture, width: picture.full.width, height: picture.full.height };
    if (contentType !== 'application/pdf') throw attachmentTypeNotSupported();
    checkPdf(bytes);
    return { full: { bytes, contentType } };
  };
};
