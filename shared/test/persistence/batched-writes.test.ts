import { expect } from 'chai';
import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';
import { createBatchedWrites } from '../../src/persistence/batched-writes.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';

interface Item {
  readonly _id: string;
  readonly place: number;
  readonly version: number;
}

describe('writes that travel together', () => {
  let connection: Connection;
  let collection: Collection<Item>;
  before(async () => {
    connection = await connectTestDatabase();
    collection = connection.collection<Item>('items');
  });
  beforeEach(async () => {
    await collection.deleteMany({});
    await collection.createIndexes([{ key: { place: 1 }, name: 'place', unique: true }]);
  });
  after(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  const item = (place: number, id = `item-${place}`): Item => ({ _id: id, place, version: 1 });
  const codes = async (writes: readonly Promise<unknown>[]): Promise<readonly (number | string)[]> =>
    (await Promise.allSettled(writes)).map((end) => (end.status === 'fulfilled' ? 'ok' : (end.reason as { code: number }).code));

  it('when a unique index refuses one of many, then it alone fails and the others are written', async () => {
    const writes = createBatchedWrites(collection);
    const ends = await codes([1, 2, 3, 2, 4].map((place, index) => writes.insert(item(place, `item-${index}`))));
    expect(ends.filter((end) => end === 'ok')).to.have.lengthOf(4);
    expect(ends.filter((end) => end === 11000)).to.have.lengthOf(1);
    expect(await collection.countDocuments()).to.equal(4);
  });

  it('when fifty are inserted at once, then each is there', async () => {
    const writes = createBatchedWrites(collection);
    expect(await codes(Array.from({ length: 50 }, (_, place) => writes.insert(item(place))))).to.deep.equal(Array(50).fill('ok'));
    expect(await collection.countDocuments()).to.equal(50);
  });

  it('when a put meets a newer one, then it is refused and the newer one stays, whoever it travels with', async () => {
    const writes = createBatchedWrites(collection);
    await collection.insertMany([
      { ...item(1), version: 5 },
      { ...item(2), version: 5 },
    ]);
    const put = (place: number, version: number): Promise<void> => {
      const { _id, ...rest } = { ...item(place), version };
      return writes.put({ _id, version: { $lt: version } }, rest);
    };
    expect(await codes([put(9, 1), put(1, 4), put(2, 6), put(3, 1)])).to.deep.equal(['ok', 11000, 'ok', 'ok']);
    expect((await collection.find().sort({ place: 1 }).toArray()).map(({ place, version }) => [place, version])).to.deep.equal([
      [1, 5],
      [2, 6],
      [3, 1],
      [9, 1],
    ]);
  });

  it('when updates travel together, then all or none matching is told, and a mixture is left open', async () => {
    const writes = createBatchedWrites(collection);
    await collection.insertMany([1, 2, 3, 4].map((place) => item(place)));
    const update = (place: number, version: number) => writes.update({ _id: `item-${place}`, version }, { $set: { version: version + 1 } });
    const together = async (...wanted: readonly (readonly [number, number])[]) => {
      // Two that are under way already make the others travel together.
      const ahead = [update(90, 1), update(91, 1)];
      const ends = await Promise.all(wanted.map(([place, version]) => update(place, version)));
      await Promise.all(ahead);
      return ends;
    };
    expect(await update(1, 1)).to.equal(true);
    expect(await update(1, 1)).to.equal(false);
    expect(await together([1, 2], [2, 1])).to.deep.equal([true, true]);
    expect(await together([1, 7], [2, 7])).to.deep.equal([false, false]);
    expect(await together([3, 1], [4, 7])).to.deep.equal([undefined, undefined]);
    expect((await collection.findOne({ _id: 'item-3' }))?.version).to.equal(2);
  });
});
