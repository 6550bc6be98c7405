import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { inboxView } from './inbox.view.js';

interface Filters {
  readonly unread?: boolean;
}

export const listInboxSchema = pageQuery<Filters>(['createdAt'], { unread: Joi.boolean() });

export const listInbox =
  ({ inbox }: Pick<Dependencies, 'inbox'>) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, unread } = query;
    const readAt = unread === undefined ? {} : { readAt: unread ? { $eq: null } : { $ne: null } };
    const filter = { userId: caller.userId, ...readAt } as object;
    const found = await inbox.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(inboxView) });
  };
