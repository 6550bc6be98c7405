import type { Platform } from '@riparo/shared/composition/platform';
import { INVOICE_KINDS, type InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { answer } from '../answer.js';
import type { Period } from '../period.js';
import { moneyLines } from '../repair-report/repair-tables.js';
import { periodFields, type PeriodQuery, type ReadPeriod } from '../tenant-period.js';

/** How the sums of a period are told apart. */
export const STEPS = ['day', 'month'] as const;

export interface DocumentQuery extends PeriodQuery {
  readonly by: (typeof STEPS)[number];
}
export const documentQuery = Joi.object<DocumentQuery>({ ...periodFields, by: oneOf(STEPS).default('day') });

/** Documents of one day, kind and currency. */
interface DayRow {
  readonly _id: { readonly issuedOn: string; readonly kind: InvoiceKind; readonly currency: string };
  readonly count: number;
  readonly total: number;
}

/** What was taxed at one rate. */
interface RateRow {
  readonly _id: { readonly vatRate: number; readonly currency: string };
  readonly net: number;
  readonly vat: number;
}

/** Documents by their day of issue; the database adds up. */
export interface DocumentQueries {
  days(tenantId: string, period: Period): Promise<readonly DayRow[]>;
  rates(tenantId: string, period: Period): Promise<readonly RateRow[]>;
}

export const createDocumentQueries = ({ connection }: Pick<Platform, 'connection'>): DocumentQueries => {
  const documents = () => connection.collection('documents');
  const within = (tenantId: string, { from, to }: Period) => ({ $match: { tenantId, issuedOn: { $gte: from, $lt: to } } });
  return {
    days: (tenantId, period) =>
      documents()
        .aggregate<DayRow>([
          within(tenantId, period),
          {
            $group: {
              _id: { issuedOn: '$issuedOn', kind: '$kind', currency: '$currency' },
              count: { $sum: 1 },
              total: { $sum: '$total' },
            },
          },
          { $sort: { '_id.issuedOn': 1 } },
        ])
        .toArray(),
    rates: (tenantId, period) =>
      documents()
        .aggregate<RateRow>([
          within(tenantId, period),
          { $unwind: '$vatGroups' },
          {
            $group: {
              _id: { vatRate: '$vatGroups.vatRate', currency: '$currency' },
              net: { $sum: '$vatGroups.net' },
              vat: { $sum: '$vatGroups.vat' },
            },
          },
          { $sort: { '_id.vatRate': -1, '_id.currency': 1 } },
        ])
        .toArray(),
  };
};

/** One sum for each currency. */
const sumsOf = <R extends { readonly _id: { readonly currency: string } }>(rows: readonly R[], amountOf: (row: R) => number): Money[] => {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row._id.currency, (sums.get(row._id.currency) ?? 0) + amountOf(row));
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
};

const ofRows = (rows: readonly DayRow[]) => ({
  count: rows.reduce((sum, { count }) => sum + count, 0),
  total: sumsOf(rows, ({ total }) => total),
});

const reportOf = (days: readonly DayRow[], rates: readonly RateRow[], by: DocumentQuery['by']) => {
  const stepOf = ({ _id: { issuedOn } }: DayRow): string => (by === 'month' ? issuedOn.slice(0, 7) : issuedOn);
  const steps = [...new Set(days.map(stepOf))];
  return {
    ...ofRows(days),
    net: sumsOf(rates, ({ net }) => net),
    vat: sumsOf(rates, ({ vat }) => vat),
    byKind: INVOICE_KINDS.map((kind) => ({ kind, ...ofRows(days.filter(({ _id }) => _id.kind === kind)) })),
    byVatRate: rates.map(({ _id: { vatRate, currency }, net, vat }) => ({
      vatRate,
      net: { amount: net, currency },
      vat: { amount: vat, currency },
    })),
    byDate: steps.map((date) => ({ date, ...ofRows(days.filter((row) => stepOf(row) === date)) })),
  };
};

const tableOf = ({ count, total, net, vat, byKind, byVatRate, byDate }: ReturnType<typeof reportOf>): Table => [
  ['section', 'key', 'name', 'value'],
  ['documents', 'count', '', count],
  ...moneyLines('total', total),
  ...moneyLines('net', net),
  ...moneyLines('vat', vat),
  ...byKind.flatMap(({ kind, total: sums }) => sums.map(({ currency, amount }) => ['kind', kind, currency, amount])),
  ...byVatRate.flatMap(({ vatRate, net: base, vat: tax }) => [
    ['netByRate', vatRate, base.currency, base.amount],
    ['vatByRate', vatRate, tax.currency, tax.amount],
  ]),
  ...byDate.flatMap(({ date, total: sums }) => sums.map(({ currency, amount }) => ['date', date, currency, amount])),
];

interface Deps {
  readonly readPeriod: ReadPeriod;
  readonly documentQueries: DocumentQueries;
}

/** `GET /reports/revenue`: what was invoiced, with credit notes taken off. */
export const getDocumentReport =
  ({ readPeriod, documentQueries }: Deps) =>
  async (call: Call<unknown, DocumentQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const [days, rates] = await Promise.all([
      documentQueries.days(caller.tenantId, period),
      documentQueries.rates(caller.tenantId, period),
    ]);
    const report = { period, ...reportOf(days, rates, query.by) };
    return answer(call, 'revenue', report, tableOf);
  };
