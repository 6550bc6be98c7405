import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { settledEvents } from './delivery-decisions.js';
import { cancel } from './notification.js';
import { notificationView } from './notification.view.js';

export const cancelNotification =
  ({ notifications }: Pick<Dependencies, 'notifications'>) =>
  async ({ caller, params, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const state = await notifications.in(caller.tenantId).update(
      params.id,
      (current) => {
        const after = cancel(current);
        return { state: after, events: settledEvents(current, after, now) };
      },
      { ifMatch },
    );
    if (state === undefined) throw notFound('notification');
    return ok(notificationView(state, true));
  };
