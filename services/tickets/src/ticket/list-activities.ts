import type { PageRequest } from '@riparo/shared/http/pagination';
import type { Call, Reply } from '@riparo/shared/http/route';
import { joinedTimeline } from './merge/joined-timeline.js';
import { pageOfActivities } from '../conversation/list-activities.js';
import type { TicketDeps } from './dependencies.js';
import { visibleTo } from './ticket.access.js';

/** `GET /tickets/:id/activities`. */
export const listActivities =
  ({ tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) =>
  async ({ caller, params: { id }, query }: Call<unknown, PageRequest, { id: string }>): Promise<Reply> => {
    const inTenant = tickets.in(caller.tenantId);
    const { activities } = await joinedTimeline(inTenant, visibleTo(caller, await inTenant.findWhole(id)));
    return pageOfActivities(replicas, caller, { ticketId: id }, activities, query);
  };
