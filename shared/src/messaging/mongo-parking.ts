import type { Connection } from 'mongoose';
import { readEnvelope } from './envelope.js';
import type { ParkedRecord, ParkingLot } from './parking-lot.js';

interface ParkedDocument {
  readonly _id: string;
  readonly queue: string;
  readonly id: string;
  readonly reason: string;
  readonly parkedAt: string;
  readonly attempts?: number;
  /** The event as text: its data may have keys that the database takes for operators, and replay must return the event unchanged. */
  readonly body: string;
  readonly revision: number;
}

const toRecord = ({ queue, id, reason, parkedAt, attempts, body, revision }: ParkedDocument): ParkedRecord => ({
  queue,
  id,
  reason,
  parkedAt,
  ...(attempts === undefined ? {} : { attempts }),
  revision,
  event: readEnvelope(body),
});

/** Keeps parked events in the collection `parkedEvents`, so that they survive the process. */
export const createMongoParking = (connection: Connection): ParkingLot => {
  const collection = () => connection.collection<ParkedDocument>('parkedEvents');
  let indexed: Promise<unknown> | undefined;
  const ready = async () => {
    indexed ??= collection().createIndex({ queue: 1, parkedAt: 1 }, {}, {});
    await indexed.catch((error: unknown) => {
      indexed = undefined;
      throw error;
    });
    return collection();
  };
  return {
    park: async ({ queue, id, reason, parkedAt, attempts, event }) => {
      const body = 'raw' in event ? event.raw : JSON.stringify(event);
      const parked = await ready();
      await parked.updateOne(
        { _id: `${queue}|${id}` },
        { $set: { queue, id, reason, parkedAt, ...(attempts === undefined ? {} : { attempts }), body }, $inc: { revision: 1 } },
        { upsert: true },
      );
    },
    list: async (queue, limit, ids) => {
      const parked = await ready();
      const filter = { queue, ...(ids === undefined ? {} : { _id: { $in: ids.map((id) => `${queue}|${id}`) } }) };
      const found = await parked.find(filter, { sort: { parkedAt: 1 }, limit }).toArray();
      return found.map(toRecord);
    },
    take: async ({ queue, id, revision }) => {
      const parked = await ready();
      await parked.deleteOne({ _id: `${queue}|${id}`, revision });
    },
  };
};
