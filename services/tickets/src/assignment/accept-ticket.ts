import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { refuseMerged, type TicketCall } from '../ticket/change-ticket.js';
import { accept } from '../ticket/decide-assignment.js';
import type { AssignmentDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { ticketAlreadyAssigned, ticketNotFound } from '../ticket/ticket.errors.js';
import type { TicketState } from '../ticket/ticket.js';
import { viewTicket } from '../ticket/ticket.view.js';
import { QUEUE } from '../kernel/held.js';

/**
 * Refuses a ticket that another technician was given or took a moment before: 409 when it has an assignee, otherwise
 * 404, because other technicians do not see it.
 */
const refuseIfTaken = (technicianId: string, before: TicketState): void => {
  if (before.holder === QUEUE || before.holder === technicianId) return;
  throw before.assignedToUserId === undefined ? ticketNotFound() : ticketAlreadyAssigned();
};

/** A technician takes a ticket from the queue, or begins with a ticket that was assigned to the technician. */
export const acceptTicket = (deps: Pick<AssignmentDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>) => {
  const { tickets, replicas, rulesOf, places } = deps;
  return async (call: TicketCall): Promise<Reply> => {
    const { caller, params, ifMatch } = call;
    const { tenantId, userId } = caller;
    const found = await tickets.in(tenantId).find(params.id);
    if (found === undefined) throw ticketNotFound();
    refuseIfTaken(userId, found);
    refuseMerged(found);
    await places.take(tenantId, userId, found.id);
    const [stamp, rules] = [stampOf(call), await rulesOf(tenantId)];
    try {
      const after = await tickets.in(tenantId).update(
        found.id,
        (before) => {
          refuseIfTaken(userId, before);
          return accept(refuseMerged(before), stamp, rules);
        },
        { ifMatch },
      );
      if (after === undefined) throw ticketNotFound();
      return ok(await viewTicket(replicas, caller, after));
    } finally {
      await places.align(tenantId, found.id, userId);
    }
  };
};
