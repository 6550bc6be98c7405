import { createRecentReads, type RecentReads, type RecentReadsOptions } from './recent-reads.js';
import type { Replica, Replicated } from './replica.js';

/**
 * A replica with a memory: `find` and `findMany` may be `staleMs` behind what another instance has heard. `in(tenantId)`
 * is the replica itself and always reads the database; what is kept or restored through it is forgotten at once, so one
 * process alone is never behind.
 */
export interface CachedReplica<T> extends Replica<T>, RecentReads<T & Replicated> {}

export const createCachedReplica = <T extends object>(replica: Replica<T>, options: RecentReadsOptions = {}): CachedReplica<T> => {
  const reads = createRecentReads<T & Replicated>((tenantId, ids) => replica.in(tenantId).findMany(ids), options);
  return {
    ...reads,
    in: (tenantId) => {
      const copy = replica.in(tenantId);
      return {
        ...copy,
        keep: async (id, version, value) => {
          const kept = await copy.keep(id, version, value);
          reads.forget(tenantId, id);
          return kept;
        },
        restore: async (id, version, value) => {
          await copy.restore(id, version, value);
          reads.forget(tenantId, id);
        },
      };
    },
    ensureIndexes: () => replica.ensureIndexes(),
  };
};
