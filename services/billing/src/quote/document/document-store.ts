import type { Platform } from '@riparo/shared/composition/platform';
import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';

/** The PDFs that were sent; each is a file of one part. */
export type DocumentStore = FileStore<'pdf'>;

export const createDocumentStore = ({ connection, clock }: Platform): DocumentStore =>
  createFileStore({ connection, clock, bucket: 'quote_documents', parts: ['pdf'] });
