import { notFound } from '@riparo/shared/errors/common-errors';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { Dependencies } from '../dependencies.js';
import type { NotificationStatus } from '../notification/notification.js';
import { ANNOUNCEMENT_STATUSES, type AnnouncementStatus } from './announcement.js';
import { ANNOUNCEMENT_RESULTS, STATUSES_OF } from './announcement-results.js';
import { announcementSummary, announcementView } from './announcement.view.js';

interface Filters {
  readonly status?: AnnouncementStatus;
}

export const listAnnouncementsQuery = pageQuery<Filters>(['createdAt'], { status: oneOf(ANNOUNCEMENT_STATUSES) });

export const listAnnouncements =
  ({ announcements }: Pick<Dependencies, 'announcements'>) =>
  async ({ caller, query: { page, pageSize, sort, status } }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const found = await announcements.in(caller.tenantId).page({ filter: compact({ status }), sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(announcementSummary) });
  };

export const getAnnouncement =
  ({ announcements, notifications }: Pick<Dependencies, 'announcements' | 'notifications'>) =>
  async ({ caller: { tenantId }, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const state = await announcements.in(tenantId).find(id);
    if (state === undefined) throw notFound('announcement');
    const countOf = (status: NotificationStatus) => notifications.in(tenantId).count({ 'announcement.id': id, status });
    const counted = ANNOUNCEMENT_RESULTS.map(async (result) => {
      const counts = await Promise.all(STATUSES_OF[result].map(countOf));
      return [result, counts.reduce((sum, each) => sum + each, 0)] as const;
    });
    return ok({ ...announcementView(state), results: Object.fromEntries(await Promise.all(counted)) });
  };
