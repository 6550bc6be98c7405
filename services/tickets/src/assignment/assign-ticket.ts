import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from '../ticket/change-ticket.js';
import { assignByHand } from '../ticket/decide-assignment.js';
import type { AssignmentDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { visibleTo } from '../ticket/ticket.access.js';
import { viewTicket } from '../ticket/ticket.view.js';
import { technicianNotActive, technicianNotFound } from '../technician/technician.errors.js';

interface Body {
  readonly technicianId: string | null;
  readonly reason?: string;
}

export const assignTicketBody = Joi.object<Body>({ technicianId: uuid().allow(null).required(), reason: paragraph(2_000) });

/** Assigns or reassigns by hand. With `null` the ticket loses its assignee and waits for a person to assign it. */
export const assignTicket = (deps: Pick<AssignmentDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>) => {
  const { tickets, replicas, rulesOf, places } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const { tenantId } = caller;
    const { id, assignedToUserId: previous } = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    const to = body.technicianId ?? undefined;
    if (to !== undefined) {
      const technician = await places.take(tenantId, to, id);
      if (technician === undefined) throw technicianNotFound();
      if (!technician.active) throw technicianNotActive();
    }
    const [stamp, rules] = [stampOf(call), await rulesOf(tenantId)];
    let from = previous;
    try {
      const after = await changeTicket(deps, call, stamp, (before) => {
        from = before.assignedToUserId;
        return assignByHand(before, to, body.reason, stamp, rules);
      });
      return ok(await viewTicket(replicas, caller, after));
    } finally {
      // Also after a failure: seats are made to agree with the ticket as it is now.
      await places.align(tenantId, id, to, from, previous);
    }
  };
};
