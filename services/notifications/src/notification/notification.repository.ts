import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Notification } from './notification.js';

export const NOTIFICATIONS = 'notifications';

export const createNotificationRepository = ({ connection, clock, relay }: Platform): Repository<Notification> =>
  createMongoRepository<Notification>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: NOTIFICATIONS,
    indexes: [
      { fields: { dedupeKey: 1 }, unique: true, partial: { dedupeKey: { $exists: true } } },
      { fields: { createdAt: -1, id: -1 } },
      { fields: { status: 1, createdAt: -1, id: -1 } },
      { fields: { channel: 1, createdAt: -1, id: -1 } },
      { fields: { channel: 1, status: 1, createdAt: -1, id: -1 } },
    ],
  });
