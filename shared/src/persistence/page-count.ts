import type { Collection, Document, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';
import { atMost } from '../runtime/at-most.js';

/** Bounds at which counting for totals stops. */
export interface CountBounds {
  /** Index entries that are counted at most. */
  readonly counted: number;
  /** Documents that are read at most, where an index cannot answer the filter alone. */
  readonly lookedAt: number;
}

/** Each bound costs a tenth of a second at most. */
const BOUNDS: CountBounds = { counted: 100_000, lookedAt: 20_000 };

/** Counts among fewer entries are not remembered: they cost less than the memory. */
const REMEMBERED_FROM = 1_000;
const REMEMBERED_MS = 5_000;
/** A count is remembered 100 times as long as it took, so that counting takes a hundredth of the time: 200 ms are remembered for 20 s. */
const REMEMBERED_TIMES = 100;
/** Longest time that a count is remembered. A count also takes long when it waited for the database. */
const REMEMBERED_MAX_MS = 60_000;
const REMEMBERED_FILTERS = 1_000;

export interface Total {
  readonly totalCount: number;
  /** Counting stopped at its bound, so there may be more. */
  readonly totalIsLowerBound?: true;
}

export interface Countable {
  /** Conditions that an index answers. */
  readonly filter: Filter<StoredDocument>;
  /** Conditions for which documents must be read. */
  readonly besides?: Filter<StoredDocument>;
  readonly hint?: Document;
}

/** Counts the documents that meet one of these. No document may meet two of them. */
export type CountMatches = (wanted: readonly Countable[]) => Promise<Total>;

interface Counted extends Total {
  /** Index entries that the count went through. */
  readonly among: number;
}

/** JSON would turn a regular expression into an empty object. */
const asKey = (_: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);

const total = (count: number, ended: boolean): Total => (ended ? { totalCount: count, totalIsLowerBound: true } : { totalCount: count });

const summed = (parts: readonly Counted[]): Counted => ({
  ...total(
    parts.reduce((sum, { totalCount }) => sum + totalCount, 0),
    parts.some(({ totalIsLowerBound }) => totalIsLowerBound),
  ),
  among: parts.reduce((sum, { among }) => sum + among, 0),
});

/**
 * Counts for the totals of pages. A total must not cost more than its page, however much data there is, so a count
 * stops at its bound and says so.
 */
export const createPageCount = (collection: Collection<StoredDocument>, { counted, lookedAt }: CountBounds = BOUNDS): CountMatches => {
  const large = new LRUCache<string, Total>({ ...atMost(REMEMBERED_FILTERS), ttl: REMEMBERED_MS });

  const countKeys = ({ filter, hint }: Countable, most: number): Promise<number> =>
    collection.countDocuments(filter, { limit: most, ...(hint === undefined ? {} : { hint }) });

  const countAmong = async ({ filter, besides = {}, hint }: Countable): Promise<number> => {
    const stages = [{ $match: filter }, { $limit: lookedAt }, { $match: besides }, { $count: 'n' }];
    const [found] = await collection.aggregate<{ n: number }>(stages, hint === undefined ? {} : { hint }).toArray();
    return found?.n ?? 0;
  };

  const countOne = async (wanted: Countable): Promise<Counted> => {
    if (wanted.besides !== undefined) {
      const [among, found] = await Promise.all([countKeys(wanted, lookedAt + 1), countAmong(wanted)]);
      return { ...total(found, among > lookedAt), among };
    }
    const count = await countKeys(wanted, counted + 1);
    return { ...total(Math.min(count, counted), count > counted), among: count };
  };

  return async (wanted) => {
    const key = JSON.stringify(wanted, asKey);
    const known = large.get(key);
    if (known !== undefined) return known;
    const begun = performance.now();
    const { among, ...found } = summed(await Promise.all(wanted.map(countOne)));
    const ttl = Math.min(REMEMBERED_MAX_MS, Math.max(REMEMBERED_MS, REMEMBERED_TIMES * (performance.now() - begun)));
    if (among >= REMEMBERED_FROM) large.set(key, found, { ttl });
    return found;
  };
};
