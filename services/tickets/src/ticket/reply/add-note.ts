import type { Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import type { TicketCall } from '../change-ticket.js';
import { addInternalNote, reply } from './decide-reply.js';
import type { TicketDeps } from '../dependencies.js';
import { writeComment, type Comment } from './write-comment.js';

/** Default: internal, because a note that a customer reads by mistake does more harm than one that stays internal. */
export const noteBody = Joi.object<Comment>({
  body: paragraph().required(),
  isInternal: Joi.boolean().default(true),
  attachmentIds: attachmentIds(),
});

/** Adds a note of staff, internal or, like a reply, for the customer. */
export const addNote = (deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'attachFiles'>) => {
  return async (call: TicketCall<Comment>): Promise<Reply> => {
    const { caller, body } = call;
    const rules = await deps.rulesOf(caller.tenantId);
    const decide = body.isInternal ? addInternalNote : reply;
    return (await writeComment(deps, call, body, (before, words, stamp) => decide(before, words, stamp, rules))).answer;
  };
};
