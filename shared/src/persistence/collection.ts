import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/**
 * The driver's own collection of a mongoose connection. A service is handed a connection that is open, so what mongoose's
 * type says of buffering is of no concern here.
 */
export const collectionOf = <D extends Document>(connection: Connection, name: string): Collection<D> => connection.collection<D>(name);
