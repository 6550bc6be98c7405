import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../attachment/attach-files.js';
import { settlePlaces, type TicketCall } from './change.js';
import { reply } from './decide-reply.js';
import type { TicketDeps } from './deps.js';
import { writeComment } from './write-comment.js';

interface Body {
  readonly body: string;
  readonly attachmentIds?: readonly string[];
}

export const replyBody = Joi.object<Body>({ body: paragraph().required(), attachmentIds: attachmentIds() });

/** A public word; answers the entry it made. */
export const replyToTicket = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'assigner' | 'drain' | 'attachFiles'>) => {
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const rules = await deps.rulesOf(caller.tenantId);
    const { after, answer } = await writeComment(deps, call, { ...body, isInternal: false }, (before, words, stamp) =>
      reply(before, words, stamp, rules),
    );
    // A customer's reply may have reopened it.
    if (caller.customerId !== undefined) await settlePlaces(deps, caller.tenantId, after.id, after.assignedToUserId);
    return answer;
  };
};
