import type { Collection, Document, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';

/** Totals are counted up to here. */
export const COUNTED_UP_TO = 10_000;
/** Where an index alone does not tell, this many documents are looked at for a total. */
const LOOKED_AT = 2_000;
/** A count of fewer costs less than remembering it is worth. */
const REMEMBERED_FROM = 1_000;
const REMEMBERED_MS = 5_000;
const REMEMBERED_FILTERS = 1_000;

export interface Total {
  readonly totalCount: number;
  /** There may be more: counting ended. */
  readonly totalIsLowerBound?: true;
}

export interface Countable {
  /** What an index answers. */
  readonly filter: Filter<StoredDocument>;
  /** What documents have to be looked at for. */
  readonly besides?: Filter<StoredDocument>;
  readonly hint?: Document;
}

export type CountMatches = (wanted: Countable) => Promise<Total>;

/** A regular expression is an empty object to JSON. */
const asKey = (_: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);

const total = (count: number, ended: boolean): Total => (ended ? { totalCount: count, totalIsLowerBound: true } : { totalCount: count });

/** Counts for page totals, which must not cost more than the page however much there is: they end at a bound, and say so. */
export const createPageCount = (collection: Collection<StoredDocument>): CountMatches => {
  const large = new LRUCache<string, Total>({ max: REMEMBERED_FILTERS, ttl: REMEMBERED_MS });

  const countKeys = ({ filter, hint }: Countable, most: number): Promise<number> =>
    collection.countDocuments(filter, { limit: most, ...(hint === undefined ? {} : { hint }) });

  const countAmong = async ({ filter, besides = {}, hint }: Countable): Promise<number> => {
    const stages = [{ $match: filter }, { $limit: LOOKED_AT }, { $match: besides }, { $count: 'n' }];
    const [found] = await collection.aggregate<{ n: number }>(stages, hint === undefined ? {} : { hint }).toArray();
    return found?.n ?? 0;
  };

  const counted = async (wanted: Countable): Promise<Total> => {
    if (wanted.besides !== undefined) {
      const [among, found] = await Promise.all([countKeys(wanted, LOOKED_AT + 1), countAmong(wanted)]);
      return total(found, among > LOOKED_AT);
    }
    const count = await countKeys(wanted, COUNTED_UP_TO + 1);
    return total(Math.min(count, COUNTED_UP_TO), count > COUNTED_UP_TO);
  };

  return async (wanted) => {
    const key = JSON.stringify(wanted, asKey);
    const known = large.get(key);
    if (known !== undefined) return known;
    const found = await counted(wanted);
    if (found.totalCount >= REMEMBERED_FROM || found.totalIsLowerBound === true) large.set(key, found);
    return found;
  };
};
