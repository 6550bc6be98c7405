import type { TicketDeps } from './dependencies.js';
import type { TicketCall } from './change-ticket.js';
import { takeFromAway } from './decide-assignment.js';
import { stampOf } from '../conversation/stamp.js';
import type { TicketState } from './ticket.js';

/**
 * A reopened ticket comes back to its assignee, who may be away. When it is due before the assignee is back, it goes to the
 * queue, from which the rules give it out. Assignees who reopen a ticket themselves keep it.
 */
export const requeueIfAway = async (
  { tickets, places, rulesOf }: Pick<TicketDeps, 'tickets' | 'places' | 'rulesOf'>,
  { caller: { tenantId, userId }, now, ids }: TicketCall,
  reopened: TicketState,
): Promise<TicketState> => {
  const technicianId = reopened.assignedToUserId;
  if (technicianId === undefined || technicianId === userId) return reopened;
  const backAt = await places.backAt(tenantId, technicianId, now);
  if (backAt === undefined) return reopened;
  const [stamp, rules] = [stampOf({ now, ids }), await rulesOf(tenantId)];
  const after = await tickets.in(tenantId).update(reopened.id, (before) => takeFromAway(before, { technicianId, backAt }, stamp, rules));
  if (after === undefined || after.assignedToUserId !== undefined) return after ?? reopened;
  await places.align(tenantId, after.id, technicianId);
  places.offer(tenantId, after);
  return after;
};
