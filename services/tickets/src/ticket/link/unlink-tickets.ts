import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { visibleTo } from '../ticket.access.js';
import { unrelate } from './link.js';
import { linkNotFound } from './link.errors.js';
import type { LinkDeps } from '../dependencies.js';
import { linkIdOf } from './link.repository.js';

/** Removes the link between two tickets, from either side. */
export const unlinkTickets =
  ({ tickets, ticketLinks }: Pick<LinkDeps, 'tickets' | 'ticketLinks'>) =>
  async ({ caller, params: { id, ticketId } }: Call<unknown, unknown, { id: string; ticketId: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const inTenant = tickets.in(tenantId);
    const [ticket, other] = [visibleTo(caller, await inTenant.find(id)), visibleTo(caller, await inTenant.find(ticketId))];
    const name = (of: typeof ticket) => ({ id: of.id, ticketNumber: of.ticketNumber });
    const after = await ticketLinks
      .in(tenantId)
      .update(linkIdOf(id, ticketId), (before) => unrelate(before, { ticket: name(ticket), other: name(other), byUserId: userId }));
    if (after === undefined) throw linkNotFound();
    return noContent();
  };
