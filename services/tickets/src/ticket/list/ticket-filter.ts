import { rangeOf, type Period } from '@riparo/shared/http/period';
import { compact } from '@riparo/shared/json/compact';
import type { Caller } from '@riparo/shared/contracts/caller';
import {
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketStage,
  type TicketStatus,
} from '@riparo/shared/contracts/enums';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { PageRequest } from '@riparo/shared/http/pagination';
import type { Filter } from '../../kernel/list-filters.js';
import { isActive } from '../ticket.js';
import type { ScopeField } from '../ticket.indexes.js';
import { QUEUE } from '../../kernel/held.js';

export interface TicketFilters extends Period {
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
export type TicketQuery = PageRequest & TicketFilters;

export interface TicketConditions {
  readonly scope: ScopeField;
  /** The scope as a condition; empty for all tickets. */
  readonly within: Filter;
  /** Missing: every status. */
  readonly statuses?: readonly TicketStatus[];
  readonly category?: TicketCategory;
  readonly priority?: TicketPriority;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly period: Filter;
  readonly dueOrder: Filter;
  /** Conditions that no index answers. */
  readonly others: readonly Filter[];
}

interface Whose {
  readonly scope: ScopeField;
  readonly within: Filter;
  readonly others: readonly Filter[];
}

const STATUSES_OF: Readonly<Record<TicketStage, readonly TicketStatus[]>> = {
  NEW: ['OPEN'],
  OPENED: ['OPEN'],
  IN_PROGRESS: ['IN_PROGRESS', 'WAITING_CUSTOMER'],
  RESOLVED: ['RESOLVED'],
  CLOSED: ['CLOSED'],
};

/** The statuses that every condition allows; `undefined` when no condition concerns the status. */
const statusesOf = ({ status, stage, active, unassigned, overdue }: TicketFilters): readonly TicketStatus[] | undefined => {
  const conditions = [
    ...(status === undefined ? [] : [(one: TicketStatus) => one === status]),
    ...(stage === undefined ? [] : [(one: TicketStatus) => STATUSES_OF[stage].includes(one)]),
    ...(active === undefined ? [] : [(one: TicketStatus) => isActive(one) === active]),
    // Only an open ticket waits in the queue or is overdue.
    ...(unassigned === true || overdue === true ? [isActive] : []),
  ];
  return conditions.length === 0 ? undefined : TICKET_STATUSES.filter((one) => conditions.every((allows) => allows(one)));
};

/** The holders that the filters allow; `assigned`: any technician, but not the queue. */
interface Hands {
  readonly holders?: readonly string[];
  readonly assigned?: true;
}

const handsOf = ({ role, userId, customerId }: Caller, { assignedTo, unassigned, stage }: TicketFilters): Hands => {
  const own = customerId === undefined && !isDesk(role) ? [userId, QUEUE] : undefined;
  const conditions = [
    ...(assignedTo === undefined ? [] : [(one: string) => one === assignedTo]),
    ...(unassigned === undefined ? [] : [(one: string) => (one === QUEUE) === unassigned]),
    ...(stage === 'NEW' || stage === 'OPENED' ? [(one: string) => (one === QUEUE) === (stage === 'NEW')] : []),
  ];
  const named = own ?? (assignedTo === undefined ? [QUEUE] : [assignedTo, QUEUE]);
  const holders = named.filter((one) => conditions.every((allows) => allows(one)));
  const narrowed = own !== undefined || assignedTo !== undefined || unassigned === true || stage === 'NEW';
  if (narrowed) return { holders };
  return unassigned === false || stage === 'OPENED' ? { assigned: true } : {};
};

const oneOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $in: values });

/** The tickets that the caller may see at all. The filters of the query are added with "and", so no filter can widen this. */
const whoseOf = (caller: Caller, query: TicketFilters): Whose | undefined => {
  const customerId = caller.customerId ?? query.customerId;
  if (query.customerId !== undefined && query.customerId !== customerId) return undefined;
  const { holders, assigned } = handsOf(caller, query);
  if (holders?.length === 0) return undefined;
  const held = holders === undefined ? undefined : { holder: oneOf(holders) };
  const others = assigned === undefined ? [] : [{ assignedToUserId: { $exists: true } }];
  // A customer has fewer tickets than a technician has had, so the customer's index is better.
  if (customerId !== undefined) return { scope: 'customerId', within: { customerId }, others: held === undefined ? others : [held] };
  return held === undefined ? { scope: undefined, within: {}, others } : { scope: 'holder', within: held, others };
};

/** The conditions of a query within the caller's scope; `undefined` when no ticket can match. */
export const conditionsOf = (caller: Caller, query: TicketFilters, now: Date): TicketConditions | undefined => {
  const whose = whoseOf(caller, query);
  const statuses = statusesOf(query);
  if (whose === undefined || statuses?.length === 0) return undefined;
  const { category, priority, assetId, locationId, overdue } = query;
  return {
    ...whose,
    ...(statuses && { statuses }),
    ...(category && { category }),
    ...(priority && { priority }),
    ...(assetId === undefined ? {} : { assetId }),
    ...(locationId === undefined ? {} : { locationId }),
    period: compact({ createdAt: rangeOf(query) }),
    dueOrder: overdue === true ? { dueOrder: { $lt: now } } : {},
    others: [...whose.others, ...(overdue === false ? [{ $nor: [{ active: true, dueOrder: { $lt: now } }] }] : [])],
  };
};
