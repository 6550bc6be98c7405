import { cut } from '../text/cut.js';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { invalidInput } from '../errors/common-errors.js';
import { DomainError, isDomainError } from '../errors/domain-error.js';
import type { UploadedFile, UploadRule } from './route.js';
import type { UploadRoom } from './upload-budget.js';

const notMultipart = (): DomainError =>
  new DomainError('unsupported-media-type', 'UNSUPPORTED_MEDIA_TYPE', 'Send the file as "Content-Type: multipart/form-data".');

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('too-large', 'PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes.`);

const malformed = (cause: unknown): DomainError =>
  new DomainError('malformed', 'MALFORMED_MULTIPART', 'The body is not well-formed multipart/form-data.', { cause });

/** multer's errors by their `code` (https://github.com/expressjs/multer#error-handling). */
const uploadError = (error: unknown, { field, maxBytes }: UploadRule): Error => {
  if (isDomainError(error)) return error;
  if (!(error instanceof multer.MulterError)) return malformed(error);
  if (error.code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes);
  return invalidInput([{ path: error.field ?? field, message: `is not expected here: send one file, as "${field}", and nothing else` }]);
};

/** Bytes that a multipart body has besides its file: boundary, headers of the part, the file's name. */
const ENVELOPE = 16 * 1024;

/** Keeps the file in memory, and of it no byte that has no room. multer tells of an error only when the whole body has come; `refuse` is called at once. */
const storageIn = (room: UploadRoom, refuse: (error: unknown) => void): StorageEngine => ({
  _handleFile: (_request, { stream }, done) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      try {
        room.need(size);
      } catch (error) {
        chunks.length = 0;
        stream.removeAllListeners('data').resume();
        refuse(error);
        done(error);
        return;
      }
      chunks.push(chunk);
    });
    stream.once('error', done);
    stream.once('end', () => done(null, { buffer: Buffer.concat(chunks), size }));
  },
  _removeFile: (_request, _file, done) => done(null),
});

/**
 * Reads the one file of a multipart body into memory, at most `maxBytes` of it. A declared length is charged to `room`
 * before the first byte is read; the bytes of a body without one as they come. Whoever opened the room releases it.
 */
export const createUploadReader = (
  rule: UploadRule,
): ((request: Request, response: Response, room: UploadRoom) => Promise<UploadedFile>) => {
  const { field, maxBytes } = rule;
  const limits = { fileSize: maxBytes, files: 1, fields: 0, parts: 1, fieldNameSize: 100, headerPairs: 20 };
  return async (request, response, room) => {
    if (!request.is('multipart/form-data')) throw notMultipart();
    // A longer body ends in 413, and no more than `maxBytes` of it is kept until then.
    room.need(Math.min(Number(request.headers['content-length'] ?? 0), maxBytes + ENVELOPE));
    await new Promise<void>((resolve, reject) => {
      // Every browser sends file names in UTF-8.
      const read = multer({ storage: storageIn(room, reject), limits, defParamCharset: 'utf8' }).single(field);
      read(request, response, (error: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(uploadError(error, rule));
      });
    });
    if (request.file === undefined) throw invalidInput([{ path: field, message: 'is required' }]);
    return { bytes: request.file.buffer, filename: cut(request.file.originalname, 255) };
  };
};
