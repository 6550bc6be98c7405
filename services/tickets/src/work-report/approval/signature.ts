import { invalidInput } from '@riparo/shared/errors/common-errors';
import { mediaTypeOf } from '@riparo/shared/files/picture';
import type { PreparePicture } from '@riparo/shared/files/prepare-picture';
import { line } from '@riparo/shared/http/schemas';
import type { IdSource } from '@riparo/shared/runtime/ids';
import Joi from 'joi';
import type { DrawnSignature } from '../work-report.js';
import type { ReportFiles } from '../work-report.repository.js';
import { boxOfPath } from './path-box.js';

/** What was drawn, either as a path or as a picture, and who drew it. */
export interface SignatureInput {
  readonly name: string;
  /** As the attribute `d` of an SVG path: lines and curves. */
  readonly svgPath?: string;
  /** A PNG in base64. */
  readonly png?: string;
}

const MAX_PATH = 20_000;
/** A tap on the pad of the page, 600 units wide, moves by one or two of them. */
const LEAST_SIZE = 10;
const MAX_PNG_BYTES = 200 * 1024;
const MAX_PNG_TEXT = Math.ceil(MAX_PNG_BYTES / 3) * 4;

/** The fields of a signature, for bodies that have others beside them. */
export const signatureFields = {
  name: line(200).required(),
  svgPath: Joi.string()
    .max(MAX_PATH)
    .custom((path: string, helpers) => {
      const box = boxOfPath(path);
      if (box === undefined) return helpers.message({ custom: 'must be a path of lines and curves such as M 0 0 L 10 10' });
      const size = Math.max(box.right - box.left, box.bottom - box.top);
      return size < LEAST_SIZE
        ? helpers.message({ custom: `must be at least ${LEAST_SIZE} units wide or high: a dot is no signature` })
        : path;
    }),
  png: Joi.string().base64().max(MAX_PNG_TEXT),
};

export interface SignatureDeps {
  readonly reportFiles: ReportFiles;
  readonly preparePicture: PreparePicture;
}

interface Ask {
  readonly tenantId: string;
  readonly reportId: string;
  readonly ids: IdSource;
  /** The field of the request that has the picture. */
  readonly field: string;
}

/** Keeps what was drawn. A picture is drawn anew from its pixels; its file is loose until the report names it. */
export const keepSignature = async (
  { reportFiles, preparePicture }: SignatureDeps,
  { svgPath, png = '' }: SignatureInput,
  { tenantId, reportId, ids, field }: Ask,
): Promise<DrawnSignature> => {
  if (svgPath !== undefined) return { svgPath };
  const bytes = Buffer.from(png, 'base64');
  const mediaType = await mediaTypeOf(bytes);
  const picture = mediaType === 'image/png' ? await preparePicture(bytes, mediaType, field) : undefined;
  if (picture === undefined) throw invalidInput([{ path: field, message: 'must be a PNG' }]);
  const fileId = ids.next();
  const { bytes: drawn, contentType } = picture.full;
  await reportFiles.put({ tenantId, fileId, ownerId: reportId }, { png: { bytes: drawn, contentType } });
  return { fileId };
};
