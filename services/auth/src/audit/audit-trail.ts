import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { entryOf, newAuditEvent, type AuditEntry, type AuditEvent, type Circumstances } from './audit-event.js';

export type AuditRepository = Repository<AuditEvent>;

export const createAuditRepository = ({ connection, clock, relay }: Platform): AuditRepository =>
  createMongoRepository<AuditEvent>({
    connection,
    clock,
    relay,
    service: 'auth',
    collection: 'audit_events',
    indexes: [
      { fields: { at: 1, id: 1 } },
      { fields: { type: 1, at: 1, id: 1 } },
      { fields: { actorUserId: 1, at: 1, id: 1 } },
      { fields: { subject: 1, at: 1, id: 1 } },
    ],
  });

/** For what has no write of its own; what goes with a change to a user is a task of that change. */
export interface AuditTrail {
  record(tenantId: string, circumstances: Circumstances, entry: AuditEntry): Promise<void>;
}

export const createAuditTrail = (events: AuditRepository, ids: IdSource): AuditTrail => ({
  record: async (tenantId, circumstances, entry) => {
    await events.in(tenantId).insert(newAuditEvent(ids.next(), circumstances.now, entryOf(circumstances, entry)));
  },
});
