import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Replica } from '@riparo/shared/persistence/replica';
import { DAY_MS } from '@riparo/shared/time/units';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import { SINCE_LEFT } from '../counting/document.subject.js';
import type { Figures } from '../counting/figures.js';
import { LEFT, leftOf, type Left } from '../counting/left-to-pay.js';
import { SINCE_AFTERMATH } from '../counting/repair.subject.js';
import type { Subject } from '../counting/subject.js';
import type { ZoneOf } from '../counting/up-to-date.js';
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

/** What is left to pay of repairs and of the documents of tickets, by customer and currency. */
export type OpenAmounts = (tenantId: string, now: Date) => Promise<readonly Row[]>;

const FIGURES = ['repairs', 'invoices', 'total', ...AGE_NAMES] as const;
const NOTHING = Object.fromEntries(FIGURES.map((figure) => [figure, 0])) as unknown as Sums;

const keyOf = ({ customerId, currency }: Row['_id']): string => `${customerId} ${currency}`;

/** Adds up rows that are alike in what `alike` looks at; the first of them gives the rest. */
const addedUp = (rows: readonly Row[], alike: (row: Row) => string): readonly Row[] => {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const before = sums.get(alike(row)) ?? NOTHING;
    const figures = FIGURES.map((figure) => [figure, before[figure] + row[figure]]);
    sums.set(alike(row), { _id: row._id, ...(Object.fromEntries(figures) as unknown as Sums) });
  }
  return [...sums.values()];
};

/** Of 30 days and some hours ago it is 30 days old: it is in the first group until the 31st day is full. */
const ageOf = ({ since }: Left, now: Date): Age => {
  const days = Math.floor((now.getTime() - since) / DAY_MS);
  return AGE_NAMES.find((age) => days <= AGES[age]) ?? 'over90';
};

interface SheetDeps {
  readonly zoneOf: ZoneOf;
  readonly figures: Figures;
  readonly repairSubject: Subject;
  readonly documentSubject: Subject;
}

type Rows = Map<string, { -readonly [K in keyof Row]: Row[K] }>;

const addAll = (rows: Rows, counted: 'repairs' | 'invoices', sheets: readonly Cells[], now: Date): void => {
  // A day of issue begins in UTC, up to half a day later than in the centre's time zone: what was issued since then is open too.
  const until = now.getTime() + DAY_MS;
  for (const one of sheets.flatMap(leftOf)) {
    if (one.since > until) continue;
    const { customerId, currency, amount } = one;
    const _id = { customerId, currency };
    const row = rows.get(keyOf(_id)) ?? { _id, ...NOTHING };
    rows.set(keyOf(_id), row);
    row[counted] += 1;
    row.total += amount;
    row[ageOf(one, now)] += amount;
  }
};

export const createOpenAmounts =
  ({ zoneOf, figures, repairSubject, documentSubject }: SheetDeps): OpenAmounts =>
  async (tenantId, now) => {
    const timeZone = await zoneOf(tenantId);
    const rows: Rows = new Map();
    addAll(rows, 'repairs', await (await figures.of(tenantId, repairSubject, timeZone, SINCE_AFTERMATH)).between(LEFT), now);
    addAll(rows, 'invoices', await (await figures.of(tenantId, documentSubject, timeZone, SINCE_LEFT)).between(LEFT), now);
    return [...rows.values()].sort((one, other) => other.total - one.total || (one._id.customerId < other._id.customerId ? -1 : 1));
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

/** So many are asked for at once: others have their turn in between. */
const AT_ONCE = 200;

const namesOf = async (customers: Replica<Customer>, tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const names = new Map<string, string>();
  for (let from = 0; from < ids.length; from += AT_ONCE)
    for (const [id, { name, surname }] of await customers.in(tenantId).findMany(ids.slice(from, from + AT_ONCE)))
      names.set(id, [name, surname].filter((part) => part !== undefined).join(' '));
  return names;
};

/** What customers have left to pay, and for how long. */
export const getOpenAmounts =
  ({ openAmounts, customers }: Deps) =>
  async (call: Call<unknown, Query>): Promise<Reply> => {
    const { caller, now } = call;
    const rows = await openAmounts(caller.tenantId, now);
    const names = await namesOf(customers, caller.tenantId, [...new Set(rows.map(({ _id }) => _id.customerId))]);
    const byCustomer = rows.map((row) => {
      const { customerId, currency } = row._id;
      return { customer: { id: customerId, name: names.get(customerId) ?? '' }, ...shown(row, currency) };
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
