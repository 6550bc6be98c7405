import { expect } from 'chai';
import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { createReplica } from '@riparo/shared/persistence/replica';
import { createTestClock, type TestClock } from '@riparo/shared/testing/test-clock';
import { connectTestDatabase } from '@riparo/shared/testing/test-database';
import { createCashSubject } from '../src/counting/cash.subject.js';
import { countNext, type CountDeps } from '../src/counting/count.js';
import { createCountingStore } from '../src/counting/counting.store.js';
import { createDaysOfZones } from '../src/counting/days.js';
import { createMarkedReplica, NOT_COUNTED, notCounted } from '../src/counting/marking.js';
import { createSheetStore } from '../src/counting/sheet.store.js';
import { createCountAll, createCountSome } from '../src/counting/up-to-date.js';
import type { CashMovement } from '../src/replica/cash-movement.js';

const ZONE = 'Europe/Rome';
const TENANT = 'default';

const storesOf = (connection: Connection, clock: TestClock): CountDeps => ({
  clock,
  sheets: createSheetStore(connection),
  countings: createCountingStore(connection),
  dayOfIn: createDaysOfZones(),
});

class Crash extends Error {}

/** The stores, which stop working at the n-th write: halfway through it, or right after it. */
const crashingAt = (deps: CountDeps, n: number, halfway: boolean): CountDeps => {
  let writes = 0;
  const write = async <T>(whole: () => Promise<T>, half: () => Promise<unknown> = () => Promise.resolve()): Promise<T> => {
    if (++writes !== n) return whole();
    await (halfway ? half() : whole());
    throw new Crash();
  };
  const halfOf = <T>(all: readonly T[]): readonly T[] => all.slice(0, Math.ceil(all.length / 2));
  const { sheets, countings } = deps;
  return {
    ...deps,
    sheets: {
      ...sheets,
      apply: (book, batch, differences) => {
        const half = Object.fromEntries(halfOf(Object.entries(differences)));
        return write(
          () => sheets.apply(book, batch, differences),
          () => sheets.apply(book, batch, half),
        );
      },
      keepCounted: (book, batch, all) =>
        write(
          () => sheets.keepCounted(book, batch, all),
          () => sheets.keepCounted(book, batch, halfOf(all)),
        ),
      removeOlder: (book) => write(() => sheets.removeOlder(book)),
    },
    countings: {
      ...countings,
      insert: (counting) => write(() => countings.insert(counting)),
      replace: (before, after) => write(() => countings.replace(before, after)),
      note: (notes) => write(() => countings.note(notes)),
      unmark: (marks) =>
        write(
          () => countings.unmark(marks),
          () => countings.unmark(halfOf(marks)),
        ),
      close: (counting) => write(() => countings.close(counting)),
    },
  };
};

