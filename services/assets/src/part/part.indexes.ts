import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import type { IndexKey } from '@riparo/shared/persistence/repository';

/** What lists can be sorted by: `id` is the order in which parts were added. */
export const SORT_FIELDS = ['id', 'nameKey', 'skuKey'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export const inOrder = (by: SortField): IndexKey => (by === 'id' ? { id: 1 } : { [by]: 1, id: 1 });
/** Those that are offered, or those that are not, in order. */
export const byActive = (by: SortField): IndexKey => ({ active: 1, ...inOrder(by) });
export const BY_WORDS: IndexKey = { searchWords: 1, id: 1 };
export const BY_BRAND: IndexKey = { brandKeys: 1, id: 1 };
export const BY_MODEL: IndexKey = { modelKeys: 1, id: 1 };
export const BY_FIT: IndexKey = { fitKeys: 1, id: 1 };
export const BY_LOW: IndexKey = { low: 1, id: 1 };

export const INDEXES: readonly IndexDeclaration[] = [
  { fields: { skuKey: 1 }, unique: true },
  ...SORT_FIELDS.flatMap((by) => [inOrder(by), byActive(by)]).map((fields) => ({ fields })),
  ...[BY_WORDS, BY_BRAND, BY_MODEL, BY_FIT, BY_LOW].map((fields) => ({ fields })),
  { fields: { 'reservations.id': 1 } },
  { fields: { 'reservations.repairId': 1 } },
  { fields: { 'reservations.workReportId': 1 } },
];
