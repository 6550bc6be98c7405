import { MongoError } from '../errors.js';

/** MongoDB's maxBsonObjectSize. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** MongoDB's maxMessageSizeBytes. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** How deep documents may be nested, in what is read and in what is made: what is stored has to be readable. */
export const MAX_DEPTH = 200;

export function checkSize(bytes: Buffer): Buffer {
  if (bytes.length > MAX_DOCUMENT_BYTES)
    throw new MongoError(10334, `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`);
  return bytes;
}
