import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import type { IndexKey } from '@riparo/shared/persistence/repository';
import type { Ticket } from './ticket.js';

type Field = keyof Ticket;

/** Whose tickets a list can hold at all: a customer's, those in somebody's hands, or everybody's (`undefined`). */
export type ScopeField = 'customerId' | 'holder' | undefined;
const SCOPES: readonly ScopeField[] = [undefined, 'customerId', 'holder'];

/** What lists can be sorted by; `slaDueAt` and `priority` by the fields that give their order. */
export type SortField = 'createdAt' | 'updatedAt' | 'dueOrder' | 'urgency';

const rising = (...fields: readonly (Field | undefined)[]): IndexKey =>
  Object.fromEntries(fields.flatMap((field) => (field === undefined ? [] : [[field, 1 as const]])));

/** Newest first (or oldest first: the same index read backwards); the id makes the order total. */
export const newest = (...fields: readonly (Field | undefined)[]): IndexKey => ({ ...rising(...fields), createdAt: -1, id: -1 });

export const inOrder = (by: 'updatedAt' | 'dueOrder', scope: Field | undefined): IndexKey => rising(scope, by, 'id');

/**
 * For filters over what has few values: a list that filters by one of them names all values of the others, and the
 * database merges so many stretches, each of which is in order. Status and category come first because urgency is an
 * order too.
 */
export const byFacets = (by: SortField, scope: ScopeField): IndexKey =>
  rising(scope, 'status', 'category', 'urgency', by === 'urgency' ? 'createdAt' : by, 'id');

/**
 * Of one word, the newest first; a customer's, or everybody's. Without the id, which would be a third of every one of a
 * ticket's many words here: of two tickets of the same millisecond the search shows whichever the database has first. And not
 * by who has it, because every change of hands would move them all.
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
  // Asked for most: a customer's open ones.
  newest('customerId', 'status'),
  newest('assetId'),
  newest('locationId'),
];

export const INDEXES: readonly IndexDeclaration[] = [
  ...KEYS.map((fields) => ({ fields })),
  // The number needs no unique index of its own: its series has one, whose refusal alone means "take the next number".
  { fields: { queuedAs: 1, id: 1 }, partial: { queuedAs: { $exists: true } } },
];
