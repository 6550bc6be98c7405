import { expect } from 'chai';
import { TOPOLOGY } from '@riparo/shared/contracts/topology';
import { connectMongo } from '@riparo/shared/persistence/connection';
import type { RabbitHost } from '@riparo/shared/testing/rabbit-node';
import type { OpenDatabase } from './system.js';

const SERVICES = Object.keys(TOPOLOGY);

/** Does `look` with each of these databases, one after the other. */
const inDatabases = async <T>({ url }: OpenDatabase, names: readonly string[], look: (database: Database) => Promise<T>): Promise<T[]> => {
  const seen: T[] = [];
  for (const name of names) {
    const connection = await connectMongo({ url, database: `riparo_${name}`, maxPoolSize: 2 });
    try {
      if (connection.db !== undefined) seen.push(await look(connection.db));
    } finally {
      await connection.close();
    }
  }
  return seen;
};

type Database = NonNullable<Awaited<ReturnType<typeof connectMongo>>['db']>;

/** Saved events that are not published, over all services. */
export const unpublished = async (database: OpenDatabase): Promise<readonly string[]> => {
  const found = await inDatabases(database, SERVICES, async (db) => {
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    // A look at nothing would find nothing.
    expect(collections, db.databaseName).to.not.deep.equal([]);
    const pending: string[] = [];
    for (const { name } of collections) {
      const count = await db.collection(name).countDocuments({ 'outbox.0': { $exists: true } });
      if (count > 0) pending.push(`${db.databaseName}.${name}: ${count}`);
    }
    return pending;
  });
  return found.flat();
};

/** Events that the in-process bus has parked. */
export const parkedInDatabase = async (database: OpenDatabase): Promise<readonly unknown[]> =>
  (await inDatabases(database, ['bus'], (db) => db.collection('parkedEvents').find({}).toArray())).flat();

/** How many places each technician's tickets take. */
export const placesTaken = async (database: OpenDatabase): Promise<readonly number[]> => {
  const technicians = await inDatabases(database, ['tickets'], (db) =>
    db.collection<{ places: readonly unknown[] }>('technicians').find({}).toArray(),
  );
  return technicians.flat().map(({ places }) => places.length);
};

/** Queues of the broker with something in them, the parked ones among them. */
export const filledQueues = async (broker: RabbitHost): Promise<readonly string[]> => {
  const lines = (await broker.ctl('list_queues', '--vhost', broker.host, 'name', 'messages')).trim().split('\n');
  const queues = lines.map((line) => line.split('\t')).filter(([name]) => name !== 'name');
  expect(queues.map(([name]) => name)).to.include.members(SERVICES.flatMap((name) => [name, `${name}.parked`]));
  return queues.filter(([, messages]) => messages !== '0').map((queue) => queue.join(': '));
};
