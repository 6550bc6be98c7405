import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import type { DayOf } from '../counting/days.js';
import type { Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { LISTED_TICKETS, resolvedOfDay, resultsOf, timesOf } from '../outcome/results.js';
import { ratingsOf } from '../outcome/satisfaction.js';
import type { TicketQueries } from '../replica/ticket.queries.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';
import { openTicketsOf } from './open-tickets.js';
import { responsePromiseOf, tallyOf } from './ticket-report.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly ticketSubject: Subject;
  readonly dayOfIn: (timeZone: string) => DayOf;
  readonly ticketQueries: TicketQueries;
  readonly outcomes: OutcomeStore;
  readonly users: Replica<PublishedUser>;
}
type TicketReport = Awaited<ReturnType<typeof makeReport>>;

const makeReport = async (deps: Deps, tenantId: string, { period, days, span }: ResolvedPeriod, now: Date) => {
  const { figures, ticketSubject, dayOfIn, ticketQueries, outcomes, users } = deps;
  const { timeZone, to } = period;
  const sheets = await figures.of(tenantId, ticketSubject, timeZone);
  const byDay = new Map<string, Cells>();
  const sums = await sheets.sum(period, (day, counts) => void byDay.set(day, counts));
  const [results, ratings] = [resultsOf(sums), ratingsOf(sums)];
  const open = openTicketsOf(await sheets.now(), { tenantId, timeZone, now, dayOf: dayOfIn(timeZone), ticketQueries });
  const names = await users.in(tenantId).findMany(results.technicianIds);
  const newest = await outcomes.newest(tenantId, span, results.resolvedOf, LISTED_TICKETS);
  return {
    period,
    opened: sums.counts.get('opened') ?? 0,
    ...results.counts,
    byStatus: tallyOf(sums, 'status', TICKET_STATUSES),
    byPriority: tallyOf(sums, 'priority', TICKET_PRIORITIES),
    byCategory: tallyOf(sums, 'category', TICKET_CATEGORIES),
    byDay: days.map((date) => {
      const counts = byDay.get(date) ?? {};
      return { date, opened: counts.opened ?? 0, resolved: resolvedOfDay(counts), closed: counts.closed ?? 0 };
    }),
    firstResponse: timesOf(sums, 'response'),
    resolution: results.resolution,
    sla: { ...results.sla, firstResponse: responsePromiseOf(sums) },
    satisfaction: ratings.total(),
    backlog: await open.backlog(to),
    resolvedByTechnician: results.byTechnician(names, newest),
  };
};

const tableOf = (report: TicketReport): Table => [
  ['section', 'key', 'name', 'value'],
  ...(['opened', 'resolved', 'closed', 'reopened'] as const).map((key) => ['totals', key, '', report[key]]),
  ...(['byStatus', 'byPriority', 'byCategory'] as const).flatMap((section) =>
    Object.entries<number | null>(report[section]).map(([key, value]) => [section, key, '', value]),
  ),
  ...report.byDay.flatMap(({ date, ...counts }) => Object.entries(counts).map(([key, value]) => ['byDay', date, key, value])),
  ...(['firstResponse', 'resolution'] as const).flatMap((section) =>
    Object.entries({ ...report[section] } as Record<string, number | null>).map(([key, value]) => [section, key, '', value]),
  ),
  ['sla', 'kept', '', report.sla.kept],
  ['sla', 'breached', '', report.sla.breached],
  ['satisfaction', 'count', '', report.satisfaction.count],
  ['satisfaction', 'mean', '', report.satisfaction.mean],
  ...Object.entries(report.satisfaction.distribution).map(([score, count]) => ['satisfaction', score, '', count]),
  ...report.resolvedByTechnician.map(({ technicianId, name, resolved }) => ['resolvedByTechnician', technicianId, name, resolved]),
];

/** Totals are of tickets opened in the period; times, SLA and results of what was answered and resolved in it. */
export const getTicketReport =
  (deps: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const resolved = await deps.readPeriod(caller.tenantId, query, now);
    return answer(call, 'tickets', await makeReport(deps, caller.tenantId, resolved, now), tableOf);
  };
