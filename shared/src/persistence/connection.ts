import mongoose, { type Connection } from 'mongoose';

export interface MongoConnectionOptions {
  readonly url: string;
  /** Each service has its own database. */
  readonly database: string;
  /** Upper bound of sockets to the server; default 50. */
  readonly maxPoolSize?: number;
  /** Has the driver tell of every command, for tests that look at query plans; default false. */
  readonly monitorCommands?: boolean;
}

/**
 * Opens a connection of its own (never mongoose's global one). Writes are acknowledged once a majority has them in its
 * journal, because a 2xx answer promises that they survive a crash. Rejects when no server answers within 5 seconds.
 */
export const connectMongo = ({ url, database, maxPoolSize = 50, monitorCommands = false }: MongoConnectionOptions): Promise<Connection> =>
  mongoose
    .createConnection(url, {
      dbName: database,
      maxPoolSize,
      monitorCommands,
      serverSelectionTimeoutMS: 5_000,
      ignoreUndefined: true,
      autoIndex: false,
      autoCreate: false,
      writeConcern: { w: 'majority', journal: true },
    })
    .asPromise();
