import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { CannedReply } from './canned-reply.js';

export type CannedReplies = Repository<CannedReply>;

export const createCannedReplies = ({ connection, clock, relay }: Platform): CannedReplies =>
  createMongoRepository<CannedReply>({
    connection,
    clock,
    relay,
    service: 'tickets',
    collection: 'canned_replies',
    softDelete: true,
    indexes: [
      { fields: { list: 1, titleKey: 1 }, unique: true, partial: { titleKey: { $exists: true } } },
      { fields: { list: 1, titleKey: 1, id: 1 } },
      { fields: { list: 1, createdAt: -1, id: -1 } },
      { fields: { list: 1, category: 1, createdAt: -1, id: -1 } },
      { fields: { words: 1 } },
    ],
  });
