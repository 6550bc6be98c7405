import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { TECHNICIAN_ROLES } from '@riparo/shared/contracts/roles';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import { collect, groupBy } from '../collect.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import { createSatisfactionCount } from '../outcome/satisfaction.js';
import { createResults, type TechnicianResult } from '../outcome/results.js';
import type { Open, TicketQueries } from '../replica/ticket.queries.js';
import { timeStatistics } from '../statistics.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
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

/** What lies on somebody's desk now, given oldest first. */
const workloadOf = (open: readonly Open[], now: Date) => ({
  openTickets: open.length,
  overdueTickets: open.filter(({ slaDueAt }) => slaDueAt !== undefined && slaDueAt < now).length,
  oldestTicketAt: open[0]?.createdAt ?? null,
});

const makeReport = async ({ ticketQueries, outcomes, users }: Deps, tenantId: string, { period, span }: ResolvedPeriod, now: Date) => {
  const [results, satisfaction] = [createResults(), createSatisfactionCount()];
  for await (const outcome of outcomes.between(tenantId, span)) {
    results.add(outcome);
    satisfaction.add(outcome);
  }
  const roles = [...TECHNICIAN_ROLES];
  const employed = await users.in(tenantId).list({ role: { $in: roles }, status: 'ACTIVE', removed: false }, { limit: ALL_TECHNICIANS });
  const openOf = groupBy(await collect(ticketQueries.open(tenantId, now)), ({ assignedToUserId }) => assignedToUserId ?? '');
  const names = await users.in(tenantId).findMany([...employed.map(({ id }) => id), ...results.technicianIds(), ...openOf.keys()]);
  const resultOf = new Map(results.byTechnician(names).map((result) => [result.technicianId ?? '', result]));
  const everybody = new Set([...employed.map(({ id }) => id), ...resultOf.keys(), ...openOf.keys()]);
  everybody.delete('');
  const technicians = [...everybody].map((technicianId) => ({
    technicianId,
    name: names.get(technicianId)?.name ?? technicianId,
    ...workloadOf(openOf.get(technicianId) ?? [], now),
    ...(resultOf.get(technicianId) ?? NOTHING),
    satisfaction: satisfaction.of(technicianId),
  }));
  return {
    period,
    unassignedTickets: openOf.get('')?.length ?? 0,
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
