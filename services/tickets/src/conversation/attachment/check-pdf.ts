import { isPlainPdf } from '@riparo/shared/files/plain-pdf';
import { attachmentTypeNotSupported } from './attachment.errors.js';

/** Refuses a file that begins as a PDF but is something else as well. */
export const checkPdf = (bytes: Buffer): void => {
  if (!isPlainPdf(bytes)) throw attachmentTypeNotSupported();
};
