import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from '../ticket/change-ticket.js';
import { decline } from '../ticket/decide-assignment.js';
import type { AssignmentDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { visibleTo } from '../ticket/ticket.access.js';
import { ticketNotAssignedToYou } from '../ticket/ticket.errors.js';
import { viewTicket } from '../ticket/ticket.view.js';

interface Body {
  readonly reason: string;
}

export const declineTicketBody = Joi.object<Body>({ reason: paragraph(2_000).required() });

/** The assignee gives a ticket back. It goes to the next best technician at once, or to the queue. */
export const declineTicket = (deps: Pick<AssignmentDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>) => {
  const { tickets, replicas, rulesOf, places } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId, userId } = caller;
    const found = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    if (found.assignedToUserId !== userId) throw ticketNotAssignedToYou();
    const [stamp, rules] = [stampOf(call), await rulesOf(tenantId)];
    const errand = found.active ? { ...found, declinedBy: [...found.declinedBy, userId] } : undefined;
    const after = await places.reserve(tenantId, { ticketId: found.id, errand, from: userId }, now, (next) =>
      changeTicket(deps, call, stamp, (before) => decline(before, body.reason, next, stamp, rules)),
    );
    return ok(await viewTicket(replicas, caller, after));
  };
};
