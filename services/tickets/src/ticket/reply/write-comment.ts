import type { Role } from '@riparo/shared/contracts/roles';
import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { followingMerges, type Destination } from '../merge/merge-target.js';
import { changeTicket, changeMergedTicket, type TicketCall } from '../change-ticket.js';
import { comment, type TicketMessage } from './decide-reply.js';
import type { TicketDeps } from '../dependencies.js';
import { stamped, stampOf, type Stamp } from '../../conversation/stamp.js';
import type { TicketDecision, TicketState } from '../ticket.js';
import { viewActivities } from '../../conversation/timeline.view.js';

export interface Comment {
  readonly body: string;
  readonly attachmentIds?: readonly string[] | undefined;
  readonly isInternal: boolean;
}

interface Written {
  readonly after: TicketState;
  readonly words: TicketMessage;
}

/**
 * Writes a comment with its files in one change, and answers the ticket after it and the entry. A public comment on a
 * merged ticket goes to the ticket in which the conversation goes on. An internal one stays, because staff read it
 * there too.
 */
export const writeComment = async (
  deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'attachFiles'>,
  call: TicketCall,
  { body, attachmentIds, isInternal }: Comment,
  decide: (before: TicketState, words: TicketMessage, stamp: Stamp & { readonly role: Role }) => TicketDecision,
): Promise<{ readonly after: TicketState; readonly answer: Reply }> => {
  const { caller, params, ifMatch, now } = call;
  const stamp = { ...stampOf(call), role: caller.role };
  const activityId = stamp.activityIds[0] as string;
  const writeTo = ({ id, ifMatch: version, through }: Destination): Promise<Written> => {
    const subject = { type: 'TICKET' as const, id, activityId, isInternal, ...(through === undefined ? {} : { throughId: through.id }) };
    const request = { tenantId: caller.tenantId, userId: caller.userId, ids: attachmentIds, subject, now };
    return deps.attachFiles(request, async (files) => {
      const words = { body, files, ...(through === undefined ? {} : { through }) };
      const ask = { caller, params: { id }, ...(version === undefined ? {} : { ifMatch: version }) };
      return {
        after: await (isInternal ? changeMergedTicket : changeTicket)(deps, ask, stamp, (before) => decide(before, words, stamp)),
        words,
      };
    });
  };
  const { after, words } = await (isInternal
    ? writeTo({ id: params.id, ...(ifMatch === undefined ? {} : { ifMatch }) })
    : followingMerges(deps, call, writeTo));
  const entries = stamped([{ ...comment(words), isInternal }], stamp);
  const [view] = await viewActivities(deps.replicas, caller, { ticketId: after.id }, entries);
  return { after, answer: created(`/tickets/${after.id}/activities`, view) };
};
