import { TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from './change-ticket.js';
import { changeStatus, type StatusRequest } from './decide-status.js';
import type { TicketDeps } from './dependencies.js';
import { requeueIfAway } from './requeue-if-away.js';
import { stampOf } from '../conversation/stamp.js';
import { viewTicket } from './ticket.view.js';

export const changeStatusBody = Joi.object<StatusRequest>({
  status: oneOf(TICKET_STATUSES).required(),
  resolution: paragraph().when('status', { is: 'RESOLVED', then: Joi.required(), otherwise: Joi.forbidden() }),
  reason: paragraph(2_000),
});

export const changeTicketStatus = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>) => {
  const { replicas, rulesOf } = deps;
  return async (call: TicketCall<StatusRequest>): Promise<Reply> => {
    const { caller, body } = call;
    const rules = await rulesOf(caller.tenantId);
    const stamp = { ...stampOf(call), role: caller.role };
    const told = { reopened: false };
    const changed = await changeTicket(deps, call, stamp, (before) => {
      const decision = changeStatus(before, body, stamp, rules);
      told.reopened = !before.active && decision.state.active;
      return decision;
    });
    const after = told.reopened ? await requeueIfAway(deps, call, changed) : changed;
    await deps.places.align(caller.tenantId, after.id, after.assignedToUserId);
    return ok(await viewTicket(replicas, caller, after));
  };
};
