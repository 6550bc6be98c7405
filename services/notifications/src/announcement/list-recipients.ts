import { notFound } from '@riparo/shared/errors/common-errors';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { Dependencies } from '../dependencies.js';
import type { Notification } from '../notification/notification.js';
import { ANNOUNCEMENT_RESULTS, resultOf, STATUSES_OF, type AnnouncementResult } from './announcement-results.js';

interface Filters {
  readonly result?: AnnouncementResult;
}

export const listAnnouncementRecipientsQuery = pageQuery<Filters>(['createdAt'], { result: oneOf(ANNOUNCEMENT_RESULTS) });

type Deps = Pick<Dependencies, 'announcements' | 'notifications' | 'users' | 'customers'>;

const recipientView = (notification: Notification, names: ReadonlyMap<string, string>) => {
  const { userId, customerId } = notification.announcement ?? {};
  const [recipient] = notification.recipients;
  return {
    notificationId: notification.id,
    channel: notification.channel,
    userId,
    customerId,
    name: names.get(userId ?? customerId ?? ''),
    address: recipient?.address,
    result: resultOf(notification),
    reason: recipient?.lastError ?? notification.lastError,
    sentAt: recipient?.sentAt,
    collectedIn: recipient?.collectedIn,
  };
};

const namesOf = async ({ users, customers }: Deps, tenantId: string, found: readonly Notification[]) => {
  const ids = (pick: 'userId' | 'customerId') => found.flatMap(({ announcement }) => announcement?.[pick] ?? []);
  const [people, companies] = await Promise.all([users.findMany(tenantId, ids('userId')), customers.findMany(tenantId, ids('customerId'))]);
  const called = [...companies].map(([id, { name, surname }]) => [id, surname === undefined ? name : `${name} ${surname}`] as const);
  return new Map([...[...people].map(([id, { name }]) => [id, name] as const), ...called]);
};

/** The notifications that an announcement was made into, one for each person and channel. */
export const listAnnouncementRecipients =
  (deps: Deps) =>
  async ({ caller: { tenantId }, params: { id }, query }: Call<unknown, PageRequest & Filters, { id: string }>): Promise<Reply> => {
    if ((await deps.announcements.in(tenantId).find(id)) === undefined) throw notFound('announcement');
    const { page, pageSize, sort, result } = query;
    const filter = { 'announcement.id': id, ...(result === undefined ? {} : { status: { $in: [...STATUSES_OF[result]] } }) };
    const found = await deps.notifications.in(tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    const names = await namesOf(deps, tenantId, found.items);
    return list({ ...found, items: found.items.map((each) => recipientView(each, names)) });
  };
