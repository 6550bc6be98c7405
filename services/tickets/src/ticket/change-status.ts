import { TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { absenceOfAssignee } from './absence-of-assignee.js';
import { changeTicket, type TicketCall } from './change-ticket.js';
import { changeStatus, endsWork, type StatusRequest, type UnapprovedWork } from './decide-status.js';
import type { TicketDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { viewTicket } from './ticket.view.js';

export const changeStatusBody = Joi.object<StatusRequest>({
  status: oneOf(TICKET_STATUSES).required(),
  resolution: paragraph().when('status', { is: 'RESOLVED', then: Joi.required(), otherwise: Joi.forbidden() }),
  reason: paragraph(2_000),
});

type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places' | 'unapprovedWork'>;

/** What keeps the work on the ticket from ending. It is read before the change: what a customer says afterwards keeps nothing back. */
const unapproved = async (
  { tickets, unapprovedWork }: Deps,
  { caller: { tenantId, role }, body, params }: TicketCall<StatusRequest>,
): Promise<UnapprovedWork | undefined> => {
  const mayEnd = body.status === 'RESOLVED' || body.status === 'CLOSED';
  const ticket = mayEnd ? await tickets.in(tenantId).find(params.id) : undefined;
  return ticket !== undefined && endsWork(role, ticket, body.status) ? unapprovedWork(tenantId, ticket) : undefined;
};

export const changeTicketStatus = (deps: Deps) => {
  const { replicas, rulesOf, places } = deps;
  return async (call: TicketCall<StatusRequest>): Promise<Reply> => {
    const { caller, body, params } = call;
    const [rules, absence] = [await rulesOf(caller.tenantId), await absenceOfAssignee(deps, call, params.id)];
    const facts = { absence, unapproved: await unapproved(deps, call) };
    const stamp = { ...stampOf(call), role: caller.role };
    const after = await changeTicket(deps, call, stamp, (before) => changeStatus(before, body, stamp, rules, facts));
    await places.align(caller.tenantId, after.id, after.assignedToUserId, absence?.technicianId);
    places.offer(caller.tenantId, after);
    return ok(await viewTicket(replicas, caller, after));
  };
};
