import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { InboxItem } from './inbox.js';

export const createInboxRepository = ({ connection, clock, relay }: Platform): Repository<InboxItem> =>
  createMongoRepository<InboxItem>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: 'inbox',
    indexes: [{ fields: { userId: 1, createdAt: -1, id: -1 } }, { fields: { userId: 1, readAt: 1, createdAt: -1, id: -1 } }],
  });
