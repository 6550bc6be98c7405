import type { Collection, Document, Filter } from 'mongodb';
import { LRUCache } from 'lru-cache';
import type { StoredDocument } from './documents.js';
import { atMost } from '../runtime/at-most.js';

/** Documents of one query. Each of them has at least one element that was not known before. */
const AT_A_TIME = 16;
const MAX_STEPS = 8;
const REMEMBERED = 2_000;

export interface ElementsWanted {
  readonly field: string;
  /** The documents whose arrays are read. */
  readonly filter: Filter<StoredDocument>;
  /** First text of the range. */
  readonly from: string;
  /** End of the range; not included. */
  readonly to: string;
  /** The key of an index over the filter's fields and then `field`. */
  readonly hint: Document;
  /** Limit of elements that are of use to the caller; with more, the answer is `undefined`. */
  readonly most: number;
}

export type DistinctElements = (wanted: ElementsWanted) => Promise<readonly string[] | undefined>;

/**
 * Finds the different elements of an array field between two texts. Each step asks for documents with an unknown
 * element, until there are none: the index skips the known elements, however many documents have them. The elements of
 * the last call are only the start of the next one; the database confirms them each time.
 */
export const createDistinctElements = (collection: Collection<StoredDocument>): DistinctElements => {
  const remembered = new LRUCache<string, readonly string[]>(atMost(REMEMBERED));
  return async ({ field, filter, from, to, hint, most }) => {
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
