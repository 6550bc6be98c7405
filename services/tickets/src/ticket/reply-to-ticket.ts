import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { change, settlePlaces, type TicketCall } from './change.js';
import { reply } from './decide-reply.js';
import type { TicketDeps } from './deps.js';
import { stampOf } from './record.js';
import { viewActivities } from './ticket.view.js';

interface Body {
  readonly body: string;
}

export const replyBody = Joi.object<Body>({ body: paragraph().required() });

/** A public word; answers the entry it made. */
export const replyToTicket = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'assigner' | 'drain'>) => {
  const { replicas, rulesOf } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId, userId, role } = caller;
    const rules = await rulesOf(tenantId);
    const stamp = { ...stampOf(call), role };
    const after = await change(deps, call, stamp, (before) => reply(before, body.body, stamp, rules));
    // A customer's reply may have reopened it.
    if (caller.customerId !== undefined) await settlePlaces(deps, tenantId, after.id, after.assignedToUserId);
    const entry = {
      id: stamp.activityIds[0] as string,
      type: 'COMMENT' as const,
      authorUserId: userId,
      isInternal: false,
      body: body.body,
      createdAt: now,
    };
    const [view] = await viewActivities(replicas, caller, after.id, [entry]);
    return created(`/tickets/${after.id}/activities`, view);
  };
};
