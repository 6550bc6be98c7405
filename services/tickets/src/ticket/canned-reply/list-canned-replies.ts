import type { TicketCategory } from '@riparo/shared/contracts/enums';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { searchText } from '@riparo/shared/http/search';
import { oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { all, HAS_CUT_WORDS, searchOf } from '../../kernel/list-filters.js';
import { listsOf } from './canned-reply.access.js';
import { CATEGORIES, SHARED, viewCannedReply } from './canned-reply.js';
import type { CannedReplyDeps } from '../dependencies.js';

interface Filters {
  readonly search?: string;
  readonly category?: TicketCategory;
  readonly isShared?: boolean;
}
type Query = PageRequest & Filters;

export const listCannedRepliesQuery: Joi.ObjectSchema<Query> = pageQuery<Filters>(['createdAt', 'title'], {
  search: searchText('title and body'),
  category: oneOf(CATEGORIES),
  isShared: Joi.boolean(),
});

/** Titles sort by `titleKey`, so that upper and lower case do not matter. */
const sortOf = (sort: string) => toSort(sort.replace('title', 'titleKey'));

/** Shared replies and the caller's own. */
export const listCannedReplies =
  ({ cannedReplies }: Pick<CannedReplyDeps, 'cannedReplies'>) =>
  async ({ caller, query }: Call<unknown, Query>): Promise<Reply> => {
    const { page, pageSize, sort, search, category, isShared } = query;
    const lists = isShared === undefined ? listsOf(caller) : [isShared ? SHARED : caller.userId];
    const inTenant = cannedReplies.in(caller.tenantId);
    const filter = all([{ list: { $in: lists } }, ...(category === undefined ? [] : [{ category }]), ...searchOf(query)]);
    const found = await inTenant.page({ filter, sort: sortOf(sort), page, pageSize });
    const searchIsPartial = search !== undefined && (await inTenant.count({ list: { $in: lists }, ...HAS_CUT_WORDS }, { upTo: 1 })) > 0;
    return list({ ...found, searchIsPartial, items: found.items.map(viewCannedReply) });
  };
