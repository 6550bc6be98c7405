import { randomUUID } from 'node:crypto';
import { RepairCollected, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { DomainError } from '@riparo/shared/errors/domain-error';
import { commandsOf } from '@riparo/shared/testing/query-plans';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { firstCounting } from '../src/counting/counting.js';
import type { Subject } from '../src/counting/subject.js';
import { createUpToDate } from '../src/counting/up-to-date.js';
import { startBench, type Bench } from './bench.js';
import { euro } from './workshop.js';

const START = Date.parse('2026-03-02T10:00:00.000Z');
const moment = (days: number): string => new Date(START + days * DAY_MS).toISOString();
const dayOf = (days: number): string => moment(days).slice(0, 10);

/** The same numbers on every run. */
const randomOf = (seed: number) => {
  let state = seed;
  const below = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  return { below, chance: (share: number) => below(1_000) < share * 1_000, one: <T>(all: readonly T[]): T => all[below(all.length)] as T };
};
type Random = ReturnType<typeof randomOf>;

const CUSTOMERS = [randomUUID(), randomUUID()];
const ASSETS = [randomUUID(), randomUUID(), undefined];
const SERIALS = ['SN-1', 'SN-2', 'SN-3'];

/** What a repair may be, at any version: a correction changes anything of it. */
const buildAny = (random: Random, id: string, technicians: readonly string[], others: readonly string[]): PublishedRepair => {
  const { device } = buildPublishedRepair();
  const [from, isDone] = [random.below(300), random.chance(0.85)];
  const [asset, claimed] = [random.one(ASSETS), random.one(others)];
  const outcome = {
    ...{ type: random.chance(0.85) ? ('COMPLETED' as const) : ('REFUSED' as const), description: 'Done', amount: euro(5_000) },
    ...{ decidedAt: moment(from + 2), decidedByUserId: random.one(technicians) },
  };
  return buildPublishedRepair({
    id,
    customerId: random.one(CUSTOMERS),
    device: { ...device, serialNumber: random.one(SERIALS) },
    createdAt: moment(from + random.below(3) / 1_000),
    ...(asset === undefined ? {} : { assetId: asset }),
    ...(isDone ? { outcome, status: 'CLOSED' as const } : random.chance(0.4) ? { status: 'CANCELED' as const } : {}),
    ...(isDone && random.chance(0.9) ? { collectedAt: moment(from + 2 + random.below(6)) } : {}),
    ...(random.chance(0.2) ? { warrantyClaimOf: { repairId: claimed, number: 'REP-1' } } : {}),
    amountDue: euro(5_000),
    amountLeft: euro(isDone ? random.below(3) * 100 : 5_000),
  });
};

const isBack = (first: PublishedRepair, later: PublishedRepair, days: number): boolean => {
  const waited = Date.parse(later.createdAt) - Date.parse(first.collectedAt ?? '');
  const isSame =
    later.device.serialNumber === first.device.serialNumber || (first.assetId !== undefined && later.assetId === first.assetId);
  return later.id !== first.id && later.customerId === first.customerId && isSame && waited > 0 && waited <= days * DAY_MS;
};

/** One by one, as it is written in COUNTING.md. */
const recount = (all: readonly PublishedRepair[], [from, to]: readonly [string, string], days: number) => {
  const live = all.filter(({ status }) => status !== 'CANCELED');
  const firsts = all.filter(({ outcome }) => outcome?.type === 'COMPLETED' && outcome.decidedAt >= from && outcome.decidedAt < to);
  const isRepeated = (first: PublishedRepair) => live.some((later) => isBack(first, later, days));
  const isClaimed = (first: PublishedRepair) => live.some(({ warrantyClaimOf }) => warrantyClaimOf?.repairId === first.id);
  return {
    completed: firsts.length,
    repeated: firsts.filter(isRepeated).length,
    claimed: firsts.filter(isClaimed).length,
    failed: firsts.filter((first) => isRepeated(first) || isClaimed(first)).length,
  };
};

interface Open {
  readonly customers: readonly {
    readonly customer: { readonly id: string };
    readonly repairs: number;
    readonly over90: { readonly amount: number };
    readonly total: { readonly amount: number };
  }[];
}

const openOf = (all: readonly PublishedRepair[], now: string) =>
  CUSTOMERS.flatMap((id) => {
    const open = all.filter(
      ({ outcome, customerId, amountLeft }) => outcome !== undefined && customerId === id && (amountLeft?.amount ?? 0) > 0,
    );
    const sum = (some: readonly PublishedRepair[]) => some.reduce((total, { amountLeft }) => total + (amountLeft?.amount ?? 0), 0);
    const isOld = ({ outcome }: PublishedRepair) => Math.floor((Date.parse(now) - Date.parse(outcome?.decidedAt ?? '')) / DAY_MS) > 90;
    return open.length === 0 ? [] : [[id, open.length, sum(open.filter(isOld)), sum(open)]];
  });

describe('What comes after repairs, against a recount one by one', () => {
  let bench: Bench;
  let technicians: readonly string[];
  beforeEach(async () => {
    bench = await startBench();
    technicians = [await bench.technician('Tina'), await bench.technician('Tom')];
  });
  afterEach(() => bench.stop());

  const repeatsOf = async ([from, to]: readonly [string, string], days: number) => {
    const { completed, repeated, claimed, failed } = await bench.report<ReturnType<typeof recount>>(
      `/reports/repeat-repairs?from=${from}&to=${to}&days=${days}`,
    );
    return { completed, repeated, claimed, failed };
  };

  const expectAlike = async (random: Random, last: readonly PublishedRepair[]): Promise<void> => {
    let failed = 0;
    for (let n = 0; n < 10; n++) {
      const from = random.below(250);
      const period = [dayOf(from), dayOf(from + 1 + random.below(150))] as const;
      const days = random.one([1, 30, 90, 365]);
      const counted = recount(last, period, days);
      failed += counted.failed;
      // The periods begin at midnight in Rome, and nothing happens at night.
      expect(await repeatsOf(period, days)).to.deep.equal(counted);
    }
    expect(failed).to.be.greaterThan(10);
    const { customers } = await bench.report<Open>('/reports/open-amounts');
    const found = customers.map(({ customer, repairs, over90, total }) => [customer.id, repairs, over90.amount, total.amount]);
    expect(found).to.have.deep.members(openOf(last, moment(330)));
  };

  for (const seed of [1, 2])
    it(`when repairs are corrected, told twice and in any order (${seed}), then both reports say the same`, async () => {
      const random = randomOf(seed);
      bench.world.clock.set(moment(330));
      const ids = Array.from({ length: 30 }, () => randomUUID());
      const last = new Map<string, PublishedRepair>();
      const steps: { readonly repair: PublishedRepair; readonly version: number; readonly at: number }[] = [];
      for (const id of ids)
        for (let version = 1; version <= 3; version++) {
          const repair = buildAny(
            random,
            id,
            technicians,
            ids.filter((other) => other !== id),
          );
          last.set(id, repair);
          for (let times = random.chance(0.3) ? 2 : 1; times > 0; times--) steps.push({ repair, version, at: random.below(1_000_000) });
        }
      for (const { repair, version } of steps.toSorted((one, other) => one.at - other.at)) {
        await bench.world.publish(RepairCollected, { repair, at: moment(0) }, { subject: repair.id, version });
        if (random.chance(0.15)) await repeatsOf([dayOf(0), dayOf(300)], 90);
        if (random.chance(0.05)) await bench.report('/reports/open-amounts');
      }
      await expectAlike(random, [...last.values()]);
      // Everything anew, by pages instead of by what has changed.
      await bench.world.platform.connection.collection('countings').updateMany({}, { $set: { timeZone: 'Europe/Madrid' } });
      await expectAlike(random, [...last.values()]);
    });

  it('when the sheets that there are were counted in an earlier way, then only what they have is read', async () => {
    const anew = { ...firstCounting('default', 'repairs', { timeZone: 'Europe/Rome', scheme: 2 }, new Date(START)), making: 2 };
    const upToDate = createUpToDate(() => Promise.resolve({ counting: { ...anew, whole: 1, wholeScheme: 1 }, isDone: false }));
    const read = (since: number) =>
      upToDate('default', { name: 'repairs' } as Subject, 'Europe/Rome', since).then(
        ({ making }) => making,
        (error: unknown) => (error as DomainError).code,
      );
    expect([await read(1), await read(2)]).to.deep.equal([1, 'DEPENDENCY_UNAVAILABLE']);
  });

  it('when they are asked for, then no repair and no document is read', async () => {
    const random = randomOf(7);
    const ids = Array.from({ length: 20 }, () => randomUUID());
    for (const id of ids)
      await bench.world.publish(
        RepairCollected,
        { repair: buildAny(random, id, technicians, ids), at: moment(0) },
        { subject: id, version: 1 },
      );
    for (const path of ['/reports/open-amounts', '/reports/repeat-repairs?from=2026-03-01&to=2027-03-01']) {
      await bench.report(path);
      const commands = await commandsOf(bench.world.platform.connection, () => bench.report(path));
      expect(commands.filter((command) => /repairs|documents/.test(command))).to.deep.equal([]);
      expect(commands).to.include('find day_sheets');
    }
  });
});
