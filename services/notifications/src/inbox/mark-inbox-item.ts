import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { markRead } from './inbox.js';
import { inboxView } from './inbox.view.js';

export interface MarkInboxItem {
  readonly read: boolean;
}

export const markInboxItemSchema = Joi.object<MarkInboxItem>({ read: Joi.boolean().required() });

export const markInboxItem =
  ({ inbox }: Pick<Dependencies, 'inbox'>) =>
  async ({ caller, params, body, now, ifMatch }: Call<MarkInboxItem, unknown, { id: string }>): Promise<Reply> => {
    const decide = (item: Parameters<typeof markRead>[0]) => {
      if (item.userId !== caller.userId) throw notFound('notification');
      return { state: markRead(item, body.read, now) };
    };
    const item = await inbox.in(caller.tenantId).update(params.id, decide, { ifMatch });
    if (item === undefined) throw notFound('notification');
    return ok(inboxView(item));
  };
