import type { TicketCategory } from '@riparo/shared/contracts/enums';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { beginsWith, termsOf } from '../../kernel/search-words.js';
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
  search: line(200),
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
    const terms = search === undefined ? [] : termsOf(search);
    const searched = search !== undefined && terms.length === 0 ? [{ id: '' }] : terms.map((term) => ({ words: beginsWith(term) }));
    const filter = { $and: [{ list: { $in: lists } }, ...(category === undefined ? [] : [{ category }]), ...searched] };
    const found = await cannedReplies.in(caller.tenantId).page({ filter, sort: sortOf(sort), page, pageSize });
    return list({ ...found, items: found.items.map(viewCannedReply) });
  };
