import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import type { IndexKey } from '@riparo/shared/persistence/repository';
import type { Ticket } from './ticket.js';

type Field = keyof Ticket;

/** The group of tickets that a list can hold: a customer's, a holder's, or all (`undefined`). */
export type ScopeField = 'customerId' | 'holder' | undefined;
const SCOPES: readonly ScopeField[] = [undefined, 'customerId', 'holder'];

/** The fields by which lists can be sorted; `dueOrder` gives the order of `slaDueAt`, `urgency` that of `priority`. */
export type SortField = 'createdAt' | 'updatedAt' | 'dueOrder' | 'urgency';

const rising = (...fields: readonly (Field | undefined)[]): IndexKey =>
  Object.fromEntries(fields.flatMap((field) => (field === undefined ? [] : [[field, 1 as const]])));

/** Newest first, or oldest first (the same index, read backwards). The id makes the order total. */
export const newest = (...fields: readonly (Field | undefined)[]): IndexKey => ({ ...rising(...fields), createdAt: -1, id: -1 });

export const inOrder = (by: 'updatedAt' | 'dueOrder', scope: Field | undefined): IndexKey => rising(scope, by, 'id');

/**
 * Index for filters on fields with few values. A list that filters by one of them names all values of the others. The
 * database then merges these stretches, each of which is in order. Status and category come first, because urgency is
 * also an order.
 */
export const byFacets = (by: SortField, scope: ScopeField): IndexKey =>
  rising(scope, 'status', 'category', 'urgency', by === 'urgency' ? 'createdAt' : by, 'id');

/**
 * Index of words, for a customer or for all, with the newest tickets of each word first.
 * - The id is left out: it would be a third of every one of a ticket's many words. Of two tickets of the same
 *   millisecond, the search shows first the one that the database has first.
 * - The holder is left out: every change of the assignee would move all words.
 */
export const byWords = (customerId: 'customerId' | undefined): IndexKey => ({ ...rising(customerId, 'words'), createdAt: -1 });

const KEYS: readonly IndexKey[] = [
  ...SCOPES.flatMap((scope) => [
    newest(scope),
    newest(scope, 'active'),
    inOrder('updatedAt', scope),
    inOrder('dueOrder', scope),
    byFacets('createdAt', scope),
    byFacets('updatedAt', scope),
    byFacets('dueOrder', scope),
  ]),
  byWords(undefined),
  byWords('customerId'),
  // The most frequent list: a customer's open tickets.
  newest('customerId', 'status'),
  newest('assetId'),
  newest('locationId'),
];

export const INDEXES: readonly IndexDeclaration[] = [
  ...KEYS.map((fields) => ({ fields })),
  // The ticket number needs no unique index: the index of its series is unique, and only a refusal by that index means
  // "take the next number".
  { fields: { queuedAs: 1, id: 1 }, partial: { queuedAs: { $exists: true } } },
];
