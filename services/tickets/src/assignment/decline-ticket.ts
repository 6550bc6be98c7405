import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, alignPlaces, type TicketCall } from '../ticket/change-ticket.js';
import { decline } from '../ticket/decide-assignment.js';
import type { TicketDeps } from '../ticket/deps.js';
import { stampOf } from '../conversation/stamp.js';
import { visibleTo } from '../ticket/ticket.access.js';
import { ticketNotAssignedToYou } from '../ticket/ticket.errors.js';
import { viewTicket } from '../ticket/ticket.view.js';

interface Body {
  readonly reason: string;
}

export const declineTicketBody = Joi.object<Body>({ reason: paragraph(2_000).required() });

/** The assignee gives a ticket back: it goes to the next best at once, or to the queue. */
export const declineTicket = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'assigner' | 'queue'>) => {
  const { tickets, replicas, rulesOf, assigner } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId, userId } = caller;
    const found = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    if (found.assignedToUserId !== userId) throw ticketNotAssignedToYou();
    const [stamp, rules] = [stampOf(call), await rulesOf(tenantId)];
    const next = found.active ? await assigner.pick(tenantId, { ...found, declinedBy: [...found.declinedBy, userId] }, now) : undefined;
    try {
      const after = await changeTicket(deps, call, stamp, (before) => decline(before, body.reason, next, stamp, rules));
      return ok(await viewTicket(replicas, { ...caller }, after));
    } finally {
      await alignPlaces(deps, tenantId, found.id, userId, next?.technicianId);
    }
  };
};
