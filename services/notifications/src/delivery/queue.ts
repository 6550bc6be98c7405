import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Filter } from 'mongodb';
import { createBatchedWrites } from '@riparo/shared/persistence/batched-writes';
import { changesBetween, toState, type StoredDocument } from '@riparo/shared/persistence/documents';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Platform } from '@riparo/shared/composition/platform';
import { NOTIFICATIONS } from '../notification/notification.repository.js';
import { RANKS, type Channel, type Notification } from '../notification/notification.js';

export interface Claimed {
  readonly tenantId: string;
  readonly notification: Notification;
}

/**
 * The notifications as a queue, over all tenants: delivery is the one reader that belongs to none. It takes several in
 * one write and writes its results down without reading first, because what it has claimed is its own; the version
 * still guards every write.
 */
export interface Queue {
  /** Takes what is due, `limit` at most and the lowest rank first, until `until`; a claim that ran out is taken over. */
  claim(channel: Channel, owner: string, now: Date, until: Date, limit: number): Promise<readonly Claimed[]>;
  /** `undefined` when somebody else has changed it, or one of those saved together, meanwhile: then it may be saved or not. */
  save(tenantId: string, before: Notification, after: Notification, now: Date): Promise<Notification | undefined>;
  ensureIndexes(): Promise<void>;
}

const waiting = { nextAttemptAt: { $exists: true } };

export const createQueue = ({ connection }: Platform): Queue => {
  const collection = collectionOf<StoredDocument>(connection, NOTIFICATIONS);
  const writes = createBatchedWrites(collection);

  const find = async (filter: Filter<StoredDocument>, limit: number): Promise<readonly string[]> => {
    const cursor = collection.find(filter, { projection: { _id: 1 } });
    const documents = await cursor.sort({ nextAttemptAt: 1 }).limit(limit).toArray();
    return documents.map(({ _id }) => _id);
  };

  /** Asks once where all that is due can begin, which is nearly always so. */
  const dueIds = async (channel: Channel, now: Date, limit: number): Promise<readonly string[]> => {
    const due = { channel, nextAttemptAt: { $exists: true, $lte: now } };
    const all = await find(due, limit + 1);
    if (all.length <= limit) return all;
    const first: string[] = [];
    for (const rank of RANKS) {
      const ofRank = rank === 2 ? { $in: [rank, null] } : rank;
      if (first.length < limit) first.push(...(await find({ ...due, rank: ofRank }, limit - first.length)));
    }
    return first;
  };

  return {
    claim: async (channel, owner, now, until, limit) => {
      const ids = [...(await dueIds(channel, now, limit))];
      if (ids.length === 0) return [];
      await collection.updateMany(
        { _id: { $in: ids }, nextAttemptAt: { $lte: now } },
        {
          $set: { status: 'SENDING', claim: { owner }, nextAttemptAt: until, updatedAt: now },
          // Closes a letter: what comes from now on goes into the next one.
          $unset: { openKey: '' },
          $inc: { version: 1, attempts: 1 },
        },
      );
      const taken = await collection.find({ _id: { $in: ids }, 'claim.owner': owner }).toArray();
      return taken
        .sort((a, b) => ids.indexOf(a._id) - ids.indexOf(b._id))
        .map((document) => ({ tenantId: document.tenantId, notification: toState<Notification>(document) }));
    },
    save: async (tenantId, before, after, now) => {
      const { set, unset } = changesBetween({ ...before }, { ...after });
      const version = before.version + 1;
      const saved = await writes.update(
        { _id: before.id, tenantId, version: before.version },
        {
          $set: { ...set, version, updatedAt: now },
          ...(Object.keys(unset).length === 0 ? {} : { $unset: unset }),
        },
      );
      return saved === true ? { ...after, version, updatedAt: now } : undefined;
    },
    // Partial: years of sent notifications are not in it.
    ensureIndexes: () =>
      ensureIndexes(
        collection,
        [],
        [
          { key: { channel: 1, nextAttemptAt: 1 }, name: 'due', partialFilterExpression: waiting },
          { key: { channel: 1, rank: 1, nextAttemptAt: 1 }, name: 'due_by_rank', partialFilterExpression: waiting },
        ],
      ),
  };
};
