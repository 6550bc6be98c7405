import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import { nameOf, partsOf, type Figures, type Sums } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';

/** The parts with the most pieces that a report lists; the sums are of all. */
const MOST = 200;

/** A part in one currency. */
export interface PartRow {
  readonly partId: string;
  readonly sku: string;
  readonly name: string;
  readonly pieces: number;
  readonly revenue: Money;
  readonly cost: Money;
  readonly margin: Money;
}

const CALLED = 'called|';

/** What each part was called on the last day of which it is told, by part and currency. */
const namesOf = (counts: Cells, names: Map<string, readonly [sku: string, name: string]>): void => {
  // Where it was renamed on that day, the same of the two whatever was counted first.
  for (const cell of Object.keys(counts).sort()) {
    if (!cell.startsWith(CALLED)) continue;
    const [, partId = '', currency = '', ...text] = partsOf(cell);
    names.set(nameOf(partId, currency), JSON.parse(text.join('|')) as [string, string]);
  }
};

/** Parts that were built in during a period, the most pieces first, as `part.subject.ts` counts them. */
const partRowsOf = ({ counts }: Sums, names: ReadonlyMap<string, readonly [string, string]>): readonly PartRow[] =>
  [...names]
    .map(([alike, [sku, name]]) => {
      const [partId = '', currency = ''] = partsOf(alike);
      const sum = (figure: string): number => counts.get(nameOf(figure, alike)) ?? 0;
      const money = (amount: number): Money => ({ amount, currency });
      const [pieces, revenue, cost] = [sum('pieces'), sum('revenue'), sum('cost')];
      return { partId, sku, name, pieces, revenue: money(revenue), cost: money(cost), margin: money(revenue - cost) };
    })
    .sort((one, other) => other.pieces - one.pieces || (one.partId < other.partId ? -1 : 1));

/** A sum for each currency. */
const sumsOf = (rows: readonly PartRow[], field: 'revenue' | 'cost' | 'margin'): readonly Money[] => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row[field].currency, (sums.get(row[field].currency) ?? 0) + row[field].amount);
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
};

const COLUMNS = ['partId', 'sku', 'name', 'pieces', 'currency', 'revenue', 'cost', 'margin'] as const;

const tableOf = ({ byPart }: { readonly byPart: readonly PartRow[] }): Table => [
  COLUMNS,
  ...byPart.map(({ partId, sku, name, pieces, revenue, cost, margin }) => [
    partId,
    sku,
    name,
    pieces,
    revenue.currency,
    revenue.amount,
    cost.amount,
    margin.amount,
  ]),
];

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly figures: Figures;
  readonly partSubject: Subject;
}

/** Parts that were built in during the period, what they brought and what they cost. */
export const getPartsReport =
  ({ readPeriod, figures, partSubject }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, partSubject, period.timeZone);
    const names = new Map<string, readonly [string, string]>();
    const sums = await sheets.sum(period, (_day, counts) => namesOf(counts, names));
    const rows = partRowsOf(sums, names);
    const report = {
      period,
      pieces: rows.reduce((sum, { pieces }) => sum + pieces, 0),
      revenue: sumsOf(rows, 'revenue'),
      cost: sumsOf(rows, 'cost'),
      margin: sumsOf(rows, 'margin'),
      partCount: rows.length,
      byPart: rows.slice(0, MOST),
    };
    return answer(call, 'parts', report, tableOf);
  };
