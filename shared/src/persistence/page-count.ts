import type { Collection, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';

/** Up to here counts are exact; a larger one is remembered for a moment. */
const EXACT_UP_TO = 10_000;
const REMEMBERED_MS = 5_000;
const REMEMBERED_FILTERS = 1_000;

export type CountMatches = (filter: Filter<StoredDocument>) => Promise<number>;

/** Counts for page totals: page 1 of a million must not cost a million index entries each time. */
export const createPageCount = (collection: Collection<StoredDocument>): CountMatches => {
  const large = new LRUCache<string, number>({ max: REMEMBERED_FILTERS, ttl: REMEMBERED_MS });
  return async (filter) => {
    const key = JSON.stringify(filter);
    const known = large.get(key);
    if (known !== undefined) return known;
    const count = await collection.countDocuments(filter);
    if (count > EXACT_UP_TO) large.set(key, count);
    return count;
  };
};
