import { INVOICE_KINDS, type InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import type { Money } from '@riparo/shared/contracts/money';
import type { Table } from '@riparo/shared/files/csv';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { answer } from '../answer.js';
import type { Cells } from '../counting/contribution.js';
import { nameOf, partsOf, type Figures, type Sums } from '../counting/figures.js';
import type { Subject } from '../counting/subject.js';
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

/** The documents of a day, as `document.subject.ts` counts it. */
const dayRowsOf = (issuedOn: string, counts: Cells): readonly DayRow[] =>
  Object.entries(counts).flatMap(([name, count]) => {
    const [figure, kind, currency = ''] = partsOf(name);
    if (figure !== 'count') return [];
    return [{ _id: { issuedOn, kind: kind as InvoiceKind, currency }, count, total: counts[`total|${kind ?? ''}|${currency}`] ?? 0 }];
  });

/** What was taxed at each rate, the highest first. */
const rateRowsOf = ({ counts }: Sums): readonly RateRow[] => {
  const rows = [...counts.keys()].flatMap((name) => {
    const [figure, rate = '', currency = ''] = partsOf(name);
    const sum = (of: string): number => counts.get(nameOf(of, rate, currency)) ?? 0;
    return figure === 'taxed' ? [{ _id: { vatRate: Number(rate), currency }, net: sum('net'), vat: sum('vat') }] : [];
  });
  return rows.sort((one, other) => other._id.vatRate - one._id.vatRate || (one._id.currency < other._id.currency ? -1 : 1));
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
  readonly figures: Figures;
  readonly documentSubject: Subject;
}

/** `GET /reports/revenue`: what was invoiced, with credit notes taken off. */
export const getDocumentReport =
  ({ readPeriod, figures, documentSubject }: Deps) =>
  async (call: Call<unknown, DocumentQuery>): Promise<Reply> => {
    const { caller, query, now } = call;
    const { period } = await readPeriod(caller.tenantId, query, now);
    const sheets = await figures.of(caller.tenantId, documentSubject, period.timeZone);
    const days: DayRow[] = [];
    const sums = await sheets.sum(period, (day, counts) => void days.push(...dayRowsOf(day, counts)));
    const report = { period, ...reportOf(days, rateRowsOf(sums), query.by) };
    return answer(call, 'revenue', report, tableOf);
  };
