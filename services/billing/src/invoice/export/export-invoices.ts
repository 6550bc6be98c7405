import type { InvoiceKind } from '@riparo/shared/contracts/invoices.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { toCsv, type Cell, type Table } from '@riparo/shared/files/csv';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { day } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { decimalsOf } from '@riparo/shared/text/write-money';
import type { Invoice, InvoiceContent } from '../invoice.js';
import type { Invoices } from '../invoice.repository.js';
import { issuedWithin } from '../list-invoices.js';

interface ExportQuery {
  readonly from: string;
  readonly to: string;
}
export const exportInvoicesQuery = Joi.object<ExportQuery>({ from: day().required(), to: day().required() });

/** More are left to shorter periods. */
export const MAX_EXPORTED = 10_000;
const BATCH = 500;

const COLUMNS = [
  'section',
  'number',
  'kind',
  'date',
  'customer',
  'fiscalCode',
  'vatNumber',
  'work',
  'credits',
  'vatRate',
  'exemption',
  'net',
  'vat',
  'total',
  'stampDuty',
  'currency',
  'status',
  'rounding',
] as const;
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], Cell>>>;

/** Money as spreadsheets add it up: 12.5. Amounts of credit notes are negative. */
const decimal = (amount: number, currency: string): number => amount / 10 ** decimalsOf(currency);

const signOf = (kind: InvoiceKind): number => (kind === 'CREDIT_NOTE' ? -1 : 1);

/** A line for each rate, because that is how VAT is booked. */
const rowsOf = ({ number, content, status }: Invoice): readonly Row[] => {
  const { kind, issuedOn, buyer, subject, credits, vatGroups, vatExemption, stampDuty, rounding, total } = content;
  const { currency } = total;
  const customer = [buyer.name, buyer.surname].filter(Boolean).join(' ');
  const common = { section: 'document', number, kind, date: issuedOn, customer, fiscalCode: buyer.fiscalCode, vatNumber: buyer.vatNumber };
  const sign = signOf(kind);
  return vatGroups.map(({ vatRate, net, vat }, index) => ({
    ...{ ...common, work: subject.number, credits: credits?.number, vatRate, exemption: vatRate === 0 ? vatExemption : undefined },
    net: decimal(sign * net.amount, currency),
    vat: decimal(sign * vat.amount, currency),
    total: decimal(sign * (net.amount + vat.amount), currency),
    stampDuty: index === 0 && stampDuty !== undefined ? decimal(stampDuty.amount, currency) : undefined,
    ...{ currency, status },
    rounding: index === 0 && rounding !== undefined ? decimal(sign * rounding.amount, currency) : undefined,
  }));
};

/** What a document counts as in the summary: a credit note counts where the document does that it takes back. */
const bookedAs = ({ kind, credits }: InvoiceContent): InvoiceKind => (kind === 'CREDIT_NOTE' ? (credits?.kind ?? 'INVOICE') : kind);

interface Sum {
  readonly date: string;
  readonly kind: InvoiceKind;
  readonly vatRate: number;
  readonly currency: string;
  net: number;
  vat: number;
  rounding: number;
}

/** What was taxed in each month at each rate, with credit notes taken off; receipts apart from invoices. */
const summaryOf = (invoices: readonly Invoice[]): readonly Row[] => {
  const sums = new Map<string, Sum>();
  for (const { content } of invoices) {
    const { issuedOn, total, vatGroups, kind, rounding } = content;
    const about = { date: issuedOn.slice(0, 7), kind: bookedAs(content), currency: total.currency };
    for (const [index, { vatRate, net, vat }] of vatGroups.entries()) {
      const key = JSON.stringify([about, vatRate]);
      const sum = sums.get(key) ?? { ...about, vatRate, net: 0, vat: 0, rounding: 0 };
      sum.net += signOf(kind) * net.amount;
      sum.vat += signOf(kind) * vat.amount;
      if (index === 0) sum.rounding += signOf(kind) * (rounding?.amount ?? 0);
      sums.set(key, sum);
    }
  }
  return [...sums.values()].map(({ date, kind, vatRate, currency, net, vat, rounding }) => ({
    ...{ section: 'summary', kind, date, vatRate, currency },
    net: decimal(net, currency),
    vat: decimal(vat, currency),
    total: decimal(net + vat, currency),
    rounding: rounding === 0 ? undefined : decimal(rounding, currency),
  }));
};

const readAll = async (inTenant: ReturnType<Invoices['in']>, query: ExportQuery): Promise<readonly Invoice[]> => {
  const all: Invoice[] = [];
  for (;;) {
    const last = all.at(-1);
    const behind =
      last === undefined
        ? []
        : [
            {
              $or: [
                { 'content.issuedOn': { $gt: last.content.issuedOn } },
                { 'content.issuedOn': last.content.issuedOn, id: { $gt: last.id } },
              ],
            },
          ];
    const filter: object = { $and: [issuedWithin(query), ...behind] };
    const page = await inTenant.list(filter, { sort: { 'content.issuedOn': 1, id: 1 }, limit: BATCH });
    all.push(...page);
    if (all.length > MAX_EXPORTED)
      throw invalidInput([{ path: 'to', message: `must leave at most ${MAX_EXPORTED} documents in the period` }]);
    if (page.length < BATCH) return all;
  }
};

const tableOf = (invoices: readonly Invoice[]): Table => {
  const inOrder = invoices.toSorted((one, other) => (one.number < other.number ? -1 : 1));
  const rows = [...inOrder.flatMap(rowsOf), ...summaryOf(invoices)];
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))];
};

/** `GET /invoices/export.csv`: documents by their day of issue, and what was taxed in each month, for the accountant. */
export const exportInvoices =
  ({ invoices }: { readonly invoices: Invoices }) =>
  async ({ caller, query }: Call<unknown, ExportQuery>): Promise<Reply> => {
    const found = await readAll(invoices.in(caller.tenantId), query);
    return file(Buffer.from(toCsv(tableOf(found))), 'text/csv; charset=utf-8', `invoices-${query.from}-${query.to}.csv`);
  };
