import { startOf } from '@riparo/shared/time/local-day';
import { DAY_MS, HOUR_MS } from '@riparo/shared/time/units';
import type { Cells } from '../counting/contribution.js';
import { partsOf } from '../counting/figures.js';
import type { DayOf } from '../counting/days.js';
import type { TicketQueries } from '../replica/ticket.queries.js';

export interface Backlog {
  readonly open: number;
  readonly oldestCreatedAt: Date | null;
  readonly medianAgeDays: number | null;
  readonly olderThan7Days: number;
  readonly olderThan30Days: number;
}

/** What is open now. Counts come from the sheet; a day that a moment cuts in two is looked at in the index. */
export interface OpenTickets {
  /** Of tickets that were opened before a day. */
  backlog(before: string): Promise<Backlog>;
  /** What is late, and what will be today. */
  dues(): Promise<{ readonly overdue: number; readonly dueToday: number }>;
  /** `''` is nobody. */
  overdueByTechnician(): Promise<ReadonlyMap<string, number>>;
  onDesk(technicianId: string): number;
  /** Everybody with an open ticket; `''` is nobody. */
  readonly desks: readonly string[];
  readonly waiting: number;
  byPriority(priority: string): number;
}

export interface OpenTicketsDeps {
  readonly tenantId: string;
  readonly timeZone: string;
  readonly now: Date;
  readonly dayOf: DayOf;
  readonly ticketQueries: TicketQueries;
}

/** Of the tickets of one day, so many are passed over to find the one in the middle. */
const PASSED_OVER = 200;
const LONGEST_DAY_MS = 25 * HOUR_MS;

const ageOf = (now: Date, createdAt: Date): number => (now.getTime() - createdAt.getTime()) / DAY_MS;

export const openTicketsOf = (cells: Cells, { tenantId, timeZone, now, dayOf, ticketQueries }: OpenTicketsDeps): OpenTickets => {
  /** Counts of a figure by the rest of the name, in order of that. */
  const countsOf = (figure: string): readonly (readonly [readonly string[], number])[] =>
    Object.entries(cells)
      .map(([name, count]) => [partsOf(name), count] as const)
      .filter(([[named]]) => named === figure)
      .map(([[, ...rest], count]) => [rest, count] as const);
  const openedOn = countsOf('opened on')
    .map(([[day = ''], count]) => ({ day, count }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
  const today = dayOf(now);
  const sinceMidnight = { from: startOf(today, timeZone), to: now };
  const dues = countsOf('due').map(([[technician = '', day = ''], count]) => ({ technician, day, count }));
  const isDueToday = dues.some(({ day }) => day === today);
  const sum = (counts: readonly { readonly count: number }[]): number => counts.reduce((total, { count }) => total + count, 0);

  /** How many were opened before a moment. */
  const countBefore = async (moment: Date, before: string): Promise<number> => {
    const cut = dayOf(moment);
    const whole = sum(openedOn.filter(({ day }) => day < cut && day < before));
    if (cut >= before || !openedOn.some(({ day }) => day === cut)) return whole;
    return whole + (await ticketQueries.countOpened(tenantId, { from: startOf(cut, timeZone), to: moment }));
  };

  /** Comes nearer to the n-th one since a moment: to count in an index is cheap, to pass over many is not. */
  const narrow = async (since: Date, n: number): Promise<{ readonly from: Date; readonly skip: number }> => {
    let [from, skip, width] = [since, n, LONGEST_DAY_MS];
    while (skip > PASSED_OVER && width > 1) {
      width = Math.ceil(width / 2);
      const to = new Date(from.getTime() + width);
      const before = await ticketQueries.countOpened(tenantId, { from, to });
      if (before <= skip) [from, skip] = [to, skip - before];
    }
    return { from, skip };
  };

  const medianAge = async (days: readonly { readonly day: string; readonly count: number }[]): Promise<number | null> => {
    const total = sum(days);
    let rank = Math.floor((total - 1) / 2);
    const middle = days.find(({ count }) => (rank -= count) < 0);
    if (middle === undefined) return null;
    const { from, skip } = await narrow(startOf(middle.day, timeZone), rank + middle.count);
    const found = await ticketQueries.openedFrom(tenantId, from, { skip, limit: total % 2 === 0 ? 2 : 1 });
    // Somebody may have resolved them a moment ago.
    if (found.length === 0) return null;
    const ages = found.map((createdAt) => ageOf(now, createdAt));
    return Math.round((ages.reduce((all, age) => all + age, 0) / ages.length) * 10) / 10;
  };

  return {
    backlog: async (before) => {
      const days = openedOn.filter(({ day }) => day < before);
      const [first] = days;
      const oldest =
        first === undefined ? [] : await ticketQueries.openedFrom(tenantId, startOf(first.day, timeZone), { skip: 0, limit: 1 });
      const ago = (count: number): Date => new Date(now.getTime() - count * DAY_MS);
      return {
        open: sum(days),
        oldestCreatedAt: oldest[0] ?? null,
        medianAgeDays: await medianAge(days),
        olderThan7Days: await countBefore(ago(7), before),
        olderThan30Days: await countBefore(ago(30), before),
      };
    },
    dues: async () => {
      const earlier = sum(dues.filter(({ day }) => day < today));
      const late = isDueToday ? await ticketQueries.countDue(tenantId, sinceMidnight) : 0;
      return { overdue: earlier + late, dueToday: Math.max(0, sum(dues.filter(({ day }) => day === today)) - late) };
    },
    overdueByTechnician: async () => {
      const overdue = new Map(isDueToday ? await ticketQueries.dueByTechnician(tenantId, sinceMidnight) : []);
      for (const { technician, day, count } of dues) if (day < today) overdue.set(technician, (overdue.get(technician) ?? 0) + count);
      return overdue;
    },
    onDesk: (technicianId) => cells[`desk|${technicianId}`] ?? 0,
    desks: countsOf('desk').map(([[technician = '']]) => technician),
    waiting: cells.waiting ?? 0,
    byPriority: (priority) => cells[`priority|${priority}`] ?? 0,
  };
};
