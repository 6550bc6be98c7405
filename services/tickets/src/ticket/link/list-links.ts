import { list } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { TicketCall } from '../change-ticket.js';
import { visibleTo } from '../ticket.access.js';
import { MAX_LINKS, viewLinks } from './link.view.js';
import type { LinkDeps } from '../dependencies.js';

export const listLinks =
  (deps: LinkDeps) =>
  async ({ caller, params: { id } }: TicketCall): Promise<Reply> => {
    const { tenantId } = caller;
    visibleTo(caller, await deps.tickets.in(tenantId).find(id));
    // Two people who link at the same moment can exceed the limit by one.
    const links = await deps.ticketLinks.in(tenantId).list({ ticketIds: id, linked: true }, { sort: { id: 1 }, limit: 2 * MAX_LINKS });
    const items = await viewLinks(deps, caller, id, links);
    return list({ items, page: 1, pageSize: Math.max(MAX_LINKS, items.length), totalCount: items.length });
  };
