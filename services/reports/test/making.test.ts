import { expect } from 'chai';
import { createTestClock } from '@riparo/shared/testing/test-clock';
import { connectTestDatabase } from '@riparo/shared/testing/test-database';
import { createCashSubject } from '../src/counting/cash.subject.js';
import { countNext, type CountDeps } from '../src/counting/count.js';
import { beginAnew } from '../src/counting/counting.js';
import { createCountingStore } from '../src/counting/counting.store.js';
import { createDaysOfZones } from '../src/counting/days.js';
import { createFigures } from '../src/counting/figures.js';
import { createMakeAnew } from '../src/counting/make-anew.js';
import { createMarkedReplica } from '../src/counting/marking.js';
import { createSheetStore } from '../src/counting/sheet.store.js';
import type { CashMovement } from '../src/replica/cash-movement.js';

const ZONE = 'Europe/Rome';
const TENANT = 'default';
const MARCH = { from: '2026-03-01', to: '2026-04-01' };
const PAYMENTS = 'payments|CASH|EUR';

describe('Making sheets anew', () => {
  const clock = createTestClock('2026-03-20T10:00:00.000Z');
  let connection: Awaited<ReturnType<typeof connectTestDatabase>>;
  let deps: CountDeps;
  beforeEach(async () => {
    connection = await connectTestDatabase();
    deps = {
      clock,
      sheets: createSheetStore(connection),
      countings: createCountingStore(connection),
      dayOfIn: createDaysOfZones(),
    };
    const movements = createMarkedReplica<CashMovement>({ connection, collection: 'cash_movements' }).in(TENANT);
    const of = (day: string) => ({
      at: new Date(`2026-03-${day}T12:00:00Z`),
      method: 'CASH' as const,
      amount: { amount: 5, currency: 'EUR' },
    });
    for (const day of ['02', '03', '04']) await movements.keep(day, 1, of(day));
    await finish();
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.destroy();
  });

  const subject = () => createCashSubject(connection);
  const finish = async (scheme = 1): Promise<void> => {
    while (!(await countNext(deps, TENANT, { ...subject(), scheme }, ZONE)).isDone);
  };
  const counting = async () => {
    const found = await deps.countings.find(TENANT, 'cash');
    if (found === undefined) throw new Error('nothing was counted');
    return found;
  };

  it('when a making ends while a report is read, then the report is made from the new sheets', async () => {
    const before = await counting();
    await deps.countings.replace(before, beginAnew(before, { timeZone: ZONE, scheme: 1 }, clock.now()));
    let readings = 0;
    const ending = {
      ...deps.sheets,
      // The sheets of before are removed between the first reading's look at the counting and its look at the sheets.
      async *between(...asked: Parameters<typeof deps.sheets.between>) {
        if (readings++ === 0) await finish();
        yield* deps.sheets.between(...asked);
      },
    };
    const upToDate = async () => {
      const found = await counting();
      return found.whole === undefined ? found : { ...found, making: found.whole };
    };
    const sheets = await createFigures(ending, upToDate, deps.countings).of(TENANT, subject(), ZONE);
    const days: string[] = [];
    const { counts } = await sheets.sum(MARCH, (day) => void days.push(day));
    expect([counts.get(PAYMENTS), days, readings]).to.deep.equal([3, ['2026-03-02', '2026-03-03', '2026-03-04'], 2]);
  });

  it('when a newer version counts in another way, then a rebuild of an older one leaves its sheets alone', async () => {
    await finish(2);
    const before = await counting();
    const makeAnew = createMakeAnew(deps, () => Promise.resolve(ZONE), [subject()]);
    expect(await makeAnew(TENANT, undefined)).to.deep.equal({ count: 0, last: 'end' });
    expect(await counting()).to.deep.equal(before);
    expect(await makeAnew(TENANT, 'end')).to.deep.equal({ count: 0, last: undefined });
  });
});
