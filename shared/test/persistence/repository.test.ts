import { expect } from 'chai';
import { notFound } from '../../src/errors/common-errors.js';
import { DomainError, isDomainError } from '../../src/errors/domain-error.js';
import { DuplicateKeyError } from '../../src/errors/duplicate-key-error.js';
import type { Repository } from '../../src/persistence/repository.js';
import { uuidSource } from '../../src/runtime/ids.js';
import { openRooms, type Room, type RoomScene } from './room.js';

const draft = (overrides: Partial<Room> = {}) => ({
  id: uuidSource.next(),
  name: `room-${uuidSource.next()}`,
  seats: 2,
  visits: [],
  ...overrides,
});
const painted = { type: 'riparo.hotel.room-painted.v1', data: { colour: 'blue' } };

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: unknown) => error,
  );

describe('repository', () => {
  let scene: RoomScene;
  let rooms: Repository<Room, 'visits'>;
  beforeEach(async () => {
    scene = await openRooms();
    rooms = scene.instance();
    await rooms.ensureIndexes();
  });
  afterEach(() => scene.end());

  it('when saved, then state, version and times come back and the event is offered once it is stored', async () => {
    const room = await rooms.in('a').insert(draft({ seats: 4 }), () => [painted]);
    expect([room.version, room.createdAt, room.seats]).to.deep.equal([1, scene.clock.now(), 4]);
    const [offer] = scene.offered;
    expect(offer?.entries.map(({ event }) => [event.id, event.type, event.source, event.tenantid, event.aggregateversion])).to.deep.equal([
      [`${room.id}.1.0`, painted.type, '/riparo/hotel', 'a', 1],
    ]);
    expect(await scene.stores[0]?.findPending(new Date('2027-01-01'), 10)).to.have.length(1);
  });

  it('when asked in another tenant, then nothing is there and the same unique name is free', async () => {
    const room = await rooms.in('a').insert(draft({ name: 'Blue' }));
    expect(await rooms.in('b').find(room.id)).to.equal(undefined);
    expect(await rooms.in('b').update(room.id, (state) => ({ state: { ...state, seats: 9 } }))).to.equal(undefined);
    expect((await rooms.in('b').insert(draft({ name: 'Blue' }))).name).to.equal('Blue');
    expect((await rooms.in('a').find(room.id))?.seats).to.equal(2);
  });

  it('when a unique field is taken, then DuplicateKeyError names it without the tenant', async () => {
    await rooms.in('a').insert(draft({ name: 'Blue' }));
    const error = await failure(rooms.in('a').insert(draft({ name: 'Blue' })));
    expect(error).to.be.instanceOf(DuplicateKeyError);
    expect((error as DuplicateKeyError).fields).to.deep.equal(['name']);
  });

  it('when the same id is inserted again, then what is stored comes back and nothing is told twice', async () => {
    const first = await rooms.in('a').insert(draft({ seats: 1 }), () => [painted]);
    const again = await rooms.in('a').insert(draft({ id: first.id, name: first.name, seats: 8 }), () => [painted]);
    expect(again.seats).to.equal(1);
    expect(scene.offered).to.have.length(1);
  });

  it('when 50 change it at once over two instances, then no change is lost', async () => {
    const room = await rooms.in('a').insert(draft({ seats: 0 }));
    const other = scene.instance();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 === 0 ? rooms : other)
          .in('a')
          .update(room.id, (state) => ({ state: { ...state, seats: state.seats + 1 }, events: [painted] })),
      ),
    );
    const after = await rooms.in('a').find(room.id);
    expect([after?.seats, after?.version]).to.deep.equal([50, 51]);
    const ids = scene.offered.flatMap(({ entries }) => entries.map(({ event }) => event.id));
    expect(new Set(ids).size).to.equal(50);
  });

  it('when customers see nothing of a write, then it counts and guards like any other, and updatedAt stays', async () => {
    const { id, updatedAt } = await rooms.in('a').insert(draft({ seats: 0 }));
    scene.clock.advance(60_000);
    const write = (unseen: boolean) =>
      rooms.in('a').update(id, (state) => ({ state: { ...state, seats: state.seats + 1 }, events: [painted], unseen }));
    expect(await write(true)).to.deep.include({ version: 2, unseenWrites: 1, updatedAt });
    await Promise.all(Array.from({ length: 10 }, () => write(true)));
    const after = await rooms.in('a').find(id);
    expect(after).to.deep.include({ seats: 11, version: 12, unseenWrites: 11, updatedAt });
    expect(await write(false)).to.deep.include({ version: 13, unseenWrites: 11, updatedAt: scene.clock.now() });
    const { event } = scene.offered.at(-2)?.entries[0] ?? {};
    expect([event?.aggregateversion, event?.time]).to.deep.equal([12, scene.clock.now().toISOString()]);
  });

  it('when If-Match names an older version, then 412 and nothing changes, not even by one of many', async () => {
    const room = await rooms.in('a').insert(draft({ seats: 0 }));
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        rooms.in('a').update(room.id, (state) => ({ state: { ...state, seats: state.seats + 1 } }), { ifMatch: [1] }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused.every((error) => isDomainError(error) && error.kind === 'stale')).to.equal(true);
    expect((await rooms.in('a').find(room.id))?.seats).to.equal(1);
  });

  it('when If-Match names several versions, then one of them must be the present one', async () => {
    const { id } = await rooms.in('a').insert(draft({ seats: 0 }));
    const write = (ifMatch: readonly number[]) =>
      rooms.in('a').update(id, (state) => ({ state: { ...state, seats: state.seats + 1 } }), { ifMatch });
    expect(await write([1, 2])).to.include({ version: 2 });
    expect(await write([1, 2])).to.include({ version: 3 });
    for (const stale of [[1, 2], []]) expect(await failure(write(stale))).to.have.property('code', 'STALE_VERSION');
  });

  it('when the decision hides it, then a stale If-Match learns nothing; any other refusal is 412', async () => {
    const { id } = await rooms.in('a').insert(draft());
    const refusing = (error: Error): Promise<unknown> =>
      failure(
        rooms.in('a').update(
          id,
          () => {
            throw error;
          },
          { ifMatch: [7] },
        ),
      );
    const [hidden, closed] = [notFound('room'), new DomainError('conflict', 'ROOM_CLOSED', 'It is closed.')];
    expect(await refusing(hidden)).to.equal(hidden);
    expect(await refusing(closed)).to.have.property('code', 'STALE_VERSION');
  });

  it('when somebody writes while a change is prepared, then it is prepared anew from what they wrote', async () => {
    const { id } = await rooms.in('a').insert(draft({ seats: 1 }));
    const other = scene.instance().in('a');
    const seen: number[] = [];
    const answer = await rooms.in('a').updateAfter(id, async (room, save) => {
      seen.push(room.seats);
      if (seen.length < 3) await other.update(id, (state) => ({ state: { ...state, seats: state.seats + 1 } }));
      await save((state) => ({ state: { ...state, seats: state.seats * 10 } }));
      return 'prepared';
    });
    expect([answer, ...seen]).to.deep.equal(['prepared', 1, 2, 3]);
    expect((await rooms.in('a').find(id))?.seats).to.equal(30);
  });

  it('when what is prepared refuses, or there is nothing, then nothing is written', async () => {
    const { id, version } = await rooms.in('a').insert(draft());
    const refusal = new Error('no');
    expect(await failure(rooms.in('a').updateAfter(id, () => Promise.reject(refusal)))).to.equal(refusal);
    expect((await rooms.in('a').find(id))?.version).to.equal(version);
    expect(await rooms.in('b').updateAfter(id, () => Promise.resolve('never'))).to.equal(undefined);
  });

  it('when a decision changes nothing and tells nothing, then nothing is written', async () => {
    const room = await rooms.in('a').insert(draft());
    await rooms.in('a').update(room.id, (state) => ({ state: { ...state } }));
    expect((await rooms.in('a').find(room.id))?.version).to.equal(1);
  });

  it('when a decision throws, then its error comes out and nothing is written', async () => {
    const room = await rooms.in('a').insert(draft());
    const error = await failure(
      rooms.in('a').update(room.id, () => {
        throw new Error('full');
      }),
    );
    expect((error as Error).message).to.equal('full');
    expect((await rooms.in('a').find(room.id))?.version).to.equal(1);
  });

  it('when a field becomes undefined and entries are appended, then only the whole shows those', async () => {
    const room = await rooms.in('a').insert(draft({ note: 'wet paint', visits: ['Ada'] }));
    await rooms.in('a').update(room.id, (state) => ({ state: { ...state, note: undefined }, append: { visits: ['Bob', 'Cleo'] } }));
    expect(await rooms.in('a').find(room.id)).to.not.have.any.keys('note', 'visits', 'outbox', 'tenantId');
    expect((await rooms.in('a').findWhole(room.id))?.visits).to.deep.equal(['Ada', 'Bob', 'Cleo']);
  });

  it('when deleted softly, then it is in no answer', async () => {
    const room = await rooms.in('a').insert(draft());
    await rooms.in('a').update(room.id, (state) => ({ state: { ...state, deletedAt: new Date() } }));
    expect(await rooms.in('a').find(room.id)).to.equal(undefined);
    expect(await rooms.in('a').count({})).to.equal(0);
  });

  it("when paged, then pages follow the sort and leave out what was asked, and the total is the filter's", async () => {
    for (const seats of [5, 3, 4, 1, 2]) await rooms.in('a').insert(draft({ seats, note: 'x' }));
    const query = { filter: { seats: { $gt: 1 } }, sort: { seats: -1, id: -1 }, pageSize: 2, leaveOut: ['note'] } as const;
    const [first, last] = [await rooms.in('a').page({ ...query, page: 1 }), await rooms.in('a').page({ ...query, page: 2 })];
    expect([...first.items, ...last.items].map(({ seats }) => seats)).to.deep.equal([5, 4, 3, 2]);
    expect([first.totalCount, last.totalCount]).to.deep.equal([4, 4]);
    expect(first.items[0]).to.not.have.any.keys('note', 'visits');
  });

  it('when published events are removed, then the outbox is empty and the entity unchanged', async () => {
    const room = await rooms.in('a').insert(draft(), () => [painted, painted]);
    const store = scene.stores[0];
    const pending = (await store?.findPending(new Date('2027-01-01'), 10)) ?? [];
    await store?.remove(pending.slice(0, 1));
    expect((await store?.findPending(new Date('2027-01-01'), 10))?.map(({ event }) => event.id)).to.deep.equal([`${room.id}.1.1`]);
    await store?.remove(pending);
    expect(await store?.stats()).to.deep.equal({ pending: 0 });
    expect((await rooms.in('a').find(room.id))?.version).to.equal(1);
  });
});
