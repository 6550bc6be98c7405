import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/**
 * The driver's own collection of a mongoose connection: mongoose's type leaves out what buffering changes, which is of no
 * concern here, because a service is handed a connection that is open.
 */
export const collectionOf = <D extends Document>(connection: Connection, name: string): Collection<D> =>
  connection.collection<D>(name) as unknown as Collection<D>;
