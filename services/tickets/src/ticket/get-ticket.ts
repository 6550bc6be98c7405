import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { TicketDeps } from './deps.js';
import { seen } from './ticket.access.js';
import { compact } from './ticket.js';
import { viewActivities, viewTicket, visibleActivities } from './ticket.view.js';

/** The newest entries that come with the ticket itself; `GET …/activities` has them all, page by page. */
const MAX_WITH_TICKET = 200;

export const getTicket =
  ({ tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const ticket = seen(caller, await tickets.in(tenantId).findWhole(id));
    const visible = visibleActivities(caller, ticket);
    const [view, activities, location, asset] = await Promise.all([
      viewTicket(replicas, caller, ticket),
      viewActivities(replicas, caller, id, visible.slice(-MAX_WITH_TICKET)),
      ticket.locationId === undefined ? undefined : replicas.locations.find(tenantId, ticket.locationId),
      ticket.assetId === undefined ? undefined : replicas.assets.find(tenantId, ticket.assetId),
    ]);
    return ok(
      compact({
        ...view,
        asset: asset === undefined ? view.asset : compact({ ...asset, version: undefined, customerId: undefined }),
        location:
          location === undefined ? undefined : compact({ ...location, version: undefined, customerId: undefined, removed: undefined }),
        activities,
        activityCount: visible.length,
      }),
    );
  };
