import type { Caller } from '@riparo/shared/contracts/caller';
import { INVOICE_KINDS, INVOICE_STATUSES, type InvoiceKind, type InvoiceStatus } from '@riparo/shared/contracts/invoices.events';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { day, oneOf, uuid } from '@riparo/shared/http/schemas';
import { findVisible, scopeOf } from './invoice.access.js';
import type { Invoices } from './invoice.repository.js';
import { viewInvoice, viewListedInvoice } from './invoice.view.js';

/** Days of issue: `from` belongs to the period, `to` does not. */
export interface DaysOfIssue {
  readonly from?: string;
  readonly to?: string;
}

interface Filters extends DaysOfIssue {
  readonly customerId?: string;
  readonly repairId?: string;
  readonly ticketId?: string;
  readonly status?: InvoiceStatus;
  readonly kind?: InvoiceKind;
}

export const listInvoicesQuery = pageQuery<Filters>(['createdAt'], {
  customerId: uuid(),
  repairId: uuid(),
  ticketId: uuid(),
  status: oneOf(INVOICE_STATUSES),
  kind: oneOf(INVOICE_KINDS),
  from: day(),
  to: day(),
});

/** The condition on the day of issue. */
export const issuedWithin = ({ from, to }: DaysOfIssue): object =>
  from === undefined && to === undefined
    ? {}
    : { 'content.issuedOn': { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) } };

const EQUAL = ['customerId', 'repairId', 'ticketId', 'status'] as const;

const filterOf = (caller: Caller, query: Filters): object => {
  const asked = EQUAL.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] }));
  const kind = query.kind === undefined ? {} : { 'content.kind': query.kind };
  return { $and: [scopeOf(caller), ...asked, kind, issuedWithin(query)] };
};

interface Deps {
  readonly invoices: Invoices;
}

/** `GET /invoices`. */
export const listInvoices =
  ({ invoices }: Deps) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort } = query;
    const found = await invoices.in(caller.tenantId).page({ filter: filterOf(caller, query), sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(viewListedInvoice) });
  };

/** `GET /invoices/:id`. */
export const getInvoice =
  ({ invoices }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(viewInvoice(caller, await findVisible(invoices, caller, id)));
