import { expect } from 'chai';
import type { Page, PageQuery, Repository } from '../../src/persistence/repository.js';
import { uuidSource } from '../../src/runtime/ids.js';
import { openRooms, type Room, type RoomScene } from './room.js';

const BOUNDS = { counted: 200, lookedAt: 60 };
const SEATS = { seats: 1, id: -1 } as const;
const VISITS = { visits: 1 } as const;

describe('lists of very many', () => {
  let scene: RoomScene;
  let rooms: Repository<Room, 'visits'>;
  const add = async (count: number, part: (index: number) => Partial<Room>): Promise<void> => {
    const documents = Array.from({ length: count }, (_, index) => {
      const id = uuidSource.next();
      return { _id: id, tenantId: 'a', name: id, version: 1, outbox: [], seats: 1, visits: [], ...part(index) };
    });
    await scene.connection.collection<(typeof documents)[number]>('rooms').insertMany(documents);
  };
  const page = (query: Partial<PageQuery<Room>>): Promise<Page<object>> =>
    rooms.in('a').page({ filter: {}, sort: { seats: 1, id: 1 }, page: 1, pageSize: 5, ...query });

  before(async () => {
    scene = await openRooms();
    rooms = scene.instance(BOUNDS);
    await rooms.ensureIndexes();
    await add(BOUNDS.counted + 10, (index) => ({ seats: 1, note: index < 40 ? 'first' : 'later' }));
    await add(30, (index) => ({ seats: 2, visits: [`mon${index % 3}`, 'tue'], ...(index % 2 === 0 ? { note: 'even' } : {}) }));
    await add(30, (index) => ({ seats: 3, visits: [`wed${index}`, 'monday'] }));
  });
  after(() => scene.end());

  it('when an index answers, then the total is exact up to its bound, and says so beyond', async () => {
    const [few, many] = [await page({ filter: { seats: 2 } }), await page({ filter: { seats: 1 } })];
    expect(few).to.include({ totalCount: 30 }).and.not.have.property('totalIsLowerBound');
    expect(many).to.include({ totalCount: BOUNDS.counted, totalIsLowerBound: true });
  });

  it('when documents have to be looked at, then the total is exact among few, and a lower bound among many', async () => {
    const among = (seats: number, note: string) => page({ filter: { seats }, besides: { note }, hint: SEATS });
    expect(await among(2, 'even'))
      .to.include({ totalCount: 15 })
      .and.not.have.property('totalIsLowerBound');
    const { items, ...rest } = await among(1, 'later');
    expect(items).to.have.length(5);
    expect(rest.totalIsLowerBound).to.equal(true);
    // Not told that there is no other page.
    expect(rest.totalCount).to.be.within(6, BOUNDS.lookedAt);
  });

  it('when the total is counted in parts, then it is their sum', async () => {
    const part = (seats: number) => ({ filter: { seats }, hint: SEATS });
    const { totalCount } = await page({ besides: { seats: { $gt: 1 } }, counted: [part(2), part(3)] });
    expect(totalCount).to.equal(60);
  });

  it('when a page lies behind what was counted, then the total covers it', async () => {
    const { items, totalCount } = await page({ filter: { seats: 1 }, page: 1 + BOUNDS.counted / 5 });
    expect([items.length, totalCount]).to.deep.equal([5, BOUNDS.counted + 6]);
  });

  it('when two searches differ in their pattern alone, then so do their totals', async () => {
    const named = async (name: RegExp) => (await page({ filter: { seats: 1 }, besides: { name } })).totalCount;
    expect(await named(/^x/)).to.equal(0);
    expect(await named(/^0/)).to.be.greaterThan(5);
  });

  const elements = (from: string, to: string, most: number) =>
    rooms.in('a').elements({ field: 'visits', filter: {}, from, to, hint: VISITS, most });

  it('when the elements between two texts are asked for, then each once, or none if there are too many', async () => {
    expect([...((await elements('mon', 'mon~', 10)) ?? [])].sort()).to.deep.equal(['mon0', 'mon1', 'mon2', 'monday']);
    expect(await elements('mon', 'mon~', 3)).to.equal(undefined);
    expect(await elements('wed', 'wed~', 5)).to.equal(undefined);
    expect(await elements('x', 'x~', 5)).to.deep.equal([]);
    expect(await rooms.in('b').elements({ field: 'visits', filter: {}, from: 'mon', to: 'mon~', hint: VISITS, most: 5 })).to.deep.equal([]);
  });

  it('when a new one comes, then it is found the next time', async () => {
    expect(await elements('sun', 'sun~', 10)).to.deep.equal([]);
    await add(1, () => ({ visits: ['sunday'] }));
    expect(await elements('sun', 'sun~', 10)).to.deep.equal(['sunday']);
  });
});
