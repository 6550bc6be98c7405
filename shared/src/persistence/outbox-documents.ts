import type { AnyBulkWriteOperation, Collection, IndexDescription, UpdateFilter } from 'mongodb';
import type { StoredDocument } from './documents.js';
import type { OutboxEntry, OutboxStore } from './outbox-store.js';

const pending = { 'outbox.0': { $exists: true } } as const;

/** At any time few documents have events in their outbox, so this partial index stays tiny. */
export const OUTBOX_INDEX: IndexDescription = { key: { 'outbox.time': 1 }, name: 'outbox_pending', partialFilterExpression: pending };

const groupByAggregate = (entries: readonly OutboxEntry[]): Map<string, OutboxEntry[]> => {
  const groups = new Map<string, OutboxEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.aggregateId);
    if (group) group.push(entry);
    else groups.set(entry.aggregateId, [entry]);
  }
  return groups;
};

/** The driver's types allow no element conditions in `$pull` on documents with an index signature. */
const withoutEvents = (ids: readonly string[]): UpdateFilter<StoredDocument> => {
  const update: unknown = { $pull: { outbox: { id: { $in: ids } } } };
  return update as UpdateFilter<StoredDocument>;
};

/** The outbox inside each aggregate's own document. */
export const createOutboxDocuments = (collection: Collection<StoredDocument>): OutboxStore => ({
  collection: collection.collectionName,

  findPending: async (olderThan, limit) => {
    const documents = await collection
      .find({ ...pending, 'outbox.time': { $lt: olderThan.toISOString() } }, { projection: { tenantId: 1, outbox: 1 } })
      .sort({ 'outbox.time': 1 })
      .limit(limit)
      .toArray();
    return documents.flatMap(({ _id, tenantId, outbox }) => outbox.map((event) => ({ tenantId, aggregateId: _id, event })));
  },

  remove: async (entries) => {
    if (entries.length === 0) return;
    const operations: AnyBulkWriteOperation<StoredDocument>[] = [...groupByAggregate(entries)].map(([aggregateId, group]) => ({
      updateOne: { filter: { _id: aggregateId }, update: withoutEvents(group.map(({ event }) => event.id)) },
    }));
    // A lost write costs a second publication, which consumers ignore. So this write does not wait for the journal.
    await collection.bulkWrite(operations, { ordered: false, writeConcern: { w: 1 } });
  },

  stats: async () => {
    const [count, [oldest]] = await Promise.all([
      collection.countDocuments(pending),
      collection
        .find(pending, { projection: { outbox: { $slice: 1 } } })
        .sort({ 'outbox.time': 1 })
        .limit(1)
        .toArray(),
    ]);
    const first = oldest?.outbox[0];
    return first === undefined ? { pending: count } : { pending: count, oldest: new Date(first.time) };
  },
});
