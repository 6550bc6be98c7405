import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, oneOf } from '@riparo/shared/http/schemas';
import type { Dependencies } from '../dependencies.js';
import { CHANNELS, NOTIFICATION_STATUSES, type Channel, type NotificationStatus } from './notification.js';
import { notificationSummary } from './notification.view.js';

interface Filters {
  readonly status?: NotificationStatus;
  readonly channel?: Channel;
  /** Raised at or after. */
  readonly from?: Date;
  /** Raised before. */
  readonly to?: Date;
}

export const listNotificationsSchema = pageQuery<Filters>(['createdAt'], {
  status: oneOf(NOTIFICATION_STATUSES),
  channel: oneOf(CHANNELS),
  from: instant(),
  to: instant(),
});

export const listNotifications =
  ({ notifications }: Pick<Dependencies, 'notifications'>) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, status, channel, from, to } = query;
    const raised = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
    const filter = {
      ...(status === undefined ? {} : { status }),
      ...(channel === undefined ? {} : { channel }),
      ...(from === undefined && to === undefined ? {} : { createdAt: raised }),
    };
    const found = await notifications.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(notificationSummary) });
  };
