import { notFound } from '@riparo/shared/errors/common-errors';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Draft, Repository } from '@riparo/shared/persistence/repository';
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
      { fields: { openKey: 1 }, unique: true, partial: { openKey: { $exists: true } } },
      { fields: { 'content.parts.key': 1 }, partial: { 'content.parts.key': { $exists: true } } },
      { fields: { 'announcement.id': 1, createdAt: -1, id: -1 }, partial: { 'announcement.id': { $exists: true } } },
      { fields: { 'announcement.id': 1, status: 1, createdAt: -1, id: -1 }, partial: { 'announcement.id': { $exists: true } } },
      { fields: { createdAt: -1, id: -1 } },
      { fields: { status: 1, createdAt: -1, id: -1 } },
      { fields: { channel: 1, createdAt: -1, id: -1 } },
      { fields: { channel: 1, status: 1, createdAt: -1, id: -1 } },
    ],
  });

/** A second notification under the same `dedupeKey` is the first one. */
export const insertOnce = async (
  notifications: Repository<Notification>,
  tenantId: string,
  draft: Draft<Notification>,
): Promise<Notification> => {
  const tenant = notifications.in(tenantId);
  try {
    return await tenant.insert(draft);
  } catch (error) {
    if (!(error instanceof DuplicateKeyError) || draft.dedupeKey === undefined) throw error;
    const existing = await tenant.findOne({ dedupeKey: draft.dedupeKey });
    if (existing === undefined) throw notFound('notification');
    return existing;
  }
};
