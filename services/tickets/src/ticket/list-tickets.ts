import type { Caller } from '@riparo/shared/contracts/caller';
import {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STAGES,
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketStage,
  type TicketStatus,
} from '@riparo/shared/contracts/enums';
import { isDesk } from '@riparo/shared/contracts/roles';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, line, oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { all, periodOf, searchOf, type Filter, type Period } from '../list-filters.js';
import type { TicketDeps } from './deps.js';
import { QUEUE } from './ticket.js';
import { viewTickets } from './ticket.view.js';

interface Filters extends Period {
  readonly status?: TicketStatus;
  readonly stage?: TicketStage;
  readonly priority?: TicketPriority;
  readonly category?: TicketCategory;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly customerId?: string;
  readonly assignedTo?: string;
  readonly unassigned?: boolean;
  readonly active?: boolean;
  readonly overdue?: boolean;
  readonly search?: string;
}
type Query = PageRequest & Filters;

const SORTS = ['createdAt', 'updatedAt', 'slaDueAt', 'priority'] as const;

export const listTicketsQuery: Joi.ObjectSchema<Query> = pageQuery<Filters>(SORTS, {
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
  from: instant(),
  to: instant(),
  search: line(200),
});

/** Whose tickets these can be at all; joined to the other conditions with "and", so that no filter widens it. */
const scopeOf = ({ customerId, role, userId }: Caller): readonly Filter[] => {
  if (customerId !== undefined) return [{ customerId }];
  return isDesk(role) ? [] : [{ holder: { $in: [userId, QUEUE] } }];
};

const EQUAL = ['status', 'stage', 'priority', 'category', 'assetId', 'locationId', 'customerId', 'active'] as const;

const holderOf = ({ assignedTo, unassigned }: Query): readonly Filter[] => [
  ...(assignedTo === undefined ? [] : [{ holder: assignedTo }]),
  ...(unassigned === undefined ? [] : [unassigned ? { holder: QUEUE } : { assignedToUserId: { $exists: true } }]),
];

const overdueOf = ({ overdue }: Query, now: Date): readonly Filter[] => {
  if (overdue === undefined) return [];
  const late = { active: true, dueOrder: { $lt: now } };
  return [overdue ? late : { $nor: [late] }];
};

export const ticketFilter = (caller: Caller, query: Query, now: Date): Filter => {
  const conditions = [
    ...scopeOf(caller),
    ...EQUAL.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] })),
    ...holderOf(query),
    ...periodOf(query),
    ...overdueOf(query, now),
    ...searchOf(query),
  ];
  return all(conditions);
};

/** What is sorted by: urgency instead of letters, and what has no due time last. */
const sortOf = (sort: string): Record<string, 1 | -1> => toSort(sort.replace('slaDueAt', 'dueOrder').replace('priority', 'urgency'));

/** Bookkeeping that no list shows. */
const UNLISTED = ['words', 'sla', 'recentChanges', 'timeline', 'merge', 'internalNotes'] as const;

export const listTickets =
  ({ tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) =>
  async ({ caller, query, now }: Call<unknown, Query>): Promise<Reply> => {
    const { page, pageSize, sort } = query;
    const filter = ticketFilter(caller, query, now);
    const found = await tickets.in(caller.tenantId).page({ filter, sort: sortOf(sort), page, pageSize, leaveOut: UNLISTED });
    return list({ ...found, items: await viewTickets(replicas, caller, found.items) });
  };
