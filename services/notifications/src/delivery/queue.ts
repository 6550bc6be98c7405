import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Platform } from '@riparo/shared/runtime/platform';
import { NOTIFICATIONS } from '../notification/notification.repository.js';
import type { Channel } from '../notification/notification.js';

export interface Due {
  readonly tenantId: string;
  readonly id: string;
}

/** What is due, over all tenants: delivery is the one reader that belongs to none. */
export interface Queue {
  due(channel: Channel, now: Date, limit: number): Promise<readonly Due[]>;
  ensureIndexes(): Promise<void>;
}

const waiting = { nextAttemptAt: { $exists: true } };

interface QueueDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly channel: Channel;
  readonly nextAttemptAt?: Date;
}

export const createQueue = ({ connection }: Platform): Queue => {
  const collection = connection.collection<QueueDocument>(NOTIFICATIONS);
  return {
    due: async (channel, now, limit) => {
      const documents = await collection
        .find({ channel, nextAttemptAt: { $exists: true, $lte: now } }, { projection: { tenantId: 1 } })
        .sort({ nextAttemptAt: 1 })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, tenantId }) => ({ id: _id, tenantId }));
    },
    // Partial: years of sent notifications are not in it.
    ensureIndexes: () =>
      ensureIndexes(collection, [], [{ key: { channel: 1, nextAttemptAt: 1 }, name: 'due', partialFilterExpression: waiting }]),
  };
};
