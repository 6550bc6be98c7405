import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { createBatchedWrites } from '@riparo/shared/persistence/batched-writes';
import { collectionOf, readPage } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Page } from '@riparo/shared/persistence/repository';
import type { StockMovement } from './stock-movement.js';

interface StoredMovement extends Document, Omit<StockMovement, 'id'> {
  readonly _id: string;
  readonly tenantId: string;
  readonly partId: string;
}

/** The ledgers of all parts; movements are only ever added. */
export interface LedgerStore {
  /** A movement that is there already stays as it is. */
  add(tenantId: string, partId: string, movements: readonly StockMovement[]): Promise<void>;
  /** Which of these are there. */
  known(tenantId: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** The movements of a part, the newest first. */
  page(tenantId: string, partId: string, page: number, pageSize: number): Promise<Page<StockMovement>>;
  ensureIndexes(): Promise<void>;
}

export const createLedgerStore = ({ connection }: Platform): LedgerStore => {
  const collection = collectionOf<StoredMovement>(connection, 'stock_movements');
  const writes = createBatchedWrites(collection);

  const addOne = async (document: StoredMovement): Promise<void> => {
    try {
      await writes.insert(document);
    } catch (error) {
      if (duplicateFields(error)?.includes('_id') !== true) throw error;
    }
  };

  return {
    add: async (tenantId, partId, movements) => {
      await Promise.all(movements.map(({ id, ...movement }) => addOne({ ...movement, _id: id, tenantId, partId })));
    },
    known: async (tenantId, ids) => {
      if (ids.length === 0) return new Set();
      const found = await collection.find({ _id: { $in: [...ids] }, tenantId }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    page: (tenantId, partId, page, pageSize) =>
      readPage(collection, { filter: { tenantId, partId }, sort: { position: -1 }, page, pageSize, hidden: ['partId'] }),
    ensureIndexes: () => ensureIndexes(collection, [{ fields: { partId: 1, position: 1 } }]),
  };
};
