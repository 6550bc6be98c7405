import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Attachment } from './attachment.js';

export type Attachments = Repository<Attachment>;

/** Seconds for which the record of a removed file is kept: a late sweep must find that the file is removed. */
const TOMBSTONE_S = 7 * 24 * 60 * 60;

export const createAttachments = ({ connection, clock, relay }: Platform): Attachments =>
  createMongoRepository<Attachment>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'attachments',
    softDelete: true,
    indexes: [{ fields: { deletedAt: 1 }, expireAfterSeconds: TOMBSTONE_S }],
  });

export type AttachmentPart = 'full' | 'thumb';
export type AttachmentFiles = FileStore<AttachmentPart>;

export const createAttachmentFiles = ({ connection, clock }: Platform): AttachmentFiles =>
  createFileStore({ connection, clock, bucket: 'attachments', parts: ['full', 'thumb'] });
