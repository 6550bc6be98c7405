import { HOUR_MS } from '../../src/time/units.js';
import { expect } from 'chai';
import { createDerivedUpkeep } from '../../src/persistence/derived-upkeep.js';
import { createRefreshDerived } from '../../src/persistence/refresh-derived.js';
import type { Repository } from '../../src/persistence/repository.js';
import { openRooms, type Room, type RoomScene } from './room.js';

const IDS = ['a', 'b', 'c', 'd', 'e'];

describe('the upkeep of derived fields', () => {
  let scene: RoomScene;
  let rooms: Repository<Room, 'visits'>;
  beforeEach(async () => {
    scene = await openRooms();
    rooms = scene.instance();
    for (const [index, id] of IDS.entries())
      await rooms.in(index % 2 === 0 ? 'even' : 'odd').insert({ id, name: id, seats: 1, note: 'old', visits: ['x'] });
  });
  afterEach(() => scene.end());

  /** An instance that makes notes of names. `before` runs when it has read a room. */
  const instance = (scheme = 2, before: (id: string) => Promise<unknown> = () => Promise.resolve()) =>
    createDerivedUpkeep({ ...scene, scheme, batch: 2, steps: 1 }, [
      createRefreshDerived<Room>(scene, {
        collection: 'rooms',
        leaveOut: ['visits'],
        derive: async (_, { id }) => {
          await before(id);
          return ({ name }) => ({ note: `${name}${scheme}` });
        },
      }),
    ]);
  const stored = () => scene.connection.collection<{ _id: string; note: string; version: number; updatedAt: Date }>('rooms');
  const notes = async () => (await stored().find().sort({ _id: 1 }).toArray()).map(({ note }) => note);
  const ALL = ['a2', 'b2', 'c2', 'd2', 'e2'];

  it('when instances stop after any step, then the next one goes on, newest first, and no version changes', async () => {
    await instance()();
    expect(await notes()).to.deep.equal(['old', 'old', 'old', 'd2', 'e2']);
    await instance()();
    expect(await notes()).to.deep.equal(['old', 'b2', 'c2', 'd2', 'e2']);
    await instance()();
    expect(await notes()).to.deep.equal(ALL);
    scene.clock.advance(1_000);
    expect((await stored().find().toArray()).map(({ version, updatedAt }) => [version, updatedAt.toISOString()])).to.deep.equal(
      IDS.map(() => [1, '2026-05-04T10:00:00.000Z']),
    );
  });

  it('when a step fails, then it is done again', async () => {
    let refused = false;
    const run = instance(2, async (id) => {
      if (id !== 'd' || refused) return;
      refused = true;
      throw new Error('the database is away');
    });
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error');
    for (let step = 0; step < 3; step++) await run();
    expect(await notes()).to.deep.equal(ALL);
  });

  it('when two instances run at once, then all is done', async () => {
    const both = [instance(), instance()];
    for (let step = 0; step < 3; step++) await Promise.all(both.map((run) => run()));
    expect(await notes()).to.deep.equal(ALL);
  });

  it('when an instance of the former version still writes, then that is found an hour later, and once', async () => {
    const run = instance();
    for (let step = 0; step < 3; step++) await run();
    await stored().updateOne({ _id: 'c' }, { $set: { note: 'old' } });
    await run();
    expect((await notes())[2]).to.equal('old');
    scene.clock.advance(HOUR_MS);
    for (let step = 0; step < 3; step++) await run();
    expect(await notes()).to.deep.equal(ALL);
    await stored().updateOne({ _id: 'c' }, { $set: { note: 'by hand' } });
    scene.clock.advance(HOUR_MS);
    for (const again of [run, instance()]) for (let step = 0; step < 3; step++) await again();
    expect((await notes())[2]).to.equal('by hand');
  });

  it('when a newer version has done its work, then a former one leaves that alone', async () => {
    for (let step = 0; step < 3; step++) await instance(2)();
    for (let step = 0; step < 3; step++) await instance(3)();
    expect((await notes())[0]).to.equal('a3');
    for (let step = 0; step < 3; step++) await instance(2)();
    expect((await notes())[0]).to.equal('a3');
  });

  it('when somebody edits meanwhile, then their edit counts', async () => {
    const run = instance(2, (id) =>
      rooms.in(IDS.indexOf(id) % 2 === 0 ? 'even' : 'odd').update(id, (state) => ({ state: { ...state, name: `${id}!` } })),
    );
    for (let step = 0; step < 3; step++) await run();
    expect(await notes()).to.deep.equal(['a!2', 'b!2', 'c!2', 'd!2', 'e!2']);
  });
});
