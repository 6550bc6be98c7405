import { TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { absenceOfAssignee } from './absence-of-assignee.js';
import { changeTicket, type TicketCall } from './change-ticket.js';
import { changeStatus, type StatusRequest } from './decide-status.js';
import type { TicketDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { viewTicket } from './ticket.view.js';

export const changeStatusBody = Joi.object<StatusRequest>({
  status: oneOf(TICKET_STATUSES).required(),
  resolution: paragraph().when('status', { is: 'RESOLVED', then: Joi.required(), otherwise: Joi.forbidden() }),
  reason: paragraph(2_000),
});

export const changeTicketStatus = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>) => {
  const { replicas, rulesOf, places } = deps;
  return async (call: TicketCall<StatusRequest>): Promise<Reply> => {
    const { caller, body, params } = call;
    const [rules, absence] = [await rulesOf(caller.tenantId), await absenceOfAssignee(deps, call, params.id)];
    const stamp = { ...stampOf(call), role: caller.role };
    const after = await changeTicket(deps, call, stamp, (before) => changeStatus(before, body, stamp, rules, absence));
    await places.align(caller.tenantId, after.id, after.assignedToUserId, absence?.technicianId);
    places.offer(caller.tenantId, after);
    return ok(await viewTicket(replicas, caller, after));
  };
};
