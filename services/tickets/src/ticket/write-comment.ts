import type { Role } from '@riparo/shared/contracts/roles';
import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { Activity, TicketDecision, TicketState } from './ticket.js';
import { change, type TicketCall } from './change.js';
import type { Words } from './decide-reply.js';
import type { TicketDeps } from './deps.js';
import { stampOf, type Stamp } from './record.js';
import { viewActivities } from './ticket.view.js';

export interface Comment {
  readonly body: string;
  readonly attachmentIds?: readonly string[] | undefined;
  readonly isInternal: boolean;
}

/** Writes what somebody says, with its files, in one change; answers the ticket as it is then and the entry. */
export const writeComment = async (
  deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'attachFiles'>,
  call: TicketCall,
  { body, attachmentIds, isInternal }: Comment,
  decide: (before: TicketState, words: Words, stamp: Stamp & { readonly role: Role }) => TicketDecision,
): Promise<{ readonly after: TicketState; readonly answer: Reply }> => {
  const { caller, params, now } = call;
  const stamp = { ...stampOf(call), role: caller.role };
  const id = stamp.activityIds[0] as string;
  const subject = { type: 'TICKET' as const, id: params.id, activityId: id, isInternal };
  const request = { tenantId: caller.tenantId, userId: caller.userId, ids: attachmentIds, subject, now };
  const { after, files } = await deps.attachFiles(request, async (files) => ({
    after: await change(deps, call, stamp, (before) => decide(before, { body, files }, stamp)),
    files,
  }));
  const entry: Activity = {
    id,
    type: 'COMMENT',
    authorUserId: caller.userId,
    isInternal,
    body,
    ...(files.length === 0 ? {} : { attachments: files }),
    createdAt: now,
  };
  const [view] = await viewActivities(deps.replicas, caller, after.id, [entry]);
  return { after, answer: created(`/tickets/${after.id}/activities`, view) };
};
