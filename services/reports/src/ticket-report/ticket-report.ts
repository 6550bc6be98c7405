import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import type { TicketOutcome } from '../outcome/outcome.js';
import type { Results } from '../outcome/results.js';
import { dayOf, type PeriodDays } from '../period.js';
import type { Open, Opened, Responded } from '../replica/ticket.queries.js';
import { timeStatistics, type TimeStatistics } from '../statistics.js';
import { createTally } from '../tally.js';

export interface SlaCount {
  readonly kept: number;
  readonly breached: number;
}

/** Counts tickets by the day they were opened in, and by what they are now. */
export const createOpenedCount = (days: PeriodDays) => {
  const [status, priority, category] = [createTally(TICKET_STATUSES), createTally(TICKET_PRIORITIES), createTally(TICKET_CATEGORIES)];
  const byDay = new Map<string, number>();
  return {
    add: (ticket: Opened): void => {
      status.add(ticket.status);
      priority.add(ticket.priority);
      category.add(ticket.category);
      const day = dayOf(days, ticket.createdAt);
      if (day !== undefined) byDay.set(day, (byDay.get(day) ?? 0) + 1);
    },
    opened: (): number => Object.values(status.counts).reduce((sum, count) => sum + count, 0),
    byStatus: status.counts,
    byPriority: priority.counts,
    byCategory: category.counts,
    byDay,
  };
};

/** How long customers waited for the first reply, and whether that was in time. */
export const createResponseCount = () => {
  const minutes: number[] = [];
  const promise = { kept: 0, breached: 0 };
  return {
    add: ({ createdAt, firstRespondedAt, responseDueAt }: Responded): void => {
      if (firstRespondedAt === undefined) return;
      minutes.push((firstRespondedAt.getTime() - createdAt.getTime()) / MINUTE_MS);
      if (responseDueAt !== undefined) promise[firstRespondedAt <= responseDueAt ? 'kept' : 'breached']++;
    },
    statistics: (): TimeStatistics => timeStatistics(minutes),
    promise,
  };
};

export interface Backlog {
  readonly open: number;
  readonly oldestCreatedAt: Date | null;
  readonly medianAgeDays: number | null;
  readonly olderThan7Days: number;
  readonly olderThan30Days: number;
}

/** What is open, given oldest first, and for how long. */
export const backlogOf = (open: readonly Pick<Open, 'createdAt'>[], now: Date): Backlog => {
  const ages = open.map(({ createdAt }) => (now.getTime() - createdAt.getTime()) / DAY_MS);
  const { medianMinutes: medianAgeDays } = timeStatistics(ages);
  return {
    open: ages.length,
    oldestCreatedAt: open[0]?.createdAt ?? null,
    medianAgeDays,
    olderThan7Days: ages.filter((age) => age > 7).length,
    olderThan30Days: ages.filter((age) => age > 30).length,
  };
};

/** Resolutions and closings by day; each ticket counts on the day of its last resolution in the period. */
export const countByDay = (days: PeriodDays, outcomes: readonly TicketOutcome[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { at } of outcomes) {
    const day = dayOf(days, at);
    if (day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
};

export const resolutionOf = (results: Results): { readonly resolution: TimeStatistics; readonly sla: SlaCount } => {
  const resolutions = results.resolutions();
  return {
    resolution: timeStatistics(resolutions.map(({ minutes }) => minutes)),
    sla: {
      kept: resolutions.filter(({ sla }) => sla === 'KEPT').length,
      breached: resolutions.filter(({ sla }) => sla === 'BREACHED').length,
    },
  };
};
