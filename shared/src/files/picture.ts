import { invalidInput } from '../errors/common-errors.js';
import { DomainError } from '../errors/domain-error.js';

/**
 * A picture that was drawn anew from the pixels of an upload. All metadata of the upload is gone, such as the place and
 * the owner's name.
 */
export interface Picture {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** In pixels, after the rotation that the camera noted. */
  readonly width: number;
  readonly height: number;
}

/** A decoded picture: four bytes a pixel (red, green, blue, opacity). */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface PictureRule {
  /** Longest side in pixels; a larger picture is made smaller, a smaller one is left. */
  readonly side: number;
  readonly format: PictureFormat;
  /** The upload's field; the fault of an unreadable picture names it. */
  readonly field: string;
}

const FORMATS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type PictureFormat = (typeof FORMATS)[keyof typeof FORMATS];

/** 50 megapixels are more than usual phones take. One such picture takes 200 MB while it is decoded (four bytes a pixel). */
export const MAX_PIXELS = 50_000_000;

/** 413: the picture has more than 50 megapixels. */
export const tooManyPixels = (): DomainError =>
  new DomainError('too-large', 'PHOTO_TOO_MANY_PIXELS', `The picture has more than ${MAX_PIXELS / 1_000_000} megapixels.`);

/** 422: the file in this field is no readable picture. */
export const unreadable = (field: string, cause: unknown): DomainError => {
  const { kind, code, message, details } = invalidInput([{ path: field, message: 'is not a readable picture' }]);
  return new DomainError(kind, code, message, { ...details, cause });
};

/** The media type by content, whatever the file's name says; `undefined` for content without a signature, such as HTML. */
export const mediaTypeOf = async (bytes: Buffer): Promise<string | undefined> => {
  const { fileTypeFromBuffer } = await import('file-type');
  return (await fileTypeFromBuffer(bytes))?.mime;
};

/** The format of a picture that `renderPicture` can read. */
export const pictureFormatOf = (mediaType: string | undefined): PictureFormat | undefined =>
  (FORMATS as Readonly<Record<string, PictureFormat>>)[mediaType ?? ''];

/**
 * Draws a picture anew. Throws 413 `PHOTO_TOO_MANY_PIXELS`, and 422 on `field` when the picture cannot be read. The
 * caller lets one picture in at a time: a picture takes much memory while it is drawn.
 */
export const renderPicture = async (source: Buffer | Pixels, { side, format, field }: PictureRule): Promise<Picture> => {
  // sharp is loaded with the first picture: at the start it would take much time and memory.
  const { default: sharp } = await import('sharp');
  try {
    // `rotate()` applies the rotation that the camera noted, because that note goes with the rest of the metadata.
    const options = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
    const picture = Buffer.isBuffer(source)
      ? sharp(source, options).rotate()
      : sharp(source.data, { ...options, raw: { width: source.width, height: source.height, channels: 4 } }).flatten();
    const resized = picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    // JPEG knows nothing transparent, and what was transparent would become black.
    const flat = format === 'jpeg' ? resized.flatten({ background: '#ffffff' }) : resized;
    const { data, info } = await flat.toFormat(format).toBuffer({ resolveWithObject: true });
    return { bytes: data, contentType: `image/${format}`, width: info.width, height: info.height };
  } catch (error) {
    throw error instanceof Error && error.message.includes('pixel limit') ? tooManyPixels() : unreadable(field, error);
  }
};
