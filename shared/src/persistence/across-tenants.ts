import { collectionOf } from './collection.js';
import type { Document, Filter, IndexDescription } from 'mongodb';
import type { Connection } from 'mongoose';
import { ensureIndexes } from './indexes.js';

/** Tenant and id of an entity. */
export interface Found {
  readonly tenantId: string;
  readonly id: string;
}

/**
 * Finds the entities of all tenants that have something to do. Only for jobs, which belong to no tenant; it reads
 * nothing but tenant and id.
 */
export interface AcrossTenants {
  find(filter: Filter<Document>, limit: number): Promise<readonly Found[]>;
  /** The tenants that have at least one match. */
  tenants(filter: Filter<Document>): Promise<readonly string[]>;
  /** Removes entries whose end is no event, such as log entries past their time; returns how many. */
  remove(found: readonly Found[]): Promise<number>;
  ensureIndexes(): Promise<void>;
}

type Stored = Document & { readonly _id: string; readonly tenantId: string };

/** Reads one collection. `indexes` must serve the filters that the jobs use. */
export const createAcrossTenants = (
  { connection }: { readonly connection: Connection },
  name: string,
  indexes: readonly IndexDescription[] = [],
): AcrossTenants => {
  const collection = collectionOf<Stored>(connection, name);
  return {
    find: async (filter, limit) => {
      const documents = await collection
        .find(filter as Filter<Stored>, { projection: { tenantId: 1 } })
        .limit(limit)
        .toArray();
      return documents.map(({ _id, tenantId }) => ({ tenantId, id: _id }));
    },
    tenants: async (filter) => collection.distinct('tenantId', filter as Filter<Stored>),
    remove: async (found) => (await collection.deleteMany({ _id: { $in: found.map(({ id }) => id) } })).deletedCount,
    ensureIndexes: () => ensureIndexes(collection, [], indexes),
  };
};

/** An index over the moment at which an entity needs something done. Only entities with such a moment are in the index. */
export const momentIndex = (field: string): IndexDescription => ({
  key: { [field]: 1 },
  partialFilterExpression: { [field]: { $exists: true } },
});
