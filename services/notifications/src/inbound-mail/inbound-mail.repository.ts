import { createFileStore, type FileStore } from '@riparo/shared/files/file-store';
import { createAcrossTenants, momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { InboundMail } from './inbound-mail.js';

export type InboundMails = Repository<InboundMail>;
/** Messages as they came, byte for byte; the file has the id of its mail. */
export type RawMails = FileStore<'raw'>;

const COLLECTION = 'inbound_mails';

export const createInboundMails = ({ connection, clock, relay }: Platform): InboundMails =>
  createMongoRepository<InboundMail>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: COLLECTION,
    indexes: [
      { fields: { dedupeKey: 1 }, unique: true },
      { fields: { createdAt: -1, id: -1 } },
      { fields: { status: 1, createdAt: -1, id: -1 } },
      { fields: { fromAddress: 1, aboutKey: 1, createdAt: -1 } },
    ],
  });

export const createRawMails = ({ connection, clock }: Platform): RawMails =>
  createFileStore({ connection, clock, bucket: 'raw_mails', parts: ['raw'] });

/** Mails of all tenants that are still to be gone through. */
export const createDueMails = (platform: Platform): AcrossTenants =>
  createAcrossTenants(platform, COLLECTION, [momentIndex('nextAttemptAt')]);
