import type { Document, Filter } from 'mongodb';
import { collectionOf, readPage } from '@riparo/shared/persistence/collection';
import { createBatchedWrites } from '@riparo/shared/persistence/batched-writes';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Page } from '@riparo/shared/persistence/repository';
import type { Platform } from '@riparo/shared/composition/platform';
import type { HistoryEntry } from './history.js';

interface StoredEntry extends Document, Omit<HistoryEntry, 'id'> {
  readonly _id: string;
  readonly tenantId: string;
}

export interface HistoryQuery {
  readonly assetId: string;
  /** Only what happened while the device was this customer's. */
  readonly customerId?: string;
  readonly page: number;
  readonly pageSize: number;
}

/** What entries are about besides the device, by the field that names it. */
export interface HistorySubject {
  readonly kind: 'ticket' | 'repair' | 'appointment';
  readonly id: string;
}

/** Everything that ever happened to devices; entries are only ever added. */
export interface HistoryStore {
  /** An entry that is there already stays as it is. */
  add(tenantId: string, entries: readonly HistoryEntry[]): Promise<void>;
  /**
   * Makes these the entries of a ticket, a repair or an appointment: what is missing is added, what is there stays, and what does not belong goes if it
   * is older than `wrongBefore`; a younger one may have been told by an event that has just come.
   */
  restore(tenantId: string, subject: HistorySubject, entries: readonly HistoryEntry[], wrongBefore: Date): Promise<void>;
  page(tenantId: string, query: HistoryQuery): Promise<Page<HistoryEntry>>;
  ensureIndexes(): Promise<void>;
}

export const createHistoryStore = ({ connection }: Platform): HistoryStore => {
  const collection = collectionOf<StoredEntry>(connection, 'history');
  const writes = createBatchedWrites(collection);

  const addOne = async (tenantId: string, { id, ...entry }: HistoryEntry): Promise<void> => {
    try {
      await writes.insert({ ...entry, _id: id, tenantId });
    } catch (error) {
      if (duplicateFields(error) === undefined) throw error;
    }
  };

  const add: HistoryStore['add'] = async (tenantId, entries) => {
    for (const entry of entries) await addOne(tenantId, entry);
  };

  return {
    add,
    restore: async (tenantId, { kind, id: subjectId }, entries, wrongBefore) => {
      await add(tenantId, entries);
      const right = entries.map(({ id }) => id);
      await collection.deleteMany({ tenantId, [`${kind}.id`]: subjectId, _id: { $nin: right }, at: { $lt: wrongBefore } });
    },
    page: (tenantId, { assetId, customerId, page, pageSize }) => {
      const filter: Filter<StoredEntry> = { tenantId, assetId, ...(customerId === undefined ? {} : { customerId }) };
      return readPage(collection, { filter, sort: { at: -1, _id: -1 }, page, pageSize });
    },
    ensureIndexes: () =>
      ensureIndexes(collection, [
        { fields: { assetId: 1, at: 1, id: 1 } },
        { fields: { assetId: 1, customerId: 1, at: 1, id: 1 } },
        ...(['ticket.id', 'repair.id', 'appointment.id'] as const).map((field) => ({
          fields: { [field]: 1 as const },
          partial: { [field]: { $exists: true } },
        })),
      ]),
  };
};
