import type { Replica, Replicated } from '@riparo/shared/persistence/replica';
import { LRUCache } from 'lru-cache';

/**
 * How long another instance's news may go unnoticed, in ms. What this instance hears itself is forgotten at once, so one
 * process alone is never behind.
 */
const STALE_MS = 5_000;
const MAX_ENTRIES = 5_000;

/** Reads of a replica that lists repeat over and over: names, owners, places. */
export interface CachedReplica<T> {
  find(tenantId: string, id: string): Promise<(T & Replicated) | undefined>;
  findMany(tenantId: string, ids: readonly (string | undefined)[]): Promise<ReadonlyMap<string, T & Replicated>>;
  /** Reads it anew when it is asked for next. */
  forget(tenantId: string, id: string): void;
  /** Writes if newer, and forgets what was read before. */
  keep(tenantId: string, id: string, version: number, value: T): Promise<boolean>;
}

export const cachedReplica = <T extends object>(replica: Replica<T>): CachedReplica<T> => {
  const cache = new LRUCache<string, T & Replicated>({ max: MAX_ENTRIES, ttl: STALE_MS });
  const keyOf = (tenantId: string, id: string): string => `${tenantId}\n${id}`;
  const findMany: CachedReplica<T>['findMany'] = async (tenantId, ids) => {
    const found = new Map<string, T & Replicated>();
    const missing = new Set<string>();
    for (const id of ids) {
      if (id === undefined) continue;
      const known = cache.get(keyOf(tenantId, id));
      if (known === undefined) missing.add(id);
      else found.set(id, known);
    }
    if (missing.size === 0) return found;
    // What is not there is not remembered: it may arrive any moment.
    for (const [id, value] of await replica.in(tenantId).findMany([...missing])) {
      cache.set(keyOf(tenantId, id), value);
      found.set(id, value);
    }
    return found;
  };
  return {
    findMany,
    forget: (tenantId, id) => void cache.delete(keyOf(tenantId, id)),
    find: async (tenantId, id) => (await findMany(tenantId, [id])).get(id),
    keep: async (tenantId, id, version, value) => {
      const kept = await replica.in(tenantId).keep(id, version, value);
      cache.delete(keyOf(tenantId, id));
      return kept;
    },
  };
};
