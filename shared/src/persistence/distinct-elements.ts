import type { Collection, Document, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';

/** Documents that are read at a time; each tells of at least one element that was not known. */
const AT_A_TIME = 16;
const MAX_STEPS = 8;
const REMEMBERED = 2_000;

export interface ElementsWanted {
  readonly field: string;
  /** Whose arrays. */
  readonly filter: Filter<StoredDocument>;
  /** Elements from here … */
  readonly from: string;
  /** … and below this. */
  readonly to: string;
  /** The key of an index over the filter's fields and then `field`. */
  readonly hint: Document;
  /** With more of them than this nobody wants to know them. */
  readonly most: number;
}

export type DistinctElements = (wanted: ElementsWanted) => Promise<readonly string[] | undefined>;

/**
 * The different elements of an array's field between two texts, by asking for documents with one that is not known yet until
 * there are none: an index answers by skipping what is known, however many documents have it. What was found before is
 * only where the next question begins; the database has the last word each time.
 */
export const createDistinctElements = (collection: Collection<StoredDocument>): DistinctElements => {
  // Made when it is needed first: most collections are never asked, and it takes its room at once.
  let cache: LRUCache<string, readonly string[]> | undefined;
  return async ({ field, filter, from, to, hint, most }) => {
    const remembered = (cache ??= new LRUCache<string, readonly string[]>({ max: REMEMBERED }));
    const key = JSON.stringify([field, filter, from, to]);
    const known = new Set(remembered.get(key));
    for (let step = 0; step < MAX_STEPS && known.size <= most; step++) {
      const unknown = { $gte: from, $lt: to, ...(known.size === 0 ? {} : { $nin: [...known] }) };
      const documents = await collection
        .find({ ...filter, [field]: { $elemMatch: unknown } }, { projection: { _id: 0, [field]: 1 }, hint, limit: AT_A_TIME })
        .toArray();
      if (documents.length === 0) return [...known];
      const elements = documents.flatMap((document) => document[field] as unknown[]);
      for (const element of elements) if (typeof element === 'string' && element >= from && element < to) known.add(element);
      remembered.set(key, [...known].slice(0, most + 1));
    }
    return undefined;
  };
};
