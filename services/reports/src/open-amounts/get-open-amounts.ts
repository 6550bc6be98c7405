import Joi from 'joi';
import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Money } from '@riparo/shared/contracts/money';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import { DAY_MS } from '@riparo/shared/time/units';
import { answer } from '../answer.js';
import type { Customer } from '../replica/customer.js';
import type { PeriodQuery } from '../tenant-period.js';

type Query = Pick<PeriodQuery, 'format'>;
export const openAmountsQuery = Joi.object<Query>({ format: oneOf(['json', 'csv'] as const) });

/** By whole days since the outcome, or since the issue of a ticket's document; the last one has no end. */
const AGES = { upTo30: 30, from31To60: 60, from61To90: 90, over90: Infinity } as const;
type Age = keyof typeof AGES;
const AGE_NAMES = Object.keys(AGES) as Age[];

type Sums = Readonly<Record<Age, number>> & {
  readonly repairs: number;
  readonly invoices: number;
  readonly total: number;
};

interface Row extends Sums {
  readonly _id: { readonly customerId: string; readonly currency: string };
}

/** What is left to pay of repairs and of the documents of tickets, by customer and currency; the database adds up. */
export type OpenAmounts = (tenantId: string, now: Date) => Promise<readonly Row[]>;

const sumOfAge = (age: Age, index: number, now: Date): Document => {
  // A repair of 30 days and some hours ago is 30 days old: it is in the first group until the 31st day is full.
  const moment = (days: number): Date => new Date(now.getTime() - (days + 1) * DAY_MS);
  const younger = index === 0 ? [] : [{ $lte: ['$openSince', moment(AGES[AGE_NAMES[index - 1] as Age])] }];
  const older = age === 'over90' ? [] : [{ $gt: ['$openSince', moment(AGES[age])] }];
  return { $sum: { $cond: [{ $and: [...younger, ...older] }, '$open.amount', 0] } };
};

const FIGURES = ['repairs', 'invoices', 'total', ...AGE_NAMES] as const;

/** What one collection says: it counts one of the two. */
type CountedRow = Pick<Row, '_id' | 'total' | Age> & Partial<Row>;

/** Adds up rows that are alike in what `keyOf` looks at; the first of them gives the rest. */
const addedUp = (rows: readonly CountedRow[], keyOf: (row: CountedRow) => string): readonly Row[] => {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const before = sums.get(keyOf(row));
    const figures = FIGURES.map((figure) => [figure, (before?.[figure] ?? 0) + (row[figure] ?? 0)]);
    sums.set(keyOf(row), { _id: row._id, ...(Object.fromEntries(figures) as unknown as Sums) });
  }
  return [...sums.values()];
};

export const createOpenAmounts =
  ({ connection }: Pick<Platform, 'connection'>): OpenAmounts =>
  async (tenantId, now) => {
    const sumsIn = (collection: string, counted: 'repairs' | 'invoices'): Promise<readonly CountedRow[]> =>
      connection
        .collection(collection)
        .aggregate<CountedRow>([
          // A day of issue begins in UTC, up to half a day later than in the centre's time zone: what was issued since then is open too.
          { $match: { tenantId, openSince: { $lte: new Date(now.getTime() + DAY_MS) } } },
          {
            $group: {
              _id: { customerId: '$customerId', currency: '$open.currency' },
              [counted]: { $sum: 1 },
              total: { $sum: '$open.amount' },
              ...Object.fromEntries(AGE_NAMES.map((age, index) => [age, sumOfAge(age, index, now)])),
            },
          },
        ])
        .toArray();
    const [repairs, invoices] = await Promise.all([sumsIn('repairs', 'repairs'), sumsIn('documents', 'invoices')]);
    return addedUp([...repairs, ...invoices], ({ _id }) => `${_id.customerId} ${_id.currency}`).toSorted(
      (one, other) => other.total - one.total || (one._id.customerId < other._id.customerId ? -1 : 1),
    );
  };

const shown = (sums: Sums, currency: string) => {
  const money = (amount: number): Money => ({ amount, currency });
  const { repairs, invoices, upTo30, from31To60, from61To90, over90, total } = sums;
  return {
    repairs,
    invoices,
    upTo30: money(upTo30),
    from31To60: money(from31To60),
    from61To90: money(from61To90),
    over90: money(over90),
    total: money(total),
  };
};

const totalsOf = (rows: readonly Row[]) => addedUp(rows, ({ _id }) => _id.currency).map((row) => shown(row, row._id.currency));

interface Deps {
  readonly openAmounts: OpenAmounts;
  readonly customers: Replica<Customer>;
}

/** What customers have left to pay, and for how long. */
export const getOpenAmounts =
  ({ openAmounts, customers }: Deps) =>
  async (call: Call<unknown, Query>): Promise<Reply> => {
    const { caller, now } = call;
    const rows = await openAmounts(caller.tenantId, now);
    const known = await customers.in(caller.tenantId).findMany([...new Set(rows.map(({ _id }) => _id.customerId))]);
    const nameOf = (id: string): string => [known.get(id)?.name, known.get(id)?.surname].filter((part) => part !== undefined).join(' ');
    const byCustomer = rows.map((row) => {
      const { customerId, currency } = row._id;
      return { customer: { id: customerId, name: nameOf(customerId) }, ...shown(row, currency) };
    });
    return answer(call, 'open-amounts', { at: now, totals: totalsOf(rows), customers: byCustomer }, () => [
      ['customerId', 'name', 'currency', 'repairs', 'invoices', ...AGE_NAMES, 'total'],
      ...byCustomer.map((row) => [
        row.customer.id,
        row.customer.name,
        row.total.currency,
        row.repairs,
        row.invoices,
        ...AGE_NAMES.map((age) => row[age].amount),
        row.total.amount,
      ]),
    ]);
  };
