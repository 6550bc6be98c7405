import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { createPlanParts, partFilters, type PartFilters, type PartQueryDeps } from './part-filter.js';
import type { SortField } from './part.indexes.js';
import { NOT_LISTED } from './part.js';
import { viewPart } from './part.view.js';

export const listPartsQuery = pageQuery<PartFilters>(['createdAt', 'name', 'sku'], partFilters);

const SORTS = { createdAt: 'id', name: 'nameKey', sku: 'skuKey' } as const satisfies Record<string, SortField>;
type Sort = keyof typeof SORTS;

const sortFieldOf = (sort: string): SortField => SORTS[sort.replace('-', '') as Sort];
const sortOf = (sort: string) => toSort(sort.replace(/\w+$/, (field) => SORTS[field as Sort]));

export const listParts = (deps: PartQueryDeps) => {
  const planParts = createPlanParts(deps);
  return async ({ caller, query }: Call<unknown, PageRequest & PartFilters>): Promise<Reply> => {
    const { page, pageSize, sort, ...filters } = query;
    const plan = await planParts(caller.tenantId, filters, sortFieldOf(sort));
    const found = await deps.parts.in(caller.tenantId).page({ ...plan, sort: sortOf(sort), page, pageSize, leaveOut: NOT_LISTED });
    return list({ ...found, items: found.items.map((part) => viewPart(part, caller)) });
  };
};
