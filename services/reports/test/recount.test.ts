import { TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { DateTime } from 'luxon';
import { startBench, type Bench, type Life } from './bench.js';
import { euro, repairIn } from './workshop.js';

const ZONE = 'Europe/Rome';
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** The same numbers for the same seed. */
const randomOf = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share: number) => next() < share,
    one: <T>(all: readonly T[]): T => all[below(all.length)] as T,
    shuffled: <T>(all: readonly T[]): readonly T[] =>
      all
        .map((item) => [next(), item] as const)
        .sort(([one], [other]) => one - other)
        .map(([, item]) => item),
  };
};
type Random = ReturnType<typeof randomOf>;

interface Fact {
  readonly type: 'RESOLVED' | 'REOPENED' | 'CLOSED' | 'RATED';
  readonly at: number;
  readonly by?: string;
  readonly score?: number;
}
/** What became of a ticket, as the test itself has noted it. */
interface Model {
  readonly part: Partial<PublishedTicket>;
  readonly createdAt: number;
  readonly dueAt: number;
  firstReplyAt?: number;
  readonly facts: Fact[];
  merged: boolean;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Lives a ticket without telling it. */
const live = async (bench: Bench, random: Random, begin: number, technicians: readonly string[]): Promise<[Life, Model]> => {
  const createdAt = begin + random.below(10 * 24 * 60) * MINUTE;
  const dueAt = createdAt + random.below(4 * 24 * 60) * MINUTE;
  const assignedToUserId = random.chance(0.6) ? random.one(technicians) : undefined;
  const part: Partial<PublishedTicket> = {
    createdAt: iso(createdAt),
    priority: random.one(TICKET_PRIORITIES),
    status: random.chance(0.2) ? 'WAITING_CUSTOMER' : 'OPEN',
    slaDueAt: iso(dueAt),
    ...(assignedToUserId === undefined ? {} : { assignedToUserId }),
  };
  const life = bench.quietTicket(part);
  const model: Model = { part, createdAt, dueAt, facts: [], merged: false };
  let at = createdAt;
  const later = (): number => (at += (1 + random.below(random.chance(0.5) ? 300 : 4_000)) * MINUTE);
  await life.opened();
  if (random.chance(0.15)) {
    model.merged = true;
    await life.merged(iso(later()), 'another');
    return [life, model];
  }
  if (random.chance(0.8)) {
    model.firstReplyAt = later();
    await life.replied(iso(at));
  }
  for (let round = 0; random.chance(round === 0 ? 0.8 : 0.7) && round < 5; round++) {
    if (round > 0) {
      model.facts.push({ type: 'REOPENED', at: later() });
      await life.reopened(iso(at));
    }
    const by = random.one(technicians);
    model.facts.push({ type: 'RESOLVED', at: later(), by });
    await life.resolved(iso(at), by);
  }
  const [last] = model.facts.slice(-1);
  if (last?.type === 'RESOLVED' && random.chance(0.6)) {
    model.facts.push({ type: 'CLOSED', at: later() });
    await life.closed(iso(at));
    const score = 1 + random.below(5);
    model.facts.push({ type: 'RATED', at: later(), by: last.by ?? '', score });
    await life.rated(iso(at), score);
  }
  return [life, model];
};

const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  if (sorted.length === 0) return null;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

/** One by one, as it is written in COUNTING.md. */
const recount = (models: readonly Model[], from: number, to: number) => {
  const isIn = (at: number): boolean => at >= from && at < to;
  const of = new Map<string, { resolved: number; reopened: number; minutes: number[] }>();
  const their = (id = '') => {
    const figures = of.get(id) ?? { resolved: 0, reopened: 0, minutes: [] };
    of.set(id, figures);
    return figures;
  };
  const all = { resolved: 0, closed: 0, reopened: 0, kept: 0, breached: 0, scores: [] as number[], minutes: [] as number[] };
  for (const { facts, createdAt, dueAt } of models) {
    let last: Fact | undefined;
    for (const fact of facts.filter(({ at }) => isIn(at))) {
      if (fact.type === 'CLOSED') all.closed++;
      if (fact.type === 'RATED') all.scores.push(fact.score ?? 0);
      if (fact.type === 'REOPENED') {
        all.reopened++;
        if (last !== undefined) their(last.by).reopened++;
      }
      if (fact.type === 'RESOLVED') last = fact;
    }
    if (last === undefined) continue;
    const minutes = (last.at - createdAt) / MINUTE;
    all.resolved++;
    all[last.at > dueAt ? 'breached' : 'kept']++;
    all.minutes.push(minutes);
    their(last.by).resolved++;
    their(last.by).minutes.push(minutes);
  }
  const opened = models.filter(({ createdAt, merged }) => !merged && isIn(createdAt));
  const replies = models.flatMap(({ createdAt, firstReplyAt }) =>
    firstReplyAt !== undefined && isIn(firstReplyAt) ? [(firstReplyAt - createdAt) / MINUTE] : [],
  );
  return { ...all, of, opened, replies };
};

interface Times {
  readonly count: number;
  readonly meanMinutes: number | null;
  readonly medianMinutes: number | null;
}
interface Report {
  readonly opened: number;
  readonly resolved: number;
  readonly closed: number;
  readonly reopened: number;
  readonly byPriority: Readonly<Record<string, number>>;
  readonly byDay: readonly { readonly date: string; readonly opened: number; readonly resolved: number; readonly closed: number }[];
  readonly firstResponse: Times;
  readonly resolution: Times;
  readonly sla: { readonly kept: number; readonly breached: number };
  readonly satisfaction: { readonly count: number; readonly mean: number | null };
  readonly resolvedByTechnician: readonly {
    readonly technicianId: string;
    readonly resolved: number;
    readonly reopened: number;
    readonly resolution: Times;
    readonly tickets: readonly object[];
  }[];
}

const expectTimes = (times: Times, minutes: readonly number[]): void => {
  expect(times.count).to.equal(minutes.length);
  if (minutes.length === 0) return;
  expect(times.meanMinutes).to.equal(Math.round((minutes.reduce((sum, each) => sum + each, 0) / minutes.length) * 10) / 10);
  const median = medianOf(minutes) ?? 0;
  expect(times.medianMinutes).to.be.closeTo(median, Math.max(0.05, median * 0.005));
};

describe('Reports against a recount one by one', () => {
  let bench: Bench;
  let technicians: readonly string[];
  beforeEach(async () => {
    bench = await startBench();
    technicians = [await bench.technician('Tina'), await bench.technician('Tom'), await bench.technician('Ida')];
  });
  afterEach(() => bench.stop());

  const startOf = (day: string): number => DateTime.fromISO(day, { zone: ZONE }).startOf('day').toMillis();
  const dayAfter = (day: string, days: number): string => DateTime.fromISO(day, { zone: ZONE }).plus({ days }).toFormat('yyyy-MM-dd');

  /** In any order, some twice, with reports in between. */
  const tellAll = async (
    random: Random,
    lives: readonly { readonly told: readonly (() => Promise<void>)[] }[],
    read: () => Promise<unknown>,
  ) => {
    const steps = lives.flatMap(({ told }) => [...told, ...told.filter(() => random.chance(0.2))]);
    for (const tell of random.shuffled(steps)) {
      await tell();
      if (random.chance(0.05)) await read();
    }
  };

  // Clocks go forward on 29 March and back on 25 October: the days last 23 and 25 hours.
  for (const [seed, first] of [
    [1, '2026-03-24'],
    [2, '2026-10-20'],
  ] as const)
    it(`when tickets live around ${first}, told in any order, then any period says the same`, async () => {
      const random = randomOf(seed);
      const lives: Life[] = [];
      const models: Model[] = [];
      for (let n = 0; n < 35; n++) {
        const [life, model] = await live(bench, random, startOf(first), technicians);
        lives.push(life);
        models.push(model);
      }
      await tellAll(random, lives, () => bench.report(`/reports/tickets?from=${first}&to=${dayAfter(first, 7)}`));
      bench.world.clock.set(iso(startOf(first) + 40 * DAY));
      for (let n = 0; n < 25; n++) {
        const from = dayAfter(first, random.below(12));
        const to = dayAfter(from, 1 + random.below(12));
        const report = await bench.report<Report>(`/reports/tickets?from=${from}&to=${to}`);
        const counted = recount(models, startOf(from), startOf(to));
        const { resolved, closed, reopened, kept, breached } = counted;
        expect(report).to.deep.include({ opened: counted.opened.length, resolved, closed, reopened });
        expect(report.sla).to.include({ kept, breached });
        for (const priority of TICKET_PRIORITIES)
          expect(report.byPriority[priority]).to.equal(counted.opened.filter(({ part }) => part.priority === priority).length);
        expectTimes(report.firstResponse, counted.replies);
        expectTimes(report.resolution, counted.minutes);
        expect(report.satisfaction.count).to.equal(counted.scores.length);
        const byDay = report.byDay.reduce((sum, day) => sum + day.resolved, 0);
        expect(byDay).to.equal(resolved);
        const results = [...counted.of].map(([id, { resolved: some, reopened: undone }]) => [id, some, undone]);
        expect(report.resolvedByTechnician.map((row) => [row.technicianId, row.resolved, row.reopened])).to.have.deep.members(results);
        for (const row of report.resolvedByTechnician) {
          expectTimes(row.resolution, counted.of.get(row.technicianId)?.minutes ?? []);
          expect(row.tickets).to.have.length(row.resolved);
        }
      }
    });

  it('when tickets are open, then the dashboard says how many, how old and how late they are', async () => {
    const random = randomOf(3);
    const begin = startOf('2026-03-20');
    const lives: Life[] = [];
    const models: Model[] = [];
    for (let n = 0; n < 60; n++) {
      const [life, model] = await live(bench, random, begin, technicians);
      lives.push(life);
      models.push(model);
    }
    await tellAll(random, lives, () => bench.report('/reports/dashboard'));
    const now = begin + 13 * DAY + 11 * 60 * MINUTE;
    bench.world.clock.set(iso(now));
    const open = models.filter(({ facts, merged }) => !merged && (facts.length === 0 || facts.at(-1)?.type === 'REOPENED'));
    const ages = open.map(({ createdAt }) => (now - createdAt) / DAY);
    const { now: found } = await bench.report<{ now: Readonly<Record<string, unknown>> }>('/reports/dashboard');
    expect(open).to.have.length.greaterThan(3);
    expect(found).to.deep.include({
      open: open.length,
      unassigned: open.filter(({ part }) => part.assignedToUserId === undefined).length,
      overdue: open.filter(({ dueAt }) => dueAt < now).length,
      waitingForCustomer: open.filter(({ part, facts }) => part.status === 'WAITING_CUSTOMER' && facts.length === 0).length,
      oldestCreatedAt: iso(Math.min(...open.map(({ createdAt }) => createdAt))),
      medianAgeDays: Math.round((medianOf(ages) ?? 0) * 10) / 10,
      olderThan7Days: ages.filter((age) => age > 7).length,
      olderThan30Days: 0,
    });
  });

  it('when repairs are decided and waived, told in any order, then any period says the same', async () => {
    const random = randomOf(4);
    const first = '2026-10-20';
    interface Made {
      readonly by: string;
      readonly at: number;
      readonly isRefused: boolean;
      readonly cost: number;
      readonly revenue: number;
      readonly hours: number;
    }
    const made: Made[] = [];
    const lives = [];
    for (let n = 0; n < 35; n++) {
      const createdAt = startOf(first) + random.below(8 * 24 * 60) * MINUTE;
      const life = repairIn(bench, { createdAt: iso(createdAt) }, true);
      lives.push(life);
      await life.received();
      if (random.chance(0.2)) {
        await life.canceled(iso(createdAt + MINUTE));
        continue;
      }
      const [by, isRefused, cost, amount] = [
        random.one(technicians),
        random.chance(0.3),
        1 + random.below(9_000),
        100 + random.below(20_000),
      ];
      const at = createdAt + random.below(5 * 24 * 60) * MINUTE;
      const part = { productionCost: euro(cost), amount: euro(amount) };
      await (isRefused ? life.refused(iso(at), by, part) : life.completed(iso(at), by, part));
      let revenue = amount;
      if (random.chance(0.3)) {
        await life.paid(iso(at + MINUTE), 50);
        await life.waived(iso(at + 2 * MINUTE));
        revenue = 50;
      }
      made.push({ by, at, isRefused, cost, revenue, hours: (at - createdAt) / (60 * MINUTE) });
    }
    await tellAll(random, lives, () => bench.report(`/reports/repairs/summary?from=${first}&to=${dayAfter(first, 6)}`));
    for (let n = 0; n < 20; n++) {
      const from = dayAfter(first, random.below(10));
      const to = dayAfter(from, 1 + random.below(10));
      const mine = made.filter(({ at }) => at >= startOf(from) && at < startOf(to));
      const sum = (figure: 'cost' | 'revenue') => mine.reduce((total, each) => total + each[figure], 0);
      const summary = await bench.report<{
        byTechnician: { technicianId: string; processed: number; refused: number; medianHours: number | null }[];
      }>(`/reports/repairs/summary?from=${from}&to=${to}`);
      expect(summary).to.deep.include({
        completed: mine.filter(({ isRefused }) => !isRefused).length,
        refused: mine.filter(({ isRefused }) => isRefused).length,
        productionCost: mine.length === 0 ? [] : [euro(sum('cost'))],
        revenue: mine.length === 0 ? [] : [euro(sum('revenue'))],
      });
      for (const { technicianId, processed, refused, medianHours } of summary.byTechnician) {
        const theirs = mine.filter(({ by }) => by === technicianId);
        expect([processed, refused]).to.deep.equal([theirs.length, theirs.filter(({ isRefused }) => isRefused).length]);
        expect(medianHours).to.be.closeTo(medianOf(theirs.map(({ hours }) => hours)) ?? 0, 0.51);
      }
    }
  });
});
