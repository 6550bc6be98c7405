import type { TicketName } from '@riparo/shared/contracts/tickets.events';
import { API_PREFIX } from '@riparo/shared/http/path';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { mergeTargetOf } from './merge/merge-target.js';
import { joinedTimeline } from './merge/joined-timeline.js';
import type { TicketDeps } from './dependencies.js';
import { visibleTo } from './ticket.access.js';
import type { TicketState } from './ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { MAX_WITH_SUBJECT, viewActivities, visibleActivities } from '../conversation/timeline.view.js';
import { viewTicket } from './ticket.view.js';
import { deviceFor } from '../replica/asset-lookup.js';

const mergedIntoOf = async (
  { tickets }: Pick<TicketDeps, 'tickets'>,
  tenantId: string,
  ticket: TicketState,
): Promise<TicketName | undefined> => {
  if (ticket.mergedIntoId === undefined) return undefined;
  const { id, ticketNumber } = await mergeTargetOf(tickets.in(tenantId), ticket);
  return { id, ticketNumber };
};

/** A `Link` header for clients that follow it: it names the ticket to read instead. */
const withLink = (reply: Reply, { id }: TicketName): Reply => ({
  ...reply,
  headers: { ...reply.headers, Link: `<${API_PREFIX}/tickets/${id}>; rel="canonical"` },
});

export const getTicket =
  (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'appointmentOf'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tickets, replicas } = deps;
    const { tenantId } = caller;
    const inTenant = tickets.in(tenantId);
    const ticket = visibleTo(caller, await inTenant.findWhole(id));
    const timeline = await joinedTimeline(inTenant, ticket);
    const visible = visibleActivities(caller, timeline.activities);
    const about = [id, ...timeline.mergedFrom.map((source) => source.id)];
    const [view, activities, mergedInto, appointment, location, device] = await Promise.all([
      viewTicket(replicas, caller, ticket),
      viewActivities(replicas, caller, { ticketId: id }, visible.slice(-MAX_WITH_SUBJECT)),
      mergedIntoOf(deps, tenantId, ticket),
      deps.appointmentOf(caller, about),
      ticket.locationId === undefined ? undefined : replicas.locations.find(tenantId, ticket.locationId),
      ticket.assetId === undefined ? undefined : replicas.assets.find(tenantId, ticket.assetId),
    ]);
    const asset = deviceFor(caller, ticket.customerId, device);
    const reply = ok(
      compact({
        ...view,
        asset: asset === undefined ? view.asset : compact({ ...asset, version: undefined, customerId: undefined }),
        location:
          location === undefined ? undefined : compact({ ...location, version: undefined, customerId: undefined, removed: undefined }),
        appointment,
        activities,
        activityCount: visible.length,
        mergedInto,
        mergedFrom: timeline.mergedFrom.length === 0 ? undefined : timeline.mergedFrom,
      }),
    );
    return mergedInto === undefined ? reply : withLink(reply, mergedInto);
  };
