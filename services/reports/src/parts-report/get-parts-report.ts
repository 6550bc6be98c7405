import type { Platform } from '@riparo/shared/composition/platform';
import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';
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

interface Sums {
  readonly _id: { readonly partId: string; readonly currency: string };
  readonly sku: string;
  readonly name: string;
  readonly pieces: number;
  readonly revenue: number;
  readonly cost: number;
}

/** Parts that were built in during a span, the most pieces first; the database adds up. */
export type PartsUsed = (tenantId: string, span: Span) => Promise<readonly PartRow[]>;

export const createPartsUsed =
  ({ connection }: Pick<Platform, 'connection'>): PartsUsed =>
  async (tenantId, span) => {
    const rows = await connection
      .collection('consumptions')
      .aggregate<Sums>([
        { $match: { tenantId, at: within(span) } },
        { $sort: { at: 1 } },
        {
          $group: {
            _id: { partId: '$partId', currency: '$revenue.currency' },
            sku: { $last: '$sku' },
            name: { $last: '$name' },
            pieces: { $sum: '$pieces' },
            revenue: { $sum: '$revenue.amount' },
            cost: { $sum: '$cost.amount' },
          },
        },
        { $sort: { pieces: -1, '_id.partId': 1 } },
      ])
      .toArray();
    return rows.map(({ _id: { partId, currency }, sku, name, pieces, revenue, cost }) => {
      const money = (amount: number): Money => ({ amount, currency });
      return { partId, sku, name, pieces, revenue: money(revenue), cost: money(cost), margin: money(revenue - cost) };
    });
  };

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
  readonly partsUsed: PartsUsed;
}

/** Parts that were built in during the period, what they brought and what they cost. */
export const getPartsReport =
  ({ readPeriod, partsUsed }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period, span } = await readPeriod(caller.tenantId, query, now);
    const rows = await partsUsed(caller.tenantId, span);
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
