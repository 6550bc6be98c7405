import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import type { IndexKey } from '@riparo/shared/persistence/repository';
import type { Filter } from '../../kernel/list-filters.js';
import { isActive } from '../ticket.js';
import { byFacets, inOrder, newest, type SortField } from '../ticket.indexes.js';
import type { TicketConditions } from './ticket-filter.js';

/** How a list is read. `filter` is answered by an index, in its order; `besides` needs the documents that the index leads to. */
export interface ListPlan {
  readonly filter: Filter;
  /** Missing when the index answers every condition. */
  readonly besides?: Filter;
  readonly hint: IndexKey;
  /** True when the index ends with the time and not with the id, so that the order is by time alone. */
  readonly byTimeAlone?: true;
}

const urgencyOf = (priority: (typeof TICKET_PRIORITIES)[number]): number => TICKET_PRIORITIES.indexOf(priority) + 1;
const URGENCIES = TICKET_PRIORITIES.map(urgencyOf);

const anyOf = (values: readonly unknown[]): unknown => (values.length === 1 ? values[0] : { $in: values });

const present = (conditions: readonly Filter[]): readonly Filter[] => conditions.filter((one) => Object.keys(one).length > 0);

export const joined = (conditions: readonly Filter[]): Filter => {
  const [first = {}, ...more] = present(conditions);
  return more.length === 0 ? first : { $and: [first, ...more] };
};

export const planOf = (hint: IndexKey, answered: readonly Filter[], rest: readonly Filter[]): ListPlan => {
  const besides = present(rest);
  return { filter: joined(answered), hint, ...(besides.length === 0 ? {} : { besides: joined(besides) }) };
};

/** Conditions on fields with few values. */
export const facetsOf = ({ statuses, category, priority }: TicketConditions): Filter => ({
  ...(statuses && { status: anyOf(statuses) }),
  ...(category && { category }),
  ...(priority && { urgency: urgencyOf(priority) }),
});

/** All conditions except the scope. */
export const conditionsOf = (wanted: TicketConditions): readonly Filter[] => {
  const { assetId, locationId, period, dueOrder, others } = wanted;
  const places = { ...(assetId === undefined ? {} : { assetId }), ...(locationId === undefined ? {} : { locationId }) };
  return [facetsOf(wanted), places, period, dueOrder, ...others];
};

const activity = ({ statuses }: TicketConditions): boolean | undefined => {
  if (statuses === undefined) return undefined;
  const active = isActive(statuses[0] as (typeof TICKET_STATUSES)[number]);
  return statuses.length === TICKET_STATUSES.filter((one) => isActive(one) === active).length &&
    statuses.every((one) => isActive(one) === active)
    ? active
    : undefined;
};

/** A device or a location has few tickets, so its index is best, whatever the other conditions are. */
const planPlace = (wanted: TicketConditions): ListPlan | undefined => {
  const { assetId, locationId, within, period, dueOrder, others } = wanted;
  const rest = [within, facetsOf(wanted), dueOrder, ...others];
  if (assetId !== undefined)
    return planOf(newest('assetId'), [{ assetId, ...period }], [...rest, locationId === undefined ? {} : { locationId }]);
  return locationId === undefined ? undefined : planOf(newest('locationId'), [{ locationId, ...period }], rest);
};

/** The most usual filters and orders have indexes of their own. */
const planPlain = (wanted: TicketConditions, by: SortField): ListPlan | undefined => {
  const { scope, within, statuses, category, priority, period, dueOrder, others } = wanted;
  if (category !== undefined || priority !== undefined || by === 'urgency') return undefined;
  if (by !== 'createdAt') {
    const due = by === 'dueOrder' ? [{ ...within, ...dueOrder }, {}] : [within, dueOrder];
    return statuses === undefined ? planOf(inOrder(by, scope), [due[0] ?? {}], [due[1] ?? {}, period, ...others]) : undefined;
  }
  const rest = [dueOrder, ...others];
  if (statuses === undefined) return planOf(newest(scope), [{ ...within, ...period }], rest);
  const active = activity(wanted);
  if (active !== undefined) return planOf(newest(scope, 'active'), [{ ...within, active, ...period }], rest);
  if (scope === 'customerId' && statuses.length === 1)
    return planOf(newest('customerId', 'status'), [{ ...within, status: statuses[0], ...period }], rest);
  return undefined;
};

/** Names all values of every field with few values: within each combination the rest of the index is in order. */
const planFacets = (wanted: TicketConditions, by: SortField): ListPlan => {
  const { scope, within, statuses = TICKET_STATUSES, category, priority, period, dueOrder, others } = wanted;
  const facets = {
    status: anyOf(statuses),
    category: anyOf(category === undefined ? TICKET_CATEGORIES : [category]),
    ...(priority !== undefined ? { urgency: urgencyOf(priority) } : by === 'urgency' ? {} : { urgency: { $in: URGENCIES } }),
  };
  const ordered = by === 'createdAt' ? period : by === 'dueOrder' ? dueOrder : {};
  const rest = [by === 'createdAt' ? {} : period, by === 'dueOrder' ? {} : dueOrder, ...others];
  return planOf(byFacets(by, scope), [{ ...within, ...facets, ...ordered }], rest);
};

/** Plans a list without a search. */
export const planList = (wanted: TicketConditions, by: SortField): ListPlan =>
  planPlace(wanted) ?? planPlain(wanted, by) ?? planFacets(wanted, by);
