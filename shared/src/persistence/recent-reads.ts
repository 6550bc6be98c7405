import { LRUCache } from 'lru-cache';
import { atMost } from '../runtime/at-most.js';

/** More reads are not kept: the one that was asked for longest ago goes first. */
const MAX_ENTRIES = 5_000;

export interface RecentReadsOptions {
  /** For how long, in ms, a change by another instance may go unnoticed; default 5,000. */
  readonly staleMs?: number;
  /** Also keeps that something is not there; default false, because what is not there may arrive any moment. */
  readonly rememberAbsence?: boolean;
}

/** Reads by id that lists and bursts of messages repeat over and over: names, owners, choices. */
export interface RecentReads<T> {
  find(tenantId: string, id: string): Promise<T | undefined>;
  /** Asks once for all ids that are not known here; an id that is `undefined` is passed over. */
  findMany(tenantId: string, ids: readonly (string | undefined)[]): Promise<ReadonlyMap<string, T>>;
  /** To be called after every change by this instance: the id is read anew when it is asked for next. */
  forget(tenantId: string, id: string): void;
}

/** What is there of several ids of a tenant, under its id. */
export type LoadMany<T> = (tenantId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;

/** Keeps what `load` answered, each for `staleMs`. One instance alone is never behind what it changed itself. */
export const createRecentReads = <T>(
  load: LoadMany<T>,
  { staleMs = 5_000, rememberAbsence = false }: RecentReadsOptions = {},
): RecentReads<T> => {
  const cache = new LRUCache<string, { readonly value: T | undefined }>({ ...atMost(MAX_ENTRIES), ttl: staleMs });
  const keyOf = (tenantId: string, id: string): string => `${tenantId}\n${id}`;
  /** For every load under way the keys that were forgotten since it began: it may have read what was there before. */
  const underWay = new Set<Set<string>>();

  const loadAnew = async (tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>> => {
    const forgotten = new Set<string>();
    underWay.add(forgotten);
    try {
      const loaded = await load(tenantId, ids);
      for (const id of ids) {
        const key = keyOf(tenantId, id);
        const value = loaded.get(id);
        if ((value !== undefined || rememberAbsence) && !forgotten.has(key)) cache.set(key, { value });
      }
      return loaded;
    } finally {
      underWay.delete(forgotten);
    }
  };

  const findMany: RecentReads<T>['findMany'] = async (tenantId, ids) => {
    const found = new Map<string, T>();
    const missing = new Set<string>();
    for (const id of ids) {
      if (id === undefined) continue;
      const known = cache.get(keyOf(tenantId, id));
      if (known === undefined) missing.add(id);
      else if (known.value !== undefined) found.set(id, known.value);
    }
    if (missing.size === 0) return found;
    for (const [id, value] of await loadAnew(tenantId, [...missing])) found.set(id, value);
    return found;
  };

  return {
    findMany,
    find: async (tenantId, id) => (await findMany(tenantId, [id])).get(id),
    forget: (tenantId, id) => {
      const key = keyOf(tenantId, id);
      cache.delete(key);
      for (const forgotten of underWay) forgotten.add(key);
    },
  };
};

/** `createRecentReads(oneByOne((tenantId, id) => …))`: for what cannot be read several at a time. */
export const oneByOne =
  <T>(load: (tenantId: string, id: string) => Promise<T | undefined>): LoadMany<T> =>
  async (tenantId, ids) => {
    const loaded = new Map<string, T>();
    for (const id of ids) {
      const value = await load(tenantId, id);
      if (value !== undefined) loaded.set(id, value);
    }
    return loaded;
  };
