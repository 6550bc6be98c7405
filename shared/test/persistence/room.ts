import type { CountBounds } from '../../src/persistence/page-count.js';
import { createMongoRepository } from '../../src/persistence/mongo-repository.js';
import type { OutboxEntry, OutboxRelay, OutboxStore } from '../../src/persistence/outbox-store.js';
import type { Entity, Repository } from '../../src/persistence/repository.js';
import { createTestClock, type TestClock } from '../../src/testing/test-clock.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';
import type { Connection } from 'mongoose';

/** A small entity with everything that repositories know: a unique field, a growing array, soft deletion. */
export interface Room extends Entity {
  readonly name: string;
  readonly seats: number;
  readonly note?: string;
  readonly visits: readonly string[];
}

export interface Offered {
  readonly store: OutboxStore;
  readonly entries: readonly OutboxEntry[];
}

export interface RoomScene {
  readonly connection: Connection;
  readonly clock: TestClock;
  readonly offered: readonly Offered[];
  readonly stores: readonly OutboxStore[];
  /** Another instance over the same collection. */
  instance(countBounds?: CountBounds): Repository<Room, 'visits'>;
  end(): Promise<void>;
}

export const openRooms = async (connect: () => Promise<Connection> = connectTestDatabase): Promise<RoomScene> => {
  const connection = await connect();
  const clock = createTestClock('2026-05-04T10:00:00Z');
  const offered: Offered[] = [];
  const stores: OutboxStore[] = [];
  const relay: OutboxRelay = { offer: (store, entries) => offered.push({ store, entries }), register: (store) => stores.push(store) };
  return {
    connection,
    clock,
    offered,
    stores,
    instance: (countBounds) =>
      createMongoRepository<Room, 'visits'>({
        connection,
        service: 'hotel',
        collection: 'rooms',
        clock,
        relay,
        indexes: [{ fields: { name: 1 }, unique: true }, { fields: { seats: 1, id: -1 } }, { fields: { visits: 1 } }],
        appendOnly: ['visits'],
        softDelete: true,
        ...(countBounds && { countBounds }),
      }),
    end: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
};
