import type { Document, Filter, Sort, WithoutId } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import { createBatchedWrites } from './batched-writes.js';
import { toStoredFilter, toStoredSort } from './documents.js';
import { duplicateFields } from './duplicate-key.js';
import { ensureIndexes, type IndexDeclaration } from './indexes.js';
import { atMost } from '../runtime/at-most.js';

export interface ReplicaOptions {
  readonly connection: Connection;
  readonly collection: string;
  readonly indexes?: readonly IndexDeclaration[];
}

/** A replicated entity of another service, as of its last event. */
export interface Replicated {
  readonly id: string;
  /** The version in the owning service. */
  readonly version: number;
}

export interface TenantReplica<T> {
  find(id: string): Promise<(T & Replicated) | undefined>;
  findMany(ids: readonly string[]): Promise<ReadonlyMap<string, T & Replicated>>;
  findOne(filter: Filter<T>): Promise<(T & Replicated) | undefined>;
  list(filter: Filter<T>, options: { readonly sort?: Sort; readonly limit: number }): Promise<readonly (T & Replicated)[]>;
  count(filter: Filter<T>): Promise<number>;
  /** Writes the value if `version` is newer than the stored one; returns whether it was. */
  keep(id: string, version: number, value: T): Promise<boolean>;
  /** Writes the value unless the stored one is newer. For rebuilding a replica that may be wrong. */
  restore(id: string, version: number, value: T): Promise<void>;
}

export interface Replica<T> {
  in(tenantId: string): TenantReplica<T>;
  ensureIndexes(): Promise<void>;
}

/**
 * Several events of one change have the same version and arrive together. The remembered version shows that the second
 * one is not newer, without a question to the database. It is remembered for 10 s only, because the database has the
 * last word.
 */
const REMEMBERED = { ...atMost(10_000), ttl: 10_000 };

interface ReplicaDocument extends Document {
  _id: string;
  tenantId: string;
  version: number;
}

/**
 * A local copy that follows events by "write if the version is newer": duplicates, wrong order and replays of events
 * cannot set it back. A removed thing stays as a tombstone (the value says so), or an old event would revive it.
 */
export const createReplica = <T extends object>({ connection, collection: name, indexes = [] }: ReplicaOptions): Replica<T> => {
  const collection = collectionOf<ReplicaDocument>(connection, name);
  const writes = createBatchedWrites(collection);
  const keptVersions = new LRUCache<string, number>(REMEMBERED);
  const toValue = ({ _id, tenantId: _tenant, ...value }: ReplicaDocument): T & Replicated =>
    ({ ...value, id: _id }) as unknown as T & Replicated;
  const replaceOlder = async (older: Filter<ReplicaDocument>, copy: WithoutId<ReplicaDocument>): Promise<boolean> => {
    try {
      await writes.put(older, copy);
      return true;
    } catch (error) {
      if (duplicateFields(error)?.includes('_id') !== true) throw error;
      // MongoDB refuses the upsert when the stored version is newer: then this write matches nothing. It also refuses when
      // another event has inserted the document at the same moment: that event may be older, and then this write replaces it.
      return (await collection.replaceOne(older, copy)).matchedCount > 0;
    }
  };
  return {
    in: (tenantId) => {
      const scope = (filter: object): Filter<ReplicaDocument> => ({ tenantId, ...toStoredFilter(filter) }) as Filter<ReplicaDocument>;
      return {
        find: async (id) => {
          const document = await collection.findOne({ _id: id, tenantId });
          return document === null ? undefined : toValue(document);
        },
        findMany: async (ids) => {
          const documents = ids.length === 0 ? [] : await collection.find({ _id: { $in: [...new Set(ids)] }, tenantId }).toArray();
          return new Map(documents.map((document) => [document._id, toValue(document)]));
        },
        findOne: async (filter) => {
          const document = await collection.findOne(scope(filter));
          return document === null ? undefined : toValue(document);
        },
        list: async (filter, { sort = { id: 1 }, limit }) => {
          const documents = await collection.find(scope(filter)).sort(toStoredSort(sort)).limit(limit).toArray();
          return documents.map(toValue);
        },
        count: (filter) => collection.countDocuments(scope(filter)),
        keep: async (id, version, value) => {
          const key = `${tenantId}\n${id}`;
          if (version <= (keptVersions.get(key) ?? -Infinity)) return false;
          const newer = await replaceOlder({ _id: id, tenantId, version: { $lt: version } }, { ...value, tenantId, version });
          if (newer) keptVersions.set(key, Math.max(version, keptVersions.get(key) ?? version));
          return newer;
        },
        restore: async (id, version, value) => {
          await replaceOlder({ _id: id, tenantId, version: { $lte: version } }, { ...value, tenantId, version });
        },
      };
    },
    ensureIndexes: () => ensureIndexes(collection, indexes),
  };
};
