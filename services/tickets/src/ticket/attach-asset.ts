import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from './change-ticket.js';
import { attachAsset } from './decide-edit.js';
import type { TicketDeps } from './dependencies.js';
import { planPolicyOf } from './sla/plan-policy.js';
import { stampOf } from '../conversation/stamp.js';
import { assetOf, ticketSearchWords } from '../kernel/customer-and-device.js';
import { visibleTo } from './ticket.access.js';
import { viewTicket } from './ticket.view.js';

interface Body {
  readonly assetId: string;
}

export const attachAssetBody = Joi.object<Body>({ assetId: uuid().required() });

/** Attaches one of the customer's devices to a ticket. */
export const attachAssetToTicket = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup' | 'rulesOf'>) => {
  const { tickets, replicas, rulesOf } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const { tenantId } = caller;
    const { customerId } = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    const asset = await assetOf(deps, tenantId, customerId, body.assetId);
    const [planPolicy, rules, customer] = await Promise.all([
      planPolicyOf(deps, tenantId, asset.servicePlanId, call.now),
      rulesOf(tenantId),
      replicas.customers.find(tenantId, customerId),
    ]);
    const stamp = stampOf(call);
    const wordsOf = (texts: { title: string; description: string }) => ticketSearchWords(texts, customer, asset);
    const attachable = { id: asset.id, locationId: asset.locationId, planPolicy, wordsOf };
    const after = await changeTicket(deps, call, stamp, (before) => attachAsset(before, attachable, stamp, rules));
    return ok(await viewTicket(replicas, caller, after));
  };
};
