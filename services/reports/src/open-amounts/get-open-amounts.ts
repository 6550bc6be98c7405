import Joi from 'joi';
import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Money } from '@riparo/shared/contracts/money';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import { DAY_MS } from '@riparo/shared/time/units';
import { answer } from '../answer.js';
import type { Customer } from '../replica/replicas.js';
import type { PeriodQuery } from '../tenant-period.js';

type Query = Pick<PeriodQuery, 'format'>;
export const openAmountsQuery = Joi.object<Query>({ format: oneOf(['json', 'csv'] as const) });

/** By whole days since the outcome; the last one has no end. */
const AGES = { upTo30: 30, from31To60: 60, from61To90: 90, over90: Infinity } as const;
type Age = keyof typeof AGES;
const AGE_NAMES = Object.keys(AGES) as Age[];

type Sums = Readonly<Record<Age, number>> & { readonly repairs: number; readonly total: number };

interface Row extends Sums {
  readonly _id: { readonly customerId: string; readonly currency: string };
}

/** What is left to pay of repairs, by customer and currency; the database adds up. */
export type OpenAmounts = (tenantId: string, now: Date) => Promise<readonly Row[]>;

const sumOfAge = (age: Age, index: number, now: Date): Document => {
  // A repair of 30 days and some hours ago is 30 days old: it is in the first group until the 31st day is full.
  const moment = (days: number): Date => new Date(now.getTime() - (days + 1) * DAY_MS);
  const younger = index === 0 ? [] : [{ $lte: ['$openSince', moment(AGES[AGE_NAMES[index - 1] as Age])] }];
  const older = age === 'over90' ? [] : [{ $gt: ['$openSince', moment(AGES[age])] }];
  return { $sum: { $cond: [{ $and: [...younger, ...older] }, '$open.amount', 0] } };
};

export const createOpenAmounts =
  ({ connection }: Pick<Platform, 'connection'>): OpenAmounts =>
  async (tenantId, now) =>
    connection
      .collection('repairs')
      .aggregate<Row>([
        { $match: { tenantId, openSince: { $lte: now } } },
        {
          $group: {
            _id: { customerId: '$customerId', currency: '$open.currency' },
            repairs: { $sum: 1 },
            total: { $sum: '$open.amount' },
            ...Object.fromEntries(AGE_NAMES.map((age, index) => [age, sumOfAge(age, index, now)])),
          },
        },
        { $sort: { total: -1, '_id.customerId': 1 } },
      ])
      .toArray();

const shown = (sums: Sums, currency: string) => {
  const money = (amount: number): Money => ({ amount, currency });
  const { repairs, upTo30, from31To60, from61To90, over90, total } = sums;
  return {
    repairs,
    upTo30: money(upTo30),
    from31To60: money(from31To60),
    from61To90: money(from61To90),
    over90: money(over90),
    total: money(total),
  };
};

const totalsOf = (rows: readonly Row[]) => {
  const totals = new Map<string, Sums>();
  const figures = ['repairs', 'total', ...AGE_NAMES] as const;
  for (const row of rows) {
    const before = totals.get(row._id.currency);
    const sums = Object.fromEntries(figures.map((figure) => [figure, (before?.[figure] ?? 0) + row[figure]]));
    totals.set(row._id.currency, sums as unknown as Sums);
  }
  return [...totals].map(([currency, sums]) => shown(sums, currency));
};

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
      ['customerId', 'name', 'currency', 'repairs', ...AGE_NAMES, 'total'],
      ...byCustomer.map((row) => [
        row.customer.id,
        row.customer.name,
        row.total.currency,
        row.repairs,
        ...AGE_NAMES.map((age) => row[age].amount),
        row.total.amount,
      ]),
    ]);
  };
