import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import type { IndexKey } from '@riparo/shared/persistence/repository';

/** Whose devices a list can hold: a customer's, or everybody's (`undefined`). */
export type ScopeField = 'customerId' | undefined;
const SCOPES: readonly ScopeField[] = [undefined, 'customerId'];

/** What lists can be sorted by: `id` is the order in which devices were registered, `nameKey` the name as people sort it. */
export const SORT_FIELDS = ['id', 'nameKey', 'warrantyEndDate'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

const rising = (...fields: readonly (string | undefined)[]): IndexKey =>
  Object.fromEntries(fields.flatMap((field) => (field === undefined ? [] : [[field, 1 as const]])));

export const inOrder = (scope: ScopeField, by: SortField): IndexKey => rising(scope, by, 'id');
/** A list that filters by one of the two names all values of the other; the database merges the stretches, each in order. */
export const byFacets = (scope: ScopeField, by: SortField): IndexKey => rising(scope, 'status', 'category', by, 'id');
export const byWords = (scope: ScopeField): IndexKey => rising(scope, 'searchWords', 'id');
export const byTag = (scope: ScopeField): IndexKey => rising(scope, 'tags', 'id');
export const byCover = (scope: ScopeField): IndexKey => rising(scope, 'servicePlanId', 'warrantyEndDate', 'id');
export const AT_LOCATION = rising('locationId', 'id');
export const OF_PLAN = rising('servicePlanId', 'id');

export const INDEXES: readonly IndexDeclaration[] = [
  { fields: { customerId: 1, serialKey: 1 }, unique: true, partial: { serialKey: { $exists: true } } },
  ...SCOPES.flatMap((scope) => [
    ...SORT_FIELDS.flatMap((by) => [inOrder(scope, by), byFacets(scope, by)]),
    byWords(scope),
    byTag(scope),
    byCover(scope),
  ]).map((fields) => ({ fields })),
  { fields: AT_LOCATION },
  { fields: OF_PLAN },
];
