import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { change, type TicketCall } from './change.js';
import { addInternalNote, reply } from './decide-reply.js';
import type { TicketDeps } from './deps.js';
import { stampOf } from './record.js';
import { viewActivities } from './ticket.view.js';

interface Body {
  readonly body: string;
  readonly isInternal: boolean;
}

/** Internal unless they say otherwise: the safe side. */
export const noteBody = Joi.object<Body>({ body: paragraph().required(), isInternal: Joi.boolean().default(true) });

/** A word of staff, among themselves or (as a reply would be) to the customer. */
export const addNote = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'>) => {
  const { replicas, rulesOf } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const rules = await rulesOf(caller.tenantId);
    const stamp = { ...stampOf(call), role: caller.role };
    const after = await change(deps, call, stamp, (before) =>
      body.isInternal ? addInternalNote(before, body.body, stamp, rules) : reply(before, body.body, stamp, rules),
    );
    const id = stamp.activityIds[0] as string;
    const entry = {
      id,
      type: 'COMMENT' as const,
      authorUserId: caller.userId,
      isInternal: body.isInternal,
      body: body.body,
      createdAt: now,
    };
    const [view] = await viewActivities(replicas, caller, after.id, [entry]);
    return created(`/tickets/${after.id}/activities`, view);
  };
};
