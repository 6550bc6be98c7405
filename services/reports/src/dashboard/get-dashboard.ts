import Joi from 'joi';
import { TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import { collect } from '../collect.js';
import type { Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { createResults } from '../outcome/results.js';
import type { TicketQueries } from '../replica/ticket.queries.js';
import { repairsToday } from '../repair-report/repairs-today.js';
import { moneyLines } from '../repair-report/repair-tables.js';
import { createTally } from '../tally.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';
import { backlogOf, createResponseCount, resolutionOf } from '../ticket-report/ticket-report.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly ticketQueries: TicketQueries;
  readonly figures: Figures;
  readonly repairSubject: Subject;
  readonly outcomes: OutcomeStore;
  readonly users: Replica<PublishedUser>;
}
type DashboardQuery = Pick<PeriodQuery, 'format'>;
export const dashboardQuery = Joi.object<DashboardQuery>({ format: oneOf(['json', 'csv'] as const) });
type Dashboard = Awaited<ReturnType<typeof makeDashboard>>;

const makeDashboard = async (deps: Deps, tenantId: string, now: Date) => {
  const { readPeriod, ticketQueries, figures, repairSubject, outcomes, users } = deps;
  const { period, span } = await readPeriod(tenantId, 'today', now);
  const [responses, results, byPriority] = [createResponseCount(), createResults(), createTally(TICKET_PRIORITIES)];
  for await (const ticket of ticketQueries.responded(tenantId, span)) responses.add(ticket);
  for await (const outcome of outcomes.between(tenantId, span)) results.add(outcome);
  const openedToday = (await collect(ticketQueries.opened(tenantId, span))).length;
  const open = await collect(ticketQueries.open(tenantId, span.to));
  for (const { priority } of open) byPriority.add(priority);
  return {
    date: period.from,
    timeZone: period.timeZone,
    today: {
      opened: openedToday,
      ...results.counts,
      firstResponse: responses.statistics(),
      ...resolutionOf(results),
      resolvedByTechnician: results.byTechnician(await users.in(tenantId).findMany(results.technicianIds())),
    },
    now: {
      ...backlogOf(open, now),
      unassigned: open.filter(({ assignedToUserId }) => assignedToUserId === undefined).length,
      waitingForCustomer: open.filter(({ status }) => status === 'WAITING_CUSTOMER').length,
      overdue: open.filter(({ slaDueAt }) => slaDueAt !== undefined && slaDueAt < now).length,
      byPriority: byPriority.counts,
    },
    repairs: await repairsToday(await figures.of(tenantId, repairSubject), period),
  };
};

const tableOf = ({ date, today, now, repairs }: Dashboard): Table => [
  ['date', 'key', 'value'],
  ...(['opened', 'resolved', 'closed', 'reopened'] as const).map((key) => [date, key, today[key]]),
  ...(['open', 'unassigned', 'waitingForCustomer', 'overdue'] as const).map((key) => [date, key, now[key]]),
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
