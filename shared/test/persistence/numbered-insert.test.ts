import { expect } from 'chai';
import { DuplicateKeyError } from '../../src/errors/duplicate-key-error.js';
import type { Repository } from '../../src/persistence/repository.js';
import { uuidSource } from '../../src/runtime/ids.js';
import { openRooms, type Room, type RoomScene } from './room.js';

const numbers = (rooms: readonly Room[]): readonly number[] => rooms.map(({ seats }) => seats).sort((a, b) => a - b);
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('numbered insert', () => {
  let scene: RoomScene;
  let rooms: Repository<Room, 'visits'>;
  beforeEach(async () => {
    scene = await openRooms();
    rooms = scene.instance();
    await rooms.ensureIndexes();
  });
  afterEach(() => scene.end());

  const insert = (repository: Repository<Room, 'visits'>, series = '2026', tenant = 'a', overrides: Partial<Room> = {}): Promise<Room> => {
    const id = overrides.id ?? uuidSource.next();
    return repository.in(tenant).insertNumbered(series, (seats) => ({ id, name: overrides.name ?? id, seats, visits: [] }));
  };

  it('when many arrive at once on two instances, then numbers run from 1 without gap or double', async () => {
    const other = scene.instance();
    const made = await Promise.all(upTo(120).map((index) => insert(index % 2 === 0 ? rooms : other)));
    expect(numbers(made)).to.deep.equal(upTo(120));
  });

  it('when series or tenants differ, then each counts for itself', async () => {
    await insert(rooms);
    expect((await insert(rooms)).seats).to.equal(2);
    expect((await insert(rooms, '2027')).seats).to.equal(1);
    expect((await insert(rooms, '2026', 'b')).seats).to.equal(1);
  });

  it('when one of a batch is refused by another index, then it alone fails and leaves no gap', async () => {
    await insert(rooms, '2026', 'a', { name: 'Blue' });
    const results = await Promise.allSettled([insert(rooms), insert(rooms, '2026', 'a', { name: 'Blue' }), insert(rooms), insert(rooms)]);
    const made = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(numbers(made)).to.deep.equal([2, 3, 4]);
    expect(reasons).to.have.length(1);
    expect(reasons[0]).to.be.instanceOf(DuplicateKeyError);
  });

  it('when the same id comes again, then it keeps its number and takes no other', async () => {
    const first = await insert(rooms);
    const [again, next] = await Promise.all([insert(rooms, '2026', 'a', { id: first.id }), insert(rooms)]);
    expect([again.seats, next.seats]).to.deep.equal([1, 2]);
  });

  it('when an entity is made for a number, then it sees the one before, whoever made that', async () => {
    const seen: (readonly [number, number | undefined])[] = [];
    const other = scene.instance();
    const make = (repository: Repository<Room, 'visits'>): Promise<Room> =>
      repository.in('a').insertNumbered('2026', (seats, before) => {
        seen[seats] = [seats, before?.seats];
        const id = uuidSource.next();
        return { id, name: id, seats, visits: [] };
      });
    await Promise.all(upTo(40).map((index) => make(index % 2 === 0 ? rooms : other)));
    expect(seen.slice(1)).to.deep.equal(upTo(40).map((seats) => [seats, seats === 1 ? undefined : seats - 1]));
  });

  it('when another process starts on a series that exists, then it goes on where it ended', async () => {
    await insert(rooms);
    await insert(rooms);
    expect((await insert(scene.instance())).seats).to.equal(3);
  });
});
