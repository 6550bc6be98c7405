import { expect } from 'chai';
import { createRecentReads, oneByOne, type RecentReads, type RecentReadsOptions } from '../../src/persistence/recent-reads.js';
import { eventually } from '../../src/testing/eventually.js';

describe('recent reads', () => {
  let stored: Map<string, string>;
  let asked: (readonly string[])[];
  beforeEach(() => {
    stored = new Map([
      ['a', 'Ada'],
      ['b', 'Bea'],
    ]);
    asked = [];
  });

  const reads = (options: RecentReadsOptions = {}): RecentReads<string> =>
    createRecentReads(async (_tenantId, ids) => {
      asked.push(ids);
      return new Map([...stored].filter(([id]) => ids.includes(id)));
    }, options);

  it('when an id is asked for again, then the database is not', async () => {
    const names = reads();
    expect([await names.find('t', 'a'), await names.find('t', 'a')]).to.deep.equal(['Ada', 'Ada']);
    expect(asked).to.deep.equal([['a']]);
  });

  it('when several are asked for, then those not known are read at once, each one time', async () => {
    const names = reads();
    await names.find('t', 'a');
    const found = await names.findMany('t', ['a', undefined, 'b', 'b', 'c']);
    expect([...found]).to.deep.equal([
      ['a', 'Ada'],
      ['b', 'Bea'],
    ]);
    expect(asked).to.deep.equal([['a'], ['b', 'c']]);
  });

  it('when another tenant asks, then it is given nothing that was read for the first', async () => {
    const names = reads();
    await names.find('t', 'a');
    await names.find('other', 'a');
    expect(asked).to.have.length(2);
  });

  it('when something is not there, then it is looked for again', async () => {
    const names = reads();
    expect(await names.find('t', 'c')).to.equal(undefined);
    stored.set('c', 'Cleo');
    expect(await names.find('t', 'c')).to.equal('Cleo');
  });

  it('when absence is remembered, then it is looked for once, until it is forgotten', async () => {
    const names = reads({ rememberAbsence: true });
    await names.find('t', 'c');
    stored.set('c', 'Cleo');
    expect(await names.find('t', 'c')).to.equal(undefined);
    names.forget('t', 'c');
    expect(await names.find('t', 'c')).to.equal('Cleo');
  });

  it('when another instance has changed it, then that is seen after the time that reads may be stale', async () => {
    const names = reads({ staleMs: 20 });
    await names.find('t', 'a');
    stored.set('a', 'Anna');
    await eventually(async () => expect(await names.find('t', 'a')).to.equal('Anna'));
  });

  it('when it is changed and forgotten during a read, then what that read saw is not kept', async () => {
    let answer: (names: ReadonlyMap<string, string>) => void = () => undefined;
    const before = new Promise<ReadonlyMap<string, string>>((resolve) => (answer = resolve));
    let first = true;
    const names = createRecentReads<string>(() => {
      if (!first) return Promise.resolve(stored);
      first = false;
      return before;
    });
    const slow = names.find('t', 'a');
    stored.set('a', 'Anna');
    names.forget('t', 'a');
    answer(new Map([['a', 'Ada']]));
    expect(await slow).to.equal('Ada');
    expect(await names.find('t', 'a')).to.equal('Anna');
  });

  it('when a read fails, then it is tried again by the next', async () => {
    let away = true;
    const names = createRecentReads<string>(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(stored)));
    const [failed] = await Promise.allSettled([names.find('t', 'a')]);
    expect(failed.status).to.equal('rejected');
    away = false;
    expect(await names.find('t', 'a')).to.equal('Ada');
  });

  it('when things can only be read one by one, then each is, and what is not there is left out', async () => {
    const names = createRecentReads(oneByOne(async (tenantId, id) => (id === 'c' ? undefined : `${tenantId}/${id}`)));
    expect([...(await names.findMany('t', ['a', 'b', 'c']))]).to.deep.equal([
      ['a', 't/a'],
      ['b', 't/b'],
    ]);
  });
});
