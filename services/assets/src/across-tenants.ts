import type { Collection, Document, Filter, IndexDescription } from 'mongodb';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Platform } from '@riparo/shared/runtime/platform';

export interface Found {
  readonly tenantId: string;
  readonly id: string;
}

/** For jobs by the clock, which belong to no tenant: says where there is something to do, and nothing else. */
export interface AcrossTenants {
  find(filter: Filter<Document>, limit: number): Promise<readonly Found[]>;
  ensureIndexes(): Promise<void>;
}

/** `index` has to serve the filters that are asked. */
export const createAcrossTenants = ({ connection }: Platform, name: string, index: IndexDescription): AcrossTenants => {
  const collection = connection.collection(name) as unknown as Collection<Document & { _id: string }>;
  return {
    find: async (filter, limit) => {
      const documents = await collection
        .find(filter as Filter<Document & { _id: string }>, { projection: { tenantId: 1 } })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, tenantId }) => ({ tenantId: String(tenantId), id: _id }));
    },
    ensureIndexes: () => ensureIndexes(collection, [], [index]),
  };
};
