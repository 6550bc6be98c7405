import { pageQuery, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { joinedTimeline } from '../merge/joined-timeline.js';
import type { TicketDeps } from './deps.js';
import { seen } from './ticket.access.js';
import { viewActivities, visibleActivities } from './ticket.view.js';

export const listActivitiesQuery = pageQuery(['createdAt']);

export const listActivities =
  ({ tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) =>
  async ({ caller, params: { id }, query }: Call<unknown, PageRequest, { id: string }>): Promise<Reply> => {
    const { page, pageSize, sort } = query;
    const inTenant = tickets.in(caller.tenantId);
    const visible = visibleActivities(caller, await joinedTimeline(inTenant, seen(caller, await inTenant.findWhole(id))));
    const ordered = sort.startsWith('-') ? [...visible].reverse() : visible;
    const items = ordered.slice((page - 1) * pageSize, page * pageSize);
    return list({ items: await viewActivities(replicas, caller, id, items), page, pageSize, totalCount: visible.length });
  };
