import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { periodFields, rangeOf, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import { compact } from '@riparo/shared/json/compact';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Dependencies } from '../dependencies.js';
import { CHANNELS, NOTIFICATION_STATUSES, type Channel, type NotificationStatus } from './notification.js';
import { notificationSummary } from './notification.view.js';

/** The period is that in which notifications were raised. */
interface Filters extends Period {
  readonly status?: NotificationStatus;
  readonly channel?: Channel;
}

export const listNotificationsSchema = pageQuery<Asked<Filters>>(['createdAt'], {
  status: oneOf(NOTIFICATION_STATUSES),
  channel: oneOf(CHANNELS),
  ...periodFields(),
});

export const listNotifications =
  ({ notifications, timeZoneOf }: Pick<Dependencies, 'notifications' | 'timeZoneOf'>) =>
  async ({ caller, query: asked }: Call<unknown, PageRequest & Asked<Filters>>): Promise<Reply> => {
    const query = withMoments(asked, await timeZoneOf(caller.tenantId));
    const { page, pageSize, sort, status, channel } = query;
    const filter = compact({ status, channel, createdAt: rangeOf(query) });
    const found = await notifications.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(notificationSummary) });
  };
