import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import type { TicketOutcome } from '../outcome/outcome.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { createResults } from '../outcome/results.js';
import { createSatisfactionCount } from '../outcome/satisfaction.js';
import type { TicketQueries } from '../replica/ticket.queries.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';
import { collect } from '../collect.js';
import { backlogOf, countByDay, createOpenedCount, createResponseCount, resolutionOf } from './ticket-report.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly ticketQueries: TicketQueries;
  readonly outcomes: OutcomeStore;
  readonly users: Replica<PublishedUser>;
}
type TicketReport = Awaited<ReturnType<typeof makeReport>>;

const makeReport = async ({ ticketQueries, outcomes, users }: Deps, tenantId: string, resolved: ResolvedPeriod, now: Date) => {
  const { period, span } = resolved;
  const [opened, responses, results] = [createOpenedCount(resolved), createResponseCount(), createResults()];
  const satisfaction = createSatisfactionCount();
  const closings: TicketOutcome[] = [];
  for await (const ticket of ticketQueries.opened(tenantId, span)) opened.add(ticket);
  for await (const ticket of ticketQueries.responded(tenantId, span)) responses.add(ticket);
  for await (const outcome of outcomes.between(tenantId, span)) {
    results.add(outcome);
    satisfaction.add(outcome);
    if (outcome.type === 'CLOSED') closings.push(outcome);
  }
  const open = await collect(ticketQueries.open(tenantId, span.to));
  const { resolution, sla } = resolutionOf(results);
  const [resolvedByDay, closedByDay] = [countByDay(resolved, results.resolutions()), countByDay(resolved, closings)];
  return {
    period,
    opened: opened.opened(),
    ...results.counts,
    byStatus: opened.byStatus,
    byPriority: opened.byPriority,
    byCategory: opened.byCategory,
    byDay: resolved.days.map((date) => ({
      date,
      opened: opened.byDay.get(date) ?? 0,
      resolved: resolvedByDay.get(date) ?? 0,
      closed: closedByDay.get(date) ?? 0,
    })),
    firstResponse: responses.statistics(),
    resolution,
    sla: { ...sla, firstResponse: responses.promise },
    satisfaction: satisfaction.total(),
    backlog: backlogOf(open, now),
    resolvedByTechnician: results.byTechnician(await users.in(tenantId).findMany(results.technicianIds())),
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
