import mongoose, { type Connection } from 'mongoose';

export interface MongoConnectionOptions {
  readonly url: string;
  /** Each service has its own database. */
  readonly database: string;
  /** Limit of sockets to the server; default 50. */
  readonly maxPoolSize?: number;
  /** Makes the driver report every command, for tests that check query plans; default false. */
  readonly monitorCommands?: boolean;
}

/**
 * Opens a connection of its own, never mongoose's global one. A write is acknowledged when a majority of the servers
 * has it in its journal: a 2xx answer promises that the write survives a crash. Rejects when no server answers within 5
 * seconds.
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
