import type { RepairOutcome } from '@riparo/shared/contracts/enums';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import { countOfType, outcomeRowsOf } from '../replica/repair.queries.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';
import { productionCostOf } from './repair-figures.js';
import { moneyLines } from './repair-tables.js';

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly repairSubject: Subject;
}

const FIGURE = { COMPLETED: 'completed', REFUSED: 'refused' } as const satisfies Record<RepairOutcome, string>;

const getCount =
  (type: RepairOutcome) =>
  ({ readPeriod, figures, repairSubject }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period, days } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, repairSubject, period.timeZone);
    const found = new Map<string, number>();
    await sheets.sum(period, (day, counts) => void found.set(day, countOfType(counts, type)));
    const byDay = days.map((date) => ({ date, count: found.get(date) ?? 0 }));
    const total = byDay.reduce((sum, { count }) => sum + count, 0);
    const figure = FIGURE[type];
    return answer(call, `repairs-${figure}`, { period, [figure]: total, byDay }, () => [
      ['date', figure],
      ...byDay.map(({ date, count }) => [date, count]),
    ]);
  };

/** Repairs that were successfully completed in the period. */
export const getCompletedRepairs = getCount('COMPLETED');
/** Repairs that were refused in the period. */
export const getRefusedRepairs = getCount('REFUSED');

/** What the repairs of the period cost the centre, as far as technicians said it. */
export const getProductionCost =
  ({ readPeriod, figures, repairSubject }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, repairSubject, period.timeZone);
    const rows = outcomeRowsOf(await sheets.sum(period));
    const count = (known: boolean): number => rows.reduce((sum, row) => ((row.costCurrency !== '') === known ? sum + row.count : sum), 0);
    const report = { period, productionCost: productionCostOf(rows), repairs: count(true), repairsWithoutCost: count(false) };
    return answer(call, 'production-cost', report, () => [
      ['section', 'key', 'name', 'value'],
      ...moneyLines('productionCost', report.productionCost),
      ['repairs', 'withCost', '', report.repairs],
      ['repairs', 'withoutCost', '', report.repairsWithoutCost],
    ]);
  };
