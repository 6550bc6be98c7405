import { TICKET_CATEGORIES, TICKET_PRIORITIES } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from './change-ticket.js';
import { edit, type Edit } from './decide-edit.js';
import type { TicketDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { ticketSearchWords } from '../kernel/customer-and-device.js';
import { visibleTo } from './ticket.access.js';
import { viewTicket } from './ticket.view.js';
import { isStaffCaller } from '../kernel/held.js';

export const editTicketBody = Joi.object<Edit>({
  title: line(200),
  description: paragraph(),
  category: oneOf(TICKET_CATEGORIES),
  priority: oneOf(TICKET_PRIORITIES),
  internalNotes: paragraph().allow(null),
}).min(1);

export const editTicket = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'>) => {
  const { tickets, replicas, rulesOf } = deps;
  return async (call: TicketCall<Edit>): Promise<Reply> => {
    const { caller, body } = call;
    const { tenantId } = caller;
    if (!isStaffCaller(caller) && body.internalNotes !== undefined)
      throw invalidInput([{ path: 'internalNotes', message: 'is not a known field' }]);
    const { customerId, assetId } = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    const [customer, asset, rules] = await Promise.all([
      replicas.customers.find(tenantId, customerId),
      assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
      rulesOf(tenantId),
    ]);
    const editRules = { ...rules, wordsOf: (texts: { title: string; description: string }) => ticketSearchWords(texts, customer, asset) };
    const stamp = { ...stampOf(call), role: caller.role };
    const after = await changeTicket(deps, call, stamp, (before) => edit(before, body, stamp, editRules));
    return ok(await viewTicket(replicas, caller, after));
  };
};
