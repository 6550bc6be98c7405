import type { Collection, Document, Filter, Sort } from 'mongodb';
import type { Connection } from 'mongoose';
import type { Page } from './repository.js';

/**
 * The driver's own collection of a mongoose connection. A service gets an open connection, so mongoose's buffering,
 * which the type warns of, does not occur.
 */
export const collectionOf = <D extends Document>(connection: Connection, name: string): Collection<D> => connection.collection<D>(name);

export interface PageRequest<D> {
  readonly filter: Filter<D>;
  readonly sort: Sort;
  /** Counts from 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Fields that stay in the database, besides `tenantId`. */
  readonly hidden?: readonly (keyof D & string)[];
}

/**
 * A page of a collection that no repository keeps, such as one beside an aggregate. `filter` names the tenant. `T` is what
 * a document is without the hidden fields, with `id` for `_id`.
 */
export const readPage = async <D extends Document, T extends { readonly id: string }>(
  collection: Collection<D>,
  { filter, sort, page, pageSize, hidden = [] }: PageRequest<D>,
): Promise<Page<T>> => {
  const projection = Object.fromEntries(['tenantId', ...hidden].map((field) => [field, 0]));
  const cursor = collection.find(filter, { projection }).sort(sort);
  const [documents, totalCount] = await Promise.all([
    cursor
      .skip((page - 1) * pageSize)
      .limit(pageSize)
      .toArray(),
    collection.countDocuments(filter),
  ]);
  const items = documents.map(({ _id, ...item }) => ({ ...item, id: _id }) as unknown as T);
  return { items, page, pageSize, totalCount };
};
