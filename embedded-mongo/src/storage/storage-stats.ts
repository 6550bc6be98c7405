import { type Doc, doc, type Value } from '../bson/values.js';
import type { Collection } from './catalog.js';

/**
 * What collStats and $collStats say of a collection. Sizes are those of the documents, divided by `scale`; LMDB keeps
 * all collections in one file, so space on disk cannot be told apart.
 */
export function storageStats(collection: Collection | undefined, scale: number): Doc {
  const count = collection?.count ?? 0;
  const bytes = collection?.bytes ?? 0;
  const indexes = collection?.indexes ?? [];
  const size = BigInt(Math.floor(bytes / scale));
  return doc({
    size,
    count: BigInt(count),
    avgObjSize: count > 0 ? Math.floor(bytes / count) : undefined,
    storageSize: size,
    nindexes: indexes.length,
    indexBuilds: indexes.filter(({ ready }) => !ready).map(({ name }) => name),
    totalIndexSize: 0,
    totalSize: size,
    indexSizes: new Map(indexes.map((index): [string, Value] => [index.name, 0])),
    capped: false,
    scaleFactor: scale,
  });
}
