import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { isDependencyAway } from '../../src/messaging/dependency-away.js';
import { connectMongo } from '../../src/persistence/connection.js';
import type { Repository } from '../../src/persistence/repository.js';
import { connectTestDatabase, testMongoUrl } from '../../src/testing/test-database.js';
import { createTcpCutter, type TcpCutter } from '../messaging/tcp-cutter.js';
import { openRooms, type Room, type RoomScene } from './room.js';

describe('a connection that is lost while a write is under way', () => {
  let direct: Connection;
  let line: TcpCutter;
  let scene: RoomScene;
  let rooms: Repository<Room, 'visits'>;
  beforeEach(async () => {
    direct = await connectTestDatabase();
    line = await createTcpCutter(await testMongoUrl());
    scene = await openRooms(() => connectMongo({ url: line.url, database: direct.name, monitorCommands: true }));
    rooms = scene.instance();
    await rooms.ensureIndexes();
  });
  afterEach(async () => {
    await scene.connection.close();
    await line.close();
    // Not over the line: mongoose holds commands back until the next heartbeat, up to ten seconds, after a server was lost.
    await direct.dropDatabase();
    await direct.close();
  });

  /** What the write fails with when its command has left and no answer will come. */
  const lost = async (command: string, write: () => Promise<unknown>): Promise<unknown> => {
    const client = scene.connection.getClient();
    const cutOnce = ({ commandName }: { readonly commandName: string }): void => {
      if (commandName !== command) return;
      client.off('commandStarted', cutOnce);
      line.cut();
    };
    client.on('commandStarted', cutOnce);
    return write().then(
      () => undefined,
      (error: unknown) => error,
    );
  };

  const room = (name: string) => ({ id: name, name, seats: 2, visits: [] });
  const hotel = () => rooms.in('a');
  const writes: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['an insert', 'insert', () => hotel().insert(room('blue'))],
    ['an insert with a number', 'insert', () => hotel().insertNumbered('2026', (seats) => ({ ...room('blue'), seats }))],
    ['an update', 'update', () => hotel().update('red', (state) => ({ state: { ...state, seats: 9 } }))],
  ];
  for (const [what, command, write] of writes)
    it(`when it is ${what}, then the database counts as away`, async () => {
      await hotel().insert(room('red'));
      const error = await lost(command, write);
      expect(isDependencyAway(error), String(error)).to.equal(true);
    });
});
