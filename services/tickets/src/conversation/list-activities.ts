import type { Caller } from '@riparo/shared/contracts/caller';
import { pageQuery, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { Replicas } from '../replica/replicas.js';
import type { Activity } from './timeline.js';
import { viewActivities, visibleActivities, type ActivityOf } from './timeline.view.js';

export const listActivitiesQuery = pageQuery(['createdAt']);

/** A page of a timeline, without entries that the caller may not read. */
export const pageOfActivities = async (
  replicas: Pick<Replicas, 'users'>,
  caller: Caller,
  subject: ActivityOf,
  activities: readonly Activity[],
  { page, pageSize, sort }: PageRequest,
): Promise<Reply> => {
  const visible = visibleActivities(caller, activities);
  const ordered = sort.startsWith('-') ? [...visible].reverse() : visible;
  const items = ordered.slice((page - 1) * pageSize, page * pageSize);
  return list({ items: await viewActivities(replicas, caller, subject, items), page, pageSize, totalCount: visible.length });
};
