import Joi from 'joi';
import { TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import type { DayOf } from '../counting/days.js';
import type { Figures, Sums } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { LISTED_TICKETS, resultsOf, timesOf } from '../outcome/results.js';
import type { TicketQueries } from '../replica/ticket.queries.js';
import { repairsToday } from '../repair-report/repairs-today.js';
import { moneyLines } from '../repair-report/repair-tables.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';
import { openTicketsOf } from '../ticket-report/open-tickets.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly ticketSubject: Subject;
  readonly repairSubject: Subject;
  readonly dayOfIn: (timeZone: string) => DayOf;
  readonly ticketQueries: TicketQueries;
  readonly outcomes: OutcomeStore;
  readonly users: Replica<PublishedUser>;
}
type DashboardQuery = Pick<PeriodQuery, 'format'>;
export const dashboardQuery = Joi.object<DashboardQuery>({ format: oneOf(['json', 'csv'] as const) });
type Dashboard = Awaited<ReturnType<typeof makeDashboard>>;

const ticketsToday = async ({ outcomes, users }: Deps, tenantId: string, { span }: ResolvedPeriod, sums: Sums) => {
  const results = resultsOf(sums);
  const [names, newest] = await Promise.all([
    users.in(tenantId).findMany(results.technicianIds),
    outcomes.newest(tenantId, span, results.resolvedOf, LISTED_TICKETS),
  ]);
  return {
    opened: sums.counts.get('opened') ?? 0,
    ...results.counts,
    firstResponse: timesOf(sums, 'response'),
    resolution: results.resolution,
    sla: results.sla,
    resolvedByTechnician: results.byTechnician(names, newest),
  };
};

const ticketsNow = async ({ dayOfIn, ticketQueries }: Deps, tenantId: string, { period }: ResolvedPeriod, cells: Cells, now: Date) => {
  const { timeZone, to } = period;
  const open = openTicketsOf(cells, { tenantId, timeZone, now, dayOf: dayOfIn(timeZone), ticketQueries });
  const [backlog, { overdue, dueToday }] = await Promise.all([open.backlog(to), open.dues()]);
  return {
    ...backlog,
    unassigned: open.onDesk(''),
    waitingForCustomer: open.waiting,
    dueToday,
    overdue,
    byPriority: Object.fromEntries(TICKET_PRIORITIES.map((priority) => [priority, open.byPriority(priority)])),
  };
};

const makeDashboard = async (deps: Deps, tenantId: string, now: Date) => {
  const { readPeriod, figures, ticketSubject, repairSubject } = deps;
  const today = await readPeriod(tenantId, 'today', now);
  const { period } = today;
  const [tickets, repairs] = await Promise.all([
    figures.of(tenantId, ticketSubject, period.timeZone),
    figures.of(tenantId, repairSubject, period.timeZone),
  ]);
  const { sums, now: cells } = await tickets.dayAndNow(period);
  const [ofTickets, nowOpen, ofRepairs] = await Promise.all([
    ticketsToday(deps, tenantId, today, sums),
    ticketsNow(deps, tenantId, today, cells, now),
    repairsToday(repairs, period),
  ]);
  return { date: period.from, timeZone: period.timeZone, today: ofTickets, now: nowOpen, repairs: ofRepairs };
};

const tableOf = ({ date, today, now, repairs }: Dashboard): Table => [
  ['date', 'key', 'value'],
  ...(['opened', 'resolved', 'closed', 'reopened'] as const).map((key) => [date, key, today[key]]),
  ...(['open', 'unassigned', 'waitingForCustomer', 'dueToday', 'overdue'] as const).map((key) => [date, key, now[key]]),
  ...Object.entries(now.byPriority).map(([priority, count]) => [date, `open ${priority}`, count]),
  ...(['received', 'completed', 'refused'] as const).map((key) => [date, `repairs ${key}`, repairs.today[key]]),
  ...[...moneyLines('productionCost', repairs.today.productionCost), ...moneyLines('revenue', repairs.today.revenue)].map(
    ([section, currency, , amount]) => [date, `repairs ${String(section)} ${String(currency)}`, amount],
  ),
  ...(['open', 'unassigned', 'heldUp', 'readyForPickup'] as const).map((key) => [date, `repairs now ${key}`, repairs.now[key]]),
];

/** Today's numbers in one call. */
export const getDashboard =
  (deps: Deps) =>
  async (call: Call<unknown, DashboardQuery>): Promise<Reply> =>
    answer(call, 'dashboard', await makeDashboard(deps, call.caller.tenantId, call.now), tableOf);
