import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { TicketDeps } from './dependencies.js';
import { visibleTo } from './ticket.access.js';
import { compact } from '@riparo/shared/json/compact';
import { withMerged } from './merge/with-merged.js';

/** Number, status, stage, due time and next appointment of a ticket. */
export const getTicketStatus =
  (deps: Pick<TicketDeps, 'tickets' | 'appointmentOf'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const ticket = visibleTo(caller, await deps.tickets.in(caller.tenantId).find(id));
    const { ticketNumber, status, stage, updatedAt, slaDueAt, mergedIntoId } = ticket;
    const appointment = await deps.appointmentOf(caller, await withMerged(deps.tickets, caller.tenantId, ticket));
    return ok(compact({ id, ticketNumber, status, stage, updatedAt, slaDueAt, mergedIntoId, appointment }));
  };
