import type { TicketDeps } from './dependencies.js';
import type { TicketCall } from './change-ticket.js';
import type { Absence } from './decide-assignment.js';
import type { TicketState } from './ticket.js';

/**
 * The absence of the assignee to whom a done ticket would come back. `undefined` while the ticket is in work, nobody has it,
 * the assignee is there, or the caller is the assignee. It is read before the change: should the ticket get another
 * assignee meanwhile, the decision leaves the absence out of account.
 */
export const absenceOfAssignee = async (
  { tickets, places }: Pick<TicketDeps, 'tickets' | 'places'>,
  { caller: { tenantId, userId }, now }: TicketCall,
  ticket: string | TicketState,
): Promise<Absence | undefined> => {
  const before = typeof ticket === 'string' ? await tickets.in(tenantId).find(ticket) : ticket;
  const technicianId = before?.assignedToUserId;
  if (before === undefined || before.active || technicianId === undefined || technicianId === userId) return undefined;
  const backAt = await places.backAt(tenantId, technicianId, now);
  return backAt === undefined ? undefined : { technicianId, backAt };
};
