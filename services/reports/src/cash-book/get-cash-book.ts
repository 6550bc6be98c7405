import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import { nameOf, partsOf, type Figures } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
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

const NONE = { payments: 0, received: 0, refunds: 0, refunded: 0 };

/** The rows of a day, as `cash.subject.ts` counts it. */
const rowsOf = (date: string, counts: Cells): readonly CashRow[] => {
  const rows = new Map<string, CashRow>();
  for (const [name, count] of Object.entries(counts)) {
    const [figure, method = '', currency = ''] = partsOf(name);
    const key = nameOf(method, currency);
    const row = rows.get(key) ?? { date, method: method as PaymentMethod, currency, ...NONE };
    rows.set(key, { ...row, [figure as keyof typeof NONE]: count });
  }
  return [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
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
  readonly figures: Figures;
  readonly cashSubject: Subject;
}

/** The cash book: what was paid and given back in the period, by day and method. */
export const getCashBook =
  ({ readPeriod, figures, cashSubject }: Deps) =>
  async (call: Call<unknown, PeriodQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, cashSubject, period.timeZone);
    const rows: CashRow[] = [];
    await sheets.sum(period, (day, counts) => void rows.push(...rowsOf(day, counts)));
    const report = {
      period,
      totals: addedUp(rows, ({ currency }) => currency).map(line),
      byMethod: addedUp(rows, ({ method, currency }) => `${method} ${currency}`).map((row) => ({ method: row.method, ...line(row) })),
      byDay: rows.map((row) => ({ date: row.date, method: row.method, ...line(row) })),
    };
    return answer(call, 'payments', report, tableOf(rows));
  };
