import { LRUCache } from 'lru-cache';

/** How long, in ms, another instance's news may go unnoticed. What this instance hears itself counts at once. */
const STALE_MS = 2_000;
const MAX_ENTRIES = 5_000;

/** Reads that a burst of messages repeats over and over. */
export interface Recent<T> {
  readonly find: (tenantId: string, id: string) => Promise<T | undefined>;
  forget(tenantId: string, id: string): void;
}

export interface RecentOptions {
  /** For what is mostly not there; what may arrive any moment must be asked for again. */
  readonly rememberAbsence?: boolean;
}

export const createRecent = <T>(
  load: (tenantId: string, id: string) => Promise<T | undefined>,
  { rememberAbsence = false }: RecentOptions = {},
): Recent<T> => {
  const cache = new LRUCache<string, { readonly value: T | undefined }>({ max: MAX_ENTRIES, ttl: STALE_MS });
  const keyOf = (tenantId: string, id: string): string => `${tenantId}\n${id}`;
  return {
    find: async (tenantId, id) => {
      const key = keyOf(tenantId, id);
      const known = cache.get(key);
      if (known !== undefined) return known.value;
      const value = await load(tenantId, id);
      if (value !== undefined || rememberAbsence) cache.set(key, { value });
      return value;
    },
    forget: (tenantId, id) => {
      cache.delete(keyOf(tenantId, id));
    },
  };
};
