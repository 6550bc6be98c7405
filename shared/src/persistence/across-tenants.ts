import { collectionOf } from './collection.js';
import type { Document, Filter, IndexDescription } from 'mongodb';
import type { Connection } from 'mongoose';
import { ensureIndexes } from './indexes.js';

/** An entity by its tenant and id. */
export interface Found {
  readonly tenantId: string;
  readonly id: string;
}

/** For jobs by the clock, which belong to no tenant: says where there is something to do, and nothing else. */
export interface AcrossTenants {
  find(filter: Filter<Document>, limit: number): Promise<readonly Found[]>;
  /** The tenants with something that matches. */
  tenants(filter: Filter<Document>): Promise<readonly string[]>;
  /** Removes entries that nobody is told of, such as log entries past their time; says how many. */
  remove(found: readonly Found[]): Promise<number>;
  ensureIndexes(): Promise<void>;
}

type Stored = Document & { readonly _id: string; readonly tenantId: string };

/** Over one collection; `indexes` have to serve the filters that are asked. */
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

/** An index over a moment at which something has to be done; only documents that wait for one are in it. */
export const momentIndex = (field: string): IndexDescription => ({
  key: { [field]: 1 },
  partialFilterExpression: { [field]: { $exists: true } },
});
