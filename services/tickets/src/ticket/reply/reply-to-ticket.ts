import { roleMay } from '@riparo/shared/contracts/permissions';
import { isCustomerRole } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import { absenceOfAssignee } from '../absence-of-assignee.js';
import { renderFor } from '../canned-reply/render-canned-reply.js';
import type { TicketCall } from '../change-ticket.js';
import { reply } from './decide-reply.js';
import type { CannedReplyDeps, TicketDeps } from '../dependencies.js';
import { writeComment } from './write-comment.js';

interface Body {
  readonly body?: string;
  readonly cannedReplyId?: string;
  readonly attachmentIds?: readonly string[];
}

/** Either a text, or a canned reply instead. */
export const replyBody = Joi.object<Body>({
  body: paragraph().when('cannedReplyId', { is: Joi.exist(), then: Joi.forbidden(), otherwise: Joi.required() }),
  cannedReplyId: uuid(),
  attachmentIds: attachmentIds(),
});

type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places' | 'attachFiles'> & CannedReplyDeps;

/** The text of the body, or of the canned reply filled in for this ticket. */
const textOf = async (deps: Deps, { caller, params, body: { body, cannedReplyId } }: TicketCall<Body>): Promise<string> => {
  if (cannedReplyId === undefined) return body ?? '';
  if (!roleMay(caller.role, 'read:canned-replies')) throw invalidInput([{ path: 'cannedReplyId', message: 'is not a known field' }]);
  const text = (await renderFor(deps, caller, cannedReplyId, params.id)).trim();
  if (text === '') throw invalidInput([{ path: 'cannedReplyId', message: 'says nothing for this ticket' }]);
  return text;
};

/** Adds a public reply and answers its entry. */
export const replyToTicket = (deps: Deps) => {
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body } = call;
    const [text, rules] = [await textOf(deps, call), await deps.rulesOf(caller.tenantId)];
    // Replies of staff reopen nothing.
    const absence = isCustomerRole(caller.role) ? await absenceOfAssignee(deps, call, call.params.id) : undefined;
    const comment = { body: text, attachmentIds: body.attachmentIds, isInternal: false };
    const told = { reopened: false };
    const { after, answer } = await writeComment(deps, call, comment, (before, words, stamp) => {
      const decision = reply(before, words, stamp, rules, absence);
      told.reopened = decision.state.active !== before.active;
      return decision;
    });
    if (told.reopened) {
      await deps.places.align(caller.tenantId, after.id, after.assignedToUserId, absence?.technicianId);
      deps.places.offer(caller.tenantId, after);
    }
    return answer;
  };
};
