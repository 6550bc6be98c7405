import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { toState, type StoredDocument } from '@riparo/shared/persistence/documents';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { WebhookRef } from '../webhook.repository.js';
import { KEPT_SECONDS, type WebhookDelivery } from './delivery.js';

const DELIVERIES = 'webhook_deliveries';

export type WebhookDeliveries = Repository<WebhookDelivery>;

export const createDeliveryRepository = ({ connection, clock, relay }: Platform): WebhookDeliveries =>
  createMongoRepository<WebhookDelivery>({
    connection,
    clock,
    relay,
    service: 'notifications',
    collection: DELIVERIES,
    indexes: [
      { fields: { webhookId: 1, createdAt: -1, id: -1 } },
      { fields: { webhookId: 1, status: 1, createdAt: -1, id: -1 } },
      { fields: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
    ],
  });

/** The deliveries of one webhook as a queue. */
export interface DeliveryQueue {
  /** Takes what is due, `limit` at most, until `until`; a claim that ran out is taken over. */
  claim(webhook: WebhookRef, owner: string, now: Date, until: Date, limit: number): Promise<readonly WebhookDelivery[]>;
  /** Makes due again what `owner` has claimed. */
  giveBack(webhook: WebhookRef, owner: string, now: Date): Promise<void>;
  /** Of a webhook that is gone: what is left to do, also what is being tried, which is then written down nowhere. */
  drop(webhook: WebhookRef): Promise<void>;
  ensureIndexes(): Promise<void>;
}

export const createDeliveryQueue = ({ connection }: Platform): DeliveryQueue => {
  const collection = collectionOf<StoredDocument>(connection, DELIVERIES);
  return {
    claim: async ({ tenantId, id: webhookId }, owner, now, until, limit) => {
      const due = { webhookId, tenantId, nextAttemptAt: { $exists: true, $lte: now } };
      const documents = await collection
        .find(due, { projection: { _id: 1 } })
        .sort({ nextAttemptAt: 1 })
        .limit(limit)
        .toArray();
      const ids = documents.map(({ _id }) => _id);
      if (ids.length === 0) return [];
      await collection.updateMany(
        { _id: { $in: ids }, nextAttemptAt: { $lte: now } },
        { $set: { claim: { owner }, nextAttemptAt: until, updatedAt: now }, $inc: { version: 1 } },
      );
      const taken = await collection.find({ _id: { $in: ids }, 'claim.owner': owner }).toArray();
      return taken.map((document) => toState<WebhookDelivery>(document));
    },
    giveBack: async ({ tenantId, id: webhookId }, owner, now) => {
      await collection.updateMany(
        { webhookId, tenantId, nextAttemptAt: { $exists: true }, 'claim.owner': owner },
        { $set: { nextAttemptAt: now, updatedAt: now }, $unset: { claim: '' }, $inc: { version: 1 } },
      );
    },
    drop: async ({ tenantId, id: webhookId }) => {
      await collection.deleteMany({ webhookId, tenantId, nextAttemptAt: { $exists: true } });
    },
    // Partial: weeks of delivered messages are not in it.
    ensureIndexes: () =>
      ensureIndexes(
        collection,
        [],
        [{ key: { webhookId: 1, nextAttemptAt: 1 }, name: 'due', partialFilterExpression: { nextAttemptAt: { $exists: true } } }],
      ),
  };
};
