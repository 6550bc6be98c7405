import type { AssetCategory } from '@riparo/shared/contracts/enums';
import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf } from '@riparo/shared/http/schemas';
import type Joi from 'joi';
import { keyOf } from '../replica/texts.js';
import { CASE_STATUSES, type CaseStatus, type PresentCase } from './knowledge-case.js';
import { isStaffCaller, mayRead } from './knowledge.access.js';
import type { KnowledgeCases } from './knowledge.repository.js';
import { LONGEST } from './knowledge.schema.js';
import { viewCase } from './knowledge.view.js';
import type { CaseIndexes } from './search/case-indexes.js';
import type { IndexedCase } from './search/case-index.js';

interface Deps {
  readonly knowledgeCases: KnowledgeCases;
  readonly caseIndexes: CaseIndexes;
}
interface Filters {
  readonly search?: string;
  readonly brand?: string;
  readonly model?: string;
  readonly category?: AssetCategory;
  readonly status?: CaseStatus;
  readonly tag?: string;
}
type Query = PageRequest & Filters;

export const listCasesQuery: Joi.ObjectSchema<Query> = pageQuery<Filters>(['updatedAt'], {
  search: line(200).description(
    'Words of what is wrong, in English or Italian: endings, accents and a typo make no difference, and the beginning of a word is enough. ' +
      'The best come first, whatever `sort` says. Where no case has every word, those with some of them are found.',
  ),
  brand: line().description('In any case and spelling of signs, as `model`.'),
  model: line(),
  category: oneOf(ASSET_CATEGORIES),
  status: oneOf(CASE_STATUSES),
  tag: line(LONGEST.tag).lowercase(),
});

const wantedBy = (caller: Caller, { brand, model, category, status, tag }: Filters) => {
  const [brandKey, modelKey] = [brand, model].map((text) => (text === undefined ? undefined : keyOf(text)));
  return (found: IndexedCase): boolean =>
    mayRead(caller, found) &&
    (brandKey === undefined || found.brandKey === brandKey) &&
    (modelKey === undefined || found.modelKey === modelKey) &&
    (category === undefined || found.category === category) &&
    (status === undefined || found.status === status) &&
    (tag === undefined || found.tags.includes(tag));
};

const filterFor = (caller: Caller, { brand, model, category, status, tag }: Filters) => ({
  ...(isStaffCaller(caller) ? {} : { public: true }),
  ...(brand === undefined ? {} : { brandKey: keyOf(brand) }),
  ...(model === undefined ? {} : { modelKey: keyOf(model) }),
  ...(category === undefined ? {} : { 'device.category': category }),
  ...(tag === undefined ? {} : { tags: tag }),
  ...(isStaffCaller(caller) ? (status === undefined ? {} : { status }) : { status: 'PUBLISHED' as const }),
});

/** The cases of these ids in their order. Words and filters were asked of the index, which may be a moment behind: access is checked anew. */
export const inOrder = async (cases: KnowledgeCases, caller: Caller, ids: readonly string[]): Promise<readonly PresentCase[]> => {
  const found = ids.length === 0 ? [] : await cases.in(caller.tenantId).list({ id: { $in: [...ids] } }, { limit: ids.length });
  const byId = new Map(found.map((it) => [it.id, it]));
  return ids.flatMap((id) => byId.get(id) ?? []).filter((it) => mayRead(caller, it));
};

const searched = async ({ knowledgeCases, caseIndexes }: Deps, caller: Caller, search: string, { page, pageSize, ...filters }: Query) => {
  const hits = (await caseIndexes.of(caller.tenantId)).search(search, wantedBy(caller, filters), page * pageSize);
  const ids = hits.best.slice((page - 1) * pageSize).map(({ found }) => found.id);
  return { items: await inOrder(knowledgeCases, caller, ids), page, pageSize, totalCount: hits.total };
};

export const listCases =
  (deps: Deps) =>
  async ({ caller, query }: Call<unknown, Query>): Promise<Reply> => {
    const { search, page, pageSize, sort, ...filters } = query;
    // A customer who asks for drafts is answered as if there were none.
    if (!isStaffCaller(caller) && filters.status !== undefined && filters.status !== 'PUBLISHED')
      return list({ items: [], page, pageSize, totalCount: 0 });
    const found =
      search === undefined
        ? await deps.knowledgeCases.in(caller.tenantId).page({ filter: filterFor(caller, filters), sort: toSort(sort), page, pageSize })
        : await searched(deps, caller, search, query);
    return list({ ...found, items: found.items.map((it) => viewCase(caller, it)) });
  };
