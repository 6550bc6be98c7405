import type { Collection, Document, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';

/** Where counting for totals ends. */
export interface CountBounds {
  /** Matches that an index tells of. */
  readonly counted: number;
  /** Documents that are looked at where an index alone does not tell. */
  readonly lookedAt: number;
}

/** Each costs a tenth of a second at most. */
const BOUNDS: CountBounds = { counted: 100_000, lookedAt: 20_000 };

/** Less is counted anew each time: it costs less than remembering it is worth. */
const REMEMBERED_FROM = 1_000;
const REMEMBERED_MS = 5_000;
/** What took long to count is remembered so many times longer, so that counting takes a hundredth of the time. */
const REMEMBERED_TIMES = 100;
/** A count that had to wait for the database took long too. */
const REMEMBERED_MAX_MS = 60_000;
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

/** Counts what meets any of these, of which no document meets two. */
export type CountMatches = (wanted: readonly Countable[]) => Promise<Total>;

interface Counted extends Total {
  /** How much was looked at. */
  readonly among: number;
}

/** A regular expression is an empty object to JSON. */
const asKey = (_: string, value: unknown): unknown => (value instanceof RegExp ? String(value) : value);

const total = (count: number, ended: boolean): Total => (ended ? { totalCount: count, totalIsLowerBound: true } : { totalCount: count });

const summed = (parts: readonly Counted[]): Counted => ({
  ...total(
    parts.reduce((sum, { totalCount }) => sum + totalCount, 0),
    parts.some(({ totalIsLowerBound }) => totalIsLowerBound),
  ),
  among: parts.reduce((sum, { among }) => sum + among, 0),
});

/** Counts for page totals, which must not cost more than the page however much there is: they end at a bound, and say so. */
export const createPageCount = (collection: Collection<StoredDocument>, { counted, lookedAt }: CountBounds = BOUNDS): CountMatches => {
  const large = new LRUCache<string, Total>({ max: REMEMBERED_FILTERS, ttl: REMEMBERED_MS });

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
