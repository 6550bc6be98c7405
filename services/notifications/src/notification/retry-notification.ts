import { notFound } from '@riparo/shared/errors/common-errors';
import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { retry } from './notification.js';
import { notificationView } from './notification.view.js';

export const retryNotification =
  ({ notifications, wake }: Pick<Dependencies, 'notifications' | 'wake'>) =>
  async ({ caller, params, now, ifMatch }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const state = await notifications.in(caller.tenantId).update(params.id, (current) => ({ state: retry(current, now) }), { ifMatch });
    if (state === undefined) throw notFound('notification');
    wake(state.channel);
    return accepted(notificationView(state, true));
  };
