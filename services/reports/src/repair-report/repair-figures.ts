import type { RepairOutcome } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { groupBy } from '../collect.js';
import type { HoursRow, OutcomeRow } from '../replica/repair.queries.js';
import { weightedMedian } from '../weighted-median.js';

export interface TechnicianRepairs {
  readonly technicianId: string;
  readonly name: string;
  /** Repairs whose outcome they decided. */
  readonly processed: number;
  readonly completed: number;
  readonly refused: number;
  /** From intake to outcome, by the clock on the wall. */
  readonly medianHours: number | null;
}

export const countOf = (rows: readonly OutcomeRow[], type?: RepairOutcome): number =>
  rows.reduce((sum, row) => (type === undefined || row.type === type ? sum + row.count : sum), 0);

/** One sum per currency, by its code: what is in several currencies is never added up. */
const sums = (amounts: Iterable<Money>): readonly Money[] => {
  const byCurrency = new Map<string, number>();
  for (const { amount, currency } of amounts) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + amount);
  return [...byCurrency].map(([currency, amount]) => ({ amount, currency })).sort((a, b) => a.currency.localeCompare(b.currency));
};

export const revenueOf = (rows: readonly OutcomeRow[]): readonly Money[] =>
  sums(rows.map(({ revenue, currency }) => ({ amount: revenue, currency })));

export const productionCostOf = (rows: readonly OutcomeRow[]): readonly Money[] =>
  sums(rows.flatMap(({ cost, costCurrency }) => (costCurrency === '' ? [] : [{ amount: cost, currency: costCurrency }])));

export const technicianIdsOf = (rows: readonly OutcomeRow[]): readonly string[] => [
  ...new Set(rows.map(({ technicianId }) => technicianId)),
];

/** Who decided what, the busiest first. `hours` come shortest first. */
export const byTechnician = (
  rows: readonly OutcomeRow[],
  hours: readonly HoursRow[],
  names: ReadonlyMap<string, { readonly name: string }>,
): readonly TechnicianRepairs[] => {
  const hoursOf = groupBy(hours, ({ technicianId }) => technicianId);
  return [...groupBy(rows, ({ technicianId }) => technicianId)]
    .map(([technicianId, theirs]) => ({
      technicianId,
      name: names.get(technicianId)?.name ?? technicianId,
      processed: countOf(theirs),
      completed: countOf(theirs, 'COMPLETED'),
      refused: countOf(theirs, 'REFUSED'),
      medianHours: weightedMedian((hoursOf.get(technicianId) ?? []).map(({ hours: value, count }) => ({ value, count }))),
    }))
    .sort((a, b) => b.processed - a.processed || a.name.localeCompare(b.name));
};
