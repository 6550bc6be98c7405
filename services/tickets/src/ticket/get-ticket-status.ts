import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { TicketDeps } from './deps.js';
import { seen } from './ticket.access.js';
import { compact } from './ticket.js';

/** The short answer to "how far is it?". */
export const getTicketStatus =
  ({ tickets }: Pick<TicketDeps, 'tickets'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { ticketNumber, status, stage, updatedAt, slaDueAt } = seen(caller, await tickets.in(caller.tenantId).find(id));
    return ok(compact({ id, ticketNumber, status, stage, updatedAt, slaDueAt }));
  };
