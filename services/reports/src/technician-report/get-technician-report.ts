import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { TECHNICIAN_ROLES } from '@riparo/shared/contracts/roles';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import type { DayOf } from '../counting/days.js';
import type { Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { ratingsOf } from '../outcome/satisfaction.js';
import { LISTED_TICKETS, resultsOf, type TechnicianResult } from '../outcome/results.js';
import type { TicketQueries } from '../replica/ticket.queries.js';
import { timeStatistics } from '../statistics.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';
import { openTicketsOf } from '../ticket-report/open-tickets.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly ticketSubject: Subject;
  readonly dayOfIn: (timeZone: string) => DayOf;
  readonly ticketQueries: TicketQueries;
  readonly outcomes: OutcomeStore;
  readonly users: Replica<PublishedUser>;
}
type TechnicianReport = Awaited<ReturnType<typeof makeReport>>;

const ALL_TECHNICIANS = 1_000;
const NOTHING: Omit<TechnicianResult, 'technicianId' | 'name'> = {
  resolved: 0,
  reopened: 0,
  resolution: timeStatistics([]),
  slaKept: 0,
  slaBreached: 0,
  tickets: [],
};

const makeReport = async (deps: Deps, tenantId: string, { period, span }: ResolvedPeriod, now: Date) => {
  const { figures, ticketSubject, dayOfIn, ticketQueries, outcomes, users } = deps;
  const { timeZone } = period;
  const sheets = await figures.of(tenantId, ticketSubject, timeZone);
  const sums = await sheets.sum(period);
  const [results, ratings] = [resultsOf(sums), ratingsOf(sums)];
  const open = openTicketsOf(await sheets.now(), { tenantId, timeZone, now, dayOf: dayOfIn(timeZone), ticketQueries });
  const overdue = await open.overdueByTechnician();
  const roles = [...TECHNICIAN_ROLES];
  const employed = await users.in(tenantId).list({ role: { $in: roles }, status: 'ACTIVE', removed: false }, { limit: ALL_TECHNICIANS });
  const everybody = new Set([...employed.map(({ id }) => id), ...results.technicianIds, ...open.desks]);
  const names = await users.in(tenantId).findMany([...everybody]);
  const newest = await outcomes.newest(tenantId, span, results.resolvedOf, LISTED_TICKETS);
  const resultOf = new Map(results.byTechnician(names, newest).map((result) => [result.technicianId ?? '', result]));
  everybody.delete('');
  const technicians = await Promise.all(
    [...everybody].map(async (technicianId) => ({
      technicianId,
      name: names.get(technicianId)?.name ?? technicianId,
      openTickets: open.onDesk(technicianId),
      overdueTickets: overdue.get(technicianId) ?? 0,
      oldestTicketAt: open.onDesk(technicianId) === 0 ? null : ((await ticketQueries.oldestOf(tenantId, technicianId)) ?? null),
      ...(resultOf.get(technicianId) ?? NOTHING),
      satisfaction: ratings.of(technicianId),
    })),
  );
  return {
    period,
    unassignedTickets: open.onDesk(''),
    technicians: technicians.sort((a, b) => b.resolved - a.resolved || a.name.localeCompare(b.name)),
  };
};

const tableOf = ({ technicians }: TechnicianReport): Table => [
  [
    'technicianId',
    'name',
    'openTickets',
    'overdueTickets',
    'oldestTicketAt',
    'resolved',
    'reopened',
    'medianMinutes',
    'slaKept',
    'slaBreached',
    'ratings',
    'meanRating',
  ],
  ...technicians.map((row) => [
    row.technicianId,
    row.name,
    row.openTickets,
    row.overdueTickets,
    row.oldestTicketAt?.toISOString(),
    row.resolved,
    row.reopened,
    row.resolution.medianMinutes,
    row.slaKept,
    row.slaBreached,
    row.satisfaction.count,
    row.satisfaction.mean,
  ]),
];

/** What lies on each technician's desk now, and what they resolved in the period. */
export const getTechnicianReport =
  (deps: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const resolved = await deps.readPeriod(caller.tenantId, query, now);
    return answer(call, 'technicians', await makeReport(deps, caller.tenantId, resolved, now), tableOf);
  };