describe('Adding up', () => {
  let connection: Connection;
  let deps: CountDeps;
  let clock: TestClock;
  beforeEach(async () => {
    clock = createTestClock('2026-03-20T10:00:00.000Z');
    connection = await connectTestDatabase();
    deps = storesOf(connection, clock);
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.destroy();
  });

  const movements = () => createMarkedReplica<CashMovement>({ connection, collection: 'cash_movements' }).in(TENANT);
  const movement = (day: number, amount: number): CashMovement => ({
    at: new Date(Date.UTC(2026, 2, day, 12)),
    method: 'CASH',
    amount: { amount, currency: 'EUR' },
  });
  const subject = () => createCashSubject(connection);

  const run = async (using: CountDeps, zone = ZONE): Promise<void> => {
    while (!(await countNext(using, TENANT, subject(), zone)).isDone);
  };
  const sheets = async (): Promise<Record<string, unknown>> => {
    const counting = await deps.countings.find(TENANT, 'cash');
    if (counting === undefined) return {};
    const found: Record<string, unknown> = {};
    for await (const { day, counts } of deps.sheets.between(counting, '2026-01-01', '2027-01-01')) found[day] = JSON.parse(counts);
    return found;
  };
  const left = () => connection.collection<Document>('cash_movements').countDocuments({ uncounted: { $exists: true } });

  /** One movement is corrected after it was counted, to another day and amount; a second one is new. */
  const live = async (using: (deps: CountDeps) => Promise<void>): Promise<void> => {
    await movements().keep('a', 1, movement(2, 5_000));
    await movements().keep('b', 1, movement(2, -700));
    await using(deps);
    await movements().keep('a', 2, movement(4, 6_000));
    await movements().keep('c', 1, movement(5, 100));
    await using(deps);
  };
  const AFTERWARDS = {
    '2026-03-02': { 'refunds|CASH|EUR': 1, 'refunded|CASH|EUR': 700 },
    '2026-03-04': { 'payments|CASH|EUR': 1, 'received|CASH|EUR': 6_000 },
    '2026-03-05': { 'payments|CASH|EUR': 1, 'received|CASH|EUR': 100 },
  };

  it('when something changes after it was counted, then its days lose it and gain it', async () => {
    await live(run);
    expect(await sheets()).to.deep.equal(AFTERWARDS);
    expect(await left()).to.equal(0);
  });

  for (const halfway of [true, false])
    it(`when the process dies ${halfway ? 'halfway through' : 'after'} each write, then whoever comes next counts everything once`, async () => {
      let crashes = 0;
      for (let n = 1; ; n++) {
        await connection.dropDatabase();
        const before = crashes;
        await live(async () => {
          await run(crashingAt(deps, n, halfway)).catch((error: unknown) => {
            if (!(error instanceof Crash)) throw error;
            crashes++;
          });
          await run(deps);
        });
        expect([n, await sheets(), await left()]).to.deep.equal([n, AFTERWARDS, 0]);
        if (crashes === before) break;
      }
      expect(crashes).to.be.greaterThan(10);
    });

  it('when several add up at the same time while more comes in, then everything counts once', async () => {
    const others = Array.from({ length: 3 }, () => storesOf(connection, clock));
    for (let round = 0; round < 10; round++) {
      const comes = Array.from({ length: 40 }, (_, n) =>
        movements().keep(`m${n}`, round + 1, movement(1 + ((n + round) % 20), 100 + round)),
      );
      await Promise.all([...comes, ...[deps, ...others].map((each) => run(each))]);
    }
    await run(deps);
    const expected: Record<string, Record<string, number>> = {};
    for (let n = 0; n < 40; n++) {
      const day = (expected[`2026-03-${String(1 + ((n + 9) % 20)).padStart(2, '0')}`] ??= {});
      day['payments|CASH|EUR'] = (day['payments|CASH|EUR'] ?? 0) + 1;
      day['received|CASH|EUR'] = (day['received|CASH|EUR'] ?? 0) + 109;
    }
    const found = Object.entries(await sheets()).filter(([, counts]) => Object.keys(counts as object).length > 0);
    expect(Object.fromEntries(found)).to.deep.equal(expected);
  });

  it('when a slow process finishes a batch that others have long left behind, then nothing changes', async () => {
    await movements().keep('a', 1, movement(2, 5_000));
    await countNext(deps, TENANT, subject(), ZONE);
    const counting = await deps.countings.find(TENANT, 'cash');
    const late = { differences: { '2026-03-02': { 'payments|CASH|EUR': 1 } }, counted: [['a', {}] as const] };
    await run(deps);
    await movements().keep('a', 2, movement(2, 6_000));
    await run(deps);
    if (counting === undefined) throw new Error('not counted');
    await deps.sheets.apply(counting, counting.batch, late.differences);
    await deps.sheets.keepCounted(counting, counting.batch, late.counted);
    await movements().keep('a', 3, movement(2, 6_500));
    await run(deps);
    expect(await sheets()).to.deep.equal({ '2026-03-02': { 'payments|CASH|EUR': 1, 'received|CASH|EUR': 6_500 } });
  });

  it('when the time zone changes, then the sheets are made anew and the old ones go', async () => {
    await movements().keep('a', 1, { ...movement(2, 5_000), at: new Date('2026-03-02T23:30:00.000Z') });
    await run(deps);
    expect(Object.keys(await sheets())).to.deep.equal(['2026-03-03']);
    await run(deps, 'America/New_York');
    expect(Object.keys(await sheets())).to.deep.equal(['2026-03-02']);
    expect(await connection.collection('day_sheets').countDocuments({})).to.equal(1);
    expect(await connection.collection('counted').countDocuments({})).to.equal(1);
  });

  it('when sheets are made anew, then the old ones are whole until the new ones are', async () => {
    await movements().keep('a', 1, movement(2, 5_000));
    await run(deps);
    await countNext(deps, TENANT, subject(), 'America/New_York');
    const counting = await deps.countings.find(TENANT, 'cash');
    const daysOf = async (making: number): Promise<readonly string[]> => {
      const found: string[] = [];
      const book = { tenantId: TENANT, subject: 'cash', making };
      for await (const { day } of deps.sheets.between(book, '2026-01-01', '2027-01-01')) found.push(day);
      return found;
    };
    expect(counting).to.include({ making: 2, whole: 1, after: '' });
    expect([await daysOf(1), await daysOf(2)]).to.deep.equal([['2026-03-02'], []]);
    await run(deps, 'America/New_York');
    expect(await deps.countings.find(TENANT, 'cash')).to.not.have.any.keys('whole', 'after');
    expect([await daysOf(1), await daysOf(2)]).to.deep.equal([[], ['2026-03-02']]);
  });

  it('when a former version has written a copy without a mark, then it is counted within about an hour', async () => {
    await movements().keep('a', 1, movement(2, 5_000));
    await run(deps);
    await createReplica<CashMovement>({ connection, collection: 'cash_movements' }).in(TENANT).keep('a', 2, movement(3, 6_000));
    await run(deps);
    expect(Object.keys(await sheets())).to.deep.equal(['2026-03-02']);
    clock.set('2026-03-20T11:00:00.000Z');
    await run(deps);
    expect(await sheets()).to.deep.equal({ '2026-03-03': { 'payments|CASH|EUR': 1, 'received|CASH|EUR': 6_000 } });
    const counting = await deps.countings.find(TENANT, 'cash');
    clock.set('2026-03-21T11:00:00.000Z');
    await run(deps);
    expect(await deps.countings.find(TENANT, 'cash')).to.deep.equal(counting);
  });

  it('when an older version of the service runs beside a newer one, then it leaves the counting alone', async () => {
    await movements().keep('a', 1, movement(2, 5_000));
    const newer = { ...subject(), scheme: 2 };
    while (!(await countNext(deps, TENANT, newer, ZONE)).isDone);
    await movements().keep('b', 1, movement(3, 5_000));
    await run(deps);
    expect([await left(), Object.keys(await sheets())]).to.deep.equal([1, ['2026-03-02']]);
  });

  it('when something cannot be counted, then it holds up nothing else, and the job says so', async () => {
    await movements().keep('a', 1, movement(2, 5_000));
    const broken = { ...subject(), name: 'broken', page: () => Promise.reject(new Error('not countable')) };
    const tenants = () => Promise.resolve([TENANT]);
    const addUp = createCountAll(deps, createCountSome(deps), () => Promise.resolve(ZONE), [broken, subject()], {
      everybody: tenants,
      uncounted: tenants,
    });
    const failed = await addUp().then(
      () => undefined,
      (error: unknown) => error as AggregateError,
    );
    expect(failed?.errors.map(String)).to.deep.equal(['Error: not countable']);
    expect([await left(), Object.keys(await sheets())]).to.deep.equal([0, ['2026-03-02']]);
  });

  it('when it is looked for what is not counted, then an index finds it among many that are', async () => {
    const replica = createMarkedReplica<CashMovement>({ connection, collection: 'cash_movements', indexes: [{ fields: { at: 1 } }] });
    await replica.ensureIndexes();
    for (let n = 0; n < 30; n++) await replica.in(TENANT).keep(`m${n}`, 1, movement(2, n + 1));
    await run(deps);
    await replica.in(TENANT).keep('new', 1, movement(2, 1));
    await replica.in('default-2').keep('other', 1, movement(2, 1));
    const examined = async (filter: Document): Promise<unknown> => {
      const explained = await connection.collection<Document>('cash_movements').find(filter).explain('executionStats');
      return (explained as { executionStats?: { totalDocsExamined?: number } }).executionStats?.totalDocsExamined;
    };
    expect([await examined(notCounted(TENANT)), await examined(NOT_COUNTED)]).to.deep.equal([1, 2]);
  });

  it('when much is counted at once, then others have their turn in between', async () => {
    let turns = 0;
    const seen = new Set<number>();
    const things = Array.from({ length: 200 }, (_, n) => ({
      id: `m${n}`,
      marks: [],
      contribution: () => {
        seen.add(turns);
        setImmediate(() => void (turns += 1));
        return { [`2026-${String(10 + (n % 3))}-${String(10 + (n % 19))}`]: { payments: 1 } };
      },
    }));
    const written = connection.collection<Document>('day_sheets');
    const [write, sizes] = [written.bulkWrite.bind(written), [] as number[]];
    written.bulkWrite = (writes, options) => {
      sizes.push(writes.length);
      return write(writes, options);
    };
    await countNext(deps, TENANT, { ...subject(), page: () => Promise.resolve(things) }, ZONE);
    expect([seen.size > 5, sizes.length > 1, Math.max(...sizes) <= 40]).to.deep.equal([true, true, true]);
  });
});
