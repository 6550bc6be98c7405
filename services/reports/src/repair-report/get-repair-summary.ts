import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Table } from '@riparo/shared/files/csv';
import { answer } from '../answer.js';
import type { Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import { hoursOf, outcomeRowsOf } from '../replica/repair.queries.js';
import type { PeriodQuery, ReadPeriod, ResolvedPeriod } from '../tenant-period.js';
import { byTechnician, countOf, productionCostOf, revenueOf, technicianIdsOf } from './repair-figures.js';
import { moneyLines, technicianTable } from './repair-tables.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly repairSubject: Subject;
  readonly users: Replica<PublishedUser>;
}
type Summary = Awaited<ReturnType<typeof makeSummary>>;

const makeSummary = async ({ figures, repairSubject, users }: Deps, tenantId: string, { period }: ResolvedPeriod) => {
  const sums = await (await figures.of(tenantId, repairSubject, period.timeZone)).sum(period);
  const rows = outcomeRowsOf(sums);
  return {
    period,
    completed: countOf(rows, 'COMPLETED'),
    refused: countOf(rows, 'REFUSED'),
    productionCost: productionCostOf(rows),
    revenue: revenueOf(rows),
    byTechnician: byTechnician(rows, hoursOf(sums), await users.in(tenantId).findMany(technicianIdsOf(rows))),
  };
};

const summaryTable = (summary: Summary): Table => [
  ['section', 'key', 'name', 'value'],
  ['totals', 'completed', '', summary.completed],
  ['totals', 'refused', '', summary.refused],
  ...moneyLines('productionCost', summary.productionCost),
  ...moneyLines('revenue', summary.revenue),
  ...(['processed', 'completed', 'refused', 'medianHours'] as const).flatMap((figure) =>
    summary.byTechnician.map((row) => [`${figure}ByTechnician`, row.technicianId, row.name, row[figure]]),
  ),
];

type Ask = Call<unknown, PeriodQuery>;

const summaryOf = async (deps: Deps, { caller: { tenantId }, query, now }: Ask): Promise<Summary> =>
  makeSummary(deps, tenantId, await deps.readPeriod(tenantId, query, now));

/** Everything about the repairs whose outcome lies in the period. */
export const getRepairSummary =
  (deps: Deps) =>
  async (call: Ask): Promise<Reply> =>
    answer(call, 'repairs', await summaryOf(deps, call), summaryTable);

/** How many repairs each technician brought to an outcome, and how long that took. */
export const getRepairsByTechnician =
  (deps: Deps) =>
  async (call: Ask): Promise<Reply> => {
    const { period, byTechnician: technicians } = await summaryOf(deps, call);
    return answer(call, 'repairs-by-technician', { period, byTechnician: technicians }, () => technicianTable(technicians));
  };
