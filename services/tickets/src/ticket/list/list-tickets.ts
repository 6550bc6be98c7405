import { periodFields, withMoments, type Asked } from '@riparo/shared/http/period';
import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STAGES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { pageQuery } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import Joi from 'joi';
import type { TenantRepository } from '@riparo/shared/persistence/repository';
import { searchTerms } from '@riparo/shared/text/search-words';
import type { TicketDeps } from '../dependencies.js';
import { planList, type ListPlan } from './plan-list.js';
import { isPartialSearch, planSearch } from './plan-search.js';
import type { Ticket } from '../ticket.js';
import type { SortField } from '../ticket.indexes.js';
import { viewTickets } from '../ticket.view.js';
import { conditionsOf, type TicketFilters, type TicketQuery, type TicketConditions } from './ticket-filter.js';

type TenantTickets = TenantRepository<Ticket, 'activities'>;

const SORTS = ['createdAt', 'updatedAt', 'slaDueAt', 'priority'] as const;

export const listTicketsQuery: Joi.ObjectSchema<Asked<TicketQuery>> = pageQuery<Asked<TicketFilters>>(SORTS, {
  status: oneOf(TICKET_STATUSES),
  stage: oneOf(TICKET_STAGES),
  priority: oneOf(TICKET_PRIORITIES),
  category: oneOf(TICKET_CATEGORIES),
  assetId: uuid(),
  locationId: uuid(),
  customerId: uuid(),
  assignedTo: uuid(),
  unassigned: Joi.boolean(),
  active: Joi.boolean(),
  overdue: Joi.boolean(),
  ...periodFields(),
  search: searchText('number, title, description, customer and device'),
});

/** The field behind each order: `priority` sorts by urgency, not by letters; `slaDueAt` puts tickets without a due time last. */
const FIELDS: Readonly<Record<(typeof SORTS)[number], SortField>> = {
  createdAt: 'createdAt',
  updatedAt: 'updatedAt',
  slaDueAt: 'dueOrder',
  priority: 'urgency',
};

interface Order {
  readonly by: SortField;
  readonly sort: Readonly<Record<string, 1 | -1>>;
}

/** The id makes every order total. Tickets of the same urgency are sorted by their age. */
const orderOf = (asked: string): Order => {
  const by = FIELDS[asked.replace(/^-/, '') as (typeof SORTS)[number]];
  const direction = asked.startsWith('-') ? -1 : 1;
  return { by, sort: { [by]: direction, ...(by === 'urgency' ? { createdAt: direction } : {}), id: direction } };
};

/** Plans a list with or without a search. A search whose terms can begin no word finds nothing. */
const planFor = async (
  tickets: TenantTickets,
  wanted: TicketConditions,
  by: SortField,
  search: string | undefined,
): Promise<ListPlan | undefined> => {
  if (search === undefined) return planList(wanted, by);
  const terms = searchTerms(search);
  return terms.length === 0 ? undefined : planSearch(tickets, wanted, by, terms);
};

/** Fields that no list shows. */
const UNLISTED = ['words', 'sla', 'recentChanges', 'timeline', 'merge', 'internalNotes'] as const;

export const listTickets =
  ({ tickets, replicas, rulesOf }: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'>) =>
  async ({ caller, query: asked, now }: Call<unknown, Asked<TicketQuery>>): Promise<Reply> => {
    const query: TicketQuery = withMoments(asked, (await rulesOf(caller.tenantId)).timeZone);
    const { page, pageSize, search } = query;
    const inTenant = tickets.in(caller.tenantId);
    const { by, sort } = orderOf(query.sort);
    const wanted = conditionsOf(caller, query, now);
    const plan = wanted && (await planFor(inTenant, wanted, by, search));
    if (wanted === undefined || plan === undefined) return list({ items: [], page, pageSize, totalCount: 0 });
    const { byTimeAlone, ...read } = plan;
    const inTime = byTimeAlone === true ? { createdAt: sort.createdAt as 1 | -1 } : sort;
    const found = await inTenant.page({ ...read, sort: inTime, page, pageSize, leaveOut: UNLISTED });
    const searchIsPartial = search !== undefined && (await isPartialSearch(inTenant, wanted));
    return list({ ...found, searchIsPartial, items: await viewTickets(replicas, caller, found.items) });
  };
