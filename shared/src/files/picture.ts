import { invalidInput } from '../errors/common-errors.js';
import { DomainError } from '../errors/domain-error.js';

/** A picture made anew from the pixels of another, so that nothing else that was in the file is left: no place, no name. */
export interface Picture {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** In pixels, turned as the camera said. */
  readonly width: number;
  readonly height: number;
}

/** A picture as it comes out of a decoder of its own: four bytes a pixel, red, green, blue and how opaque it is. */
export interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface PictureRule {
  /** Longest side in pixels; larger pictures are made smaller. */
  readonly side: number;
  readonly format: PictureFormat;
  /** The upload's field, for the fault of a picture that cannot be read. */
  readonly field: string;
}

const FORMATS = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export type PictureFormat = (typeof FORMATS)[keyof typeof FORMATS];

/** 50 megapixels: more than any phone takes, and 200 MB while it is worked on. */
export const MAX_PIXELS = 50_000_000;

/** 413. */
export const tooManyPixels = (): DomainError =>
  new DomainError('too-large', 'PHOTO_TOO_MANY_PIXELS', `The picture has more than ${MAX_PIXELS / 1_000_000} megapixels.`);

/** 422 on the upload's field. */
export const unreadable = (field: string, cause: unknown): DomainError => {
  const { kind, code, message, details } = invalidInput([{ path: field, message: 'is not a readable picture' }]);
  return new DomainError(kind, code, message, { ...details, cause });
};

/** What a file is by its content, whatever its name says; `undefined` for what has no signature, such as HTML. */
export const mediaTypeOf = async (bytes: Buffer): Promise<string | undefined> => {
  const { fileTypeFromBuffer } = await import('file-type');
  return (await fileTypeFromBuffer(bytes))?.mime;
};

/** The format of a picture that `renderPicture` can read. */
export const pictureFormatOf = (mediaType: string | undefined): PictureFormat | undefined =>
  (FORMATS as Readonly<Record<string, PictureFormat>>)[mediaType ?? ''];

/**
 * Makes a picture anew. Throws 413 `PHOTO_TOO_MANY_PIXELS`, and 422 on `field` when it cannot be read. Callers take turns:
 * pictures are large while they are worked on.
 */
export const renderPicture = async (source: Buffer | Pixels, { side, format, field }: PictureRule): Promise<Picture> => {
  // Loaded with the first picture: image libraries would take a good part of the start's time and memory.
  const { default: sharp } = await import('sharp');
  try {
    // Turned as the camera said, since that goes with the rest of the metadata.
    const options = { limitInputPixels: MAX_PIXELS, failOn: 'error' } as const;
    const picture = Buffer.isBuffer(source)
      ? sharp(source, options).rotate()
      : sharp(source.data, { ...options, raw: { width: source.width, height: source.height, channels: 4 } }).flatten();
    const resized = picture.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
    const { data, info } = await resized.toFormat(format).toBuffer({ resolveWithObject: true });
    return { bytes: data, contentType: `image/${format}`, width: info.width, height: info.height };
  } catch (error) {
    throw error instanceof Error && error.message.includes('pixel limit') ? tooManyPixels() : unreadable(field, error);
  }
};
