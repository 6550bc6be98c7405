import type { Platform } from '@riparo/shared/composition/platform';
import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';
import type { PeriodQuery, ReadPeriod } from '../tenant-period.js';

/** The movements of one day by one method in one currency. */
export interface CashRow {
  /** `YYYY-MM-DD` in the asked time zone. */
  readonly date: string;
  readonly method: PaymentMethod;
  readonly currency: string;
  readonly payments: number;
  readonly received: number;
  readonly refunds: number;
  readonly refunded: number;
}

/** Movements by day and method, the oldest day first; the database adds up. */
export type CashBook = (tenantId: string, span: Span, timeZone: string) => Promise<readonly CashRow[]>;

export const createCashBook =
  ({ connection }: Pick<Platform, 'connection'>): CashBook =>
  (tenantId, span, timezone) => {
    const date = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone } };
    const isRefund = { $lt: ['$amount.amount', 0] };
    return connection
      .collection('cash_movements')
      .aggregate<CashRow>([
        { $match: { tenantId, at: within(span) } },
        {
          $group: {
            _id: { date, method: '$method', currency: '$amount.currency' },
            payments: { $sum: { $cond: [isRefund, 0, 1] } },
            received: { $sum: { $cond: [isRefund, 0, '$amount.amount'] } },
            refunds: { $sum: { $cond: [isRefund, 1, 0] } },
            refunded: { $sum: { $cond: [isRefund, { $subtract: [0, '$amount.amount'] }, 0] } },
          },
        },
        { $replaceWith: { $mergeObjects: ['$_id', '$$ROOT'] } },
        { $unset: '_id' },
        { $sort: { date: 1, method: 1, currency: 1 } },
      ])
      .toArray();
  };

const line = ({ payments, received, refunds, refunded, currency }: CashRow) => {
  const money = (amount: number): Money => ({ amount, currency });
  return { payments, received: money(received), refunds, refunded: money(refunded), net: money(received - refunded) };
};

/** Adds up rows that are alike in what `keyOf` looks at. */
const addedUp = (rows: readonly CashRow[], keyOf: (row: CashRow) => string): readonly CashRow[] => {
  const sums = new Map<string, CashRow>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row));
    sums.set(
      keyOf(row),
      sum === undefined
        ? row
        : {
            ...sum,
            payments: sum.payments + row.payments,
            received: sum.received + row.received,
            refunds: sum.refunds + row.refunds,
            refunded: sum.refunded + row.refunded,
          },
    );
  }
  return [...sums.values()];
};

const COLUMNS = ['date', 'method', 'currency', 'payments', 'received', 'refunds', 'refunded', 'net'] as const;

const tableOf = (rows: readonly CashRow[]) => (): Table => [
  COLUMNS,
  ...rows.map(({ date, method, currency, payments, received, refunds, refunded }) => [
    ...[date, method, currency, payments, received, refunds, refunded, received - refunded],
  ]),
];

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly cashBook: CashBook;
}

/** The cash book: what was paid and given back in the period, by day and method. */
export const getCashBook =
  ({ readPeriod, cashBook }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period, span } = await readPeriod(caller.tenantId, query, now);
    const rows = await cashBook(caller.tenantId, span, period.timeZone);
    const report = {
      period,
      totals: addedUp(rows, ({ currency }) => currency).map(line),
      byMethod: addedUp(rows, ({ method, currency }) => `${method} ${currency}`).map((row) => ({ method: row.method, ...line(row) })),
      byDay: rows.map((row) => ({ date: row.date, method: row.method, ...line(row) })),
    };
    return answer(call, 'payments', report, tableOf(rows));
  };
