import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex, type AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Announcement } from './announcement.js';

const ANNOUNCEMENTS = 'announcements';

export type Announcements = Repository<Announcement>;

export const createAnnouncements = ({ connection, clock, relay }: Platform): Announcements =>
  createMongoRepository<Announcement>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: ANNOUNCEMENTS,
    indexes: [{ fields: { createdAt: -1, id: -1 } }, { fields: { status: 1, createdAt: -1, id: -1 } }],
  });

/** Those of all tenants that have something left to do. */
export const createDueAnnouncements = (platform: Platform): AcrossTenants =>
  createAcrossTenants(platform, ANNOUNCEMENTS, [momentIndex('dueAt')]);
