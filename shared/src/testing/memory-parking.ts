import type { ParkedRecord, ParkingLot } from '../messaging/parking-lot.js';

/** A parking lot in memory, for tests that do not check what survives the process. */
export const createMemoryParking = (): ParkingLot => {
  const records = new Map<string, ParkedRecord>();
  return {
    park: (event) => {
      const key = `${event.queue}|${event.id}`;
      records.set(key, { ...event, revision: (records.get(key)?.revision ?? 0) + 1 });
      return Promise.resolve();
    },
    list: (queue, limit, ids) =>
      Promise.resolve(
        [...records.values()].filter((record) => record.queue === queue && (ids?.includes(record.id) ?? true)).slice(0, limit),
      ),
    take: ({ queue, id, revision }) => {
      const key = `${queue}|${id}`;
      if (records.get(key)?.revision === revision) records.delete(key);
      return Promise.resolve();
    },
  };
};
