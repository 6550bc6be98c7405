import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';

/**
 * The driver's own collection of a mongoose connection. A service gets an open connection, so mongoose's buffering,
 * which the type warns of, does not occur.
 */
export const collectionOf = <D extends Document>(connection: Connection, name: string): Collection<D> => connection.collection<D>(name);
