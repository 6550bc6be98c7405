import type { RepairOutcome } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { groupBy } from '../collect.js';
import type { CountedValues } from '../counting/times.js';
import type { OutcomeRow } from '../replica/repair.queries.js';

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

/** Who decided what, the busiest first. `hours` by technician. */
export const byTechnician = (
  rows: readonly OutcomeRow[],
  hours: ReadonlyMap<string, CountedValues>,
  names: ReadonlyMap<string, { readonly name: string }>,
): readonly TechnicianRepairs[] => {
  return [...groupBy(rows, ({ technicianId }) => technicianId)]
    .map(([technicianId, theirs]) => ({
      technicianId,
      name: names.get(technicianId)?.name ?? technicianId,
      processed: countOf(theirs),
      completed: countOf(theirs, 'COMPLETED'),
      refused: countOf(theirs, 'REFUSED'),
      medianHours: hours.get(technicianId)?.median() ?? null,
    }))
    .sort((a, b) => b.processed - a.processed || a.name.localeCompare(b.name));
};
