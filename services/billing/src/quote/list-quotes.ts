import type { Caller } from '@riparo/shared/contracts/caller';
import { QUOTE_STATUSES, type QuoteStatus } from '@riparo/shared/contracts/quotes.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { findVisible, isCustomer, type AccessDeps } from './quote.access.js';
import type { Quotes } from './quote.repository.js';
import { viewListedQuote, viewQuote } from './quote.view.js';

interface Filters {
  readonly repairId?: string;
  readonly ticketId?: string;
  readonly customerId?: string;
  readonly status?: QuoteStatus;
}

export const listQuotesQuery = pageQuery<Filters>(['createdAt'], {
  repairId: uuid(),
  ticketId: uuid(),
  customerId: uuid(),
  status: oneOf(QUOTE_STATUSES),
});

/** The quotes that the caller may see at all. */
const scopeOf = ({ customerId, role, userId }: Caller): object => {
  if (customerId !== undefined) return { customerId, sentStatus: { $exists: true } };
  return isDesk(role) ? {} : { assignedToUserId: userId };
};

const WORK = ['repairId', 'ticketId', 'customerId'] as const;

const filterOf = (caller: Caller, query: Filters): object => {
  const asked = WORK.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] }));
  // Customers filter by what they see.
  const status = query.status === undefined ? [] : [{ [isCustomer(caller) ? 'sentStatus' : 'status']: query.status }];
  const all = [scopeOf(caller), ...asked, ...status];
  return all.length === 1 ? (all[0] ?? {}) : { $and: all };
};

/** `GET /quotes`. */
export const listQuotes =
  ({ quotes }: { readonly quotes: Quotes }) =>
  async ({ caller, query, now }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort } = query;
    const inTenant = quotes.in(caller.tenantId);
    const found = await inTenant.page({ filter: filterOf(caller, query), sort: toSort(sort), page, pageSize, leaveOut: ['versions'] });
    return list({ ...found, items: found.items.map((quote) => viewListedQuote(caller, quote, now)) });
  };

/** `GET /quotes/:id`. */
export const getQuote =
  (deps: AccessDeps) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(viewQuote(caller, await findVisible(deps, caller, id), now));
