import { cut } from '../text/cut.js';
import type { Request, Response } from 'express';
import multer from 'multer';
import { invalidInput } from '../errors/common-errors.js';
import { DomainError } from '../errors/domain-error.js';
import type { UploadedFile, UploadRule } from './route.js';

const notMultipart = (): DomainError =>
  new DomainError('unsupported-media-type', 'UNSUPPORTED_MEDIA_TYPE', 'Send the file as "Content-Type: multipart/form-data".');

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('too-large', 'PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`);

const malformed = (cause: unknown): DomainError =>
  new DomainError('malformed', 'MALFORMED_MULTIPART', 'The body is not well-formed multipart/form-data.', { cause });

/** multer's errors by their `code` (https://github.com/expressjs/multer#error-handling). */
const uploadError = (error: unknown, { field, maxBytes }: UploadRule): Error => {
  if (!(error instanceof multer.MulterError)) return malformed(error);
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes);
  return invalidInput([{ path: error.field ?? field, message: `is not expected here: send one file, as "${field}", and nothing else` }]);
};

/** Reads the one file of a multipart body into memory, at most `maxBytes` of it. */
export const createUploadReader = (rule: UploadRule): ((request: Request, response: Response) => Promise<UploadedFile>) => {
  const { field, maxBytes } = rule;
  const limits = { fileSize: maxBytes, files: 1, fields: 0, parts: 1, fieldNameSize: 100, headerPairs: 20 };
  // Every browser sends file names in UTF-8.
  const read = multer({ storage: multer.memoryStorage(), limits, defParamCharset: 'utf8' }).single(field);
  return async (request, response) => {
    if (!request.is('multipart/form-data')) throw notMultipart();
    await new Promise<void>((resolve, reject) => {
      read(request, response, (error: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(uploadError(error, rule));
      });
    });
    if (request.file === undefined) throw invalidInput([{ path: field, message: 'is required' }]);
    return { bytes: request.file.buffer, filename: cut(request.file.originalname, 255) };
  };
};
