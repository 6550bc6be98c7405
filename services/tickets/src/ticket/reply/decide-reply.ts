import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { TicketNoted } from '@riparo/shared/contracts/notes.events';
import { TicketReplied, type TicketName } from '@riparo/shared/contracts/tickets.events';
import { moved, movedEntry, movedEvent } from '../decide-status.js';
import { applyChange } from '../apply-change.js';
import { applyReturn, type Absence } from '../decide-assignment.js';
import { messageEntry, type Message } from '../../conversation/entries.js';
import { actor, type Entry, type Stamp } from '../../conversation/stamp.js';
import { ticketClosed } from '../ticket.errors.js';
import { published, refuseFullTimeline, type TicketDecision, type TicketState } from '../ticket.js';
import { autoCloseEnd } from '../sla/timers.js';
import type { TimeRules } from '../../kernel/tenant-rules.js';

/** The assignee has done something, so the silence ends and the ticket stays with the assignee. */
export const stirred = (before: TicketState, { byUserId }: Stamp): Partial<TicketState> =>
  before.assignedToUserId !== undefined && before.assignedToUserId === byUserId ? { silenceDueAt: undefined } : {};

export interface TicketMessage extends Message {
  /** The merged ticket to which the message was sent. The message belongs to that ticket, wherever it is stored. */
  readonly through?: TicketName;
}

export const comment = ({ through, ...words }: TicketMessage): Entry => ({
  ...messageEntry(words),
  ...(through === undefined ? {} : { metadata: { fromTicketId: through.id, fromTicketNumber: through.ticketNumber } }),
});

/**
 * Adds a public reply. A customer's reply resumes a waiting ticket and reopens a resolved one. The first reply of staff
 * is the response that the SLA counts. `absence` is that of the assignee, to whom a reopened ticket would come back.
 */
export const reply = (
  before: TicketState,
  words: TicketMessage,
  stamp: Stamp & { readonly role: Role },
  rules: TimeRules,
  absence?: Absence,
): TicketDecision => {
  if (before.status === 'CLOSED') throw ticketClosed();
  const { body } = words;
  refuseFullTimeline(before, body);
  const byCustomer = isCustomerRole(stamp.role);
  const resumes = byCustomer && (before.status === 'WAITING_CUSTOMER' || before.status === 'RESOLVED');
  return applyReturn(
    before,
    {
      state: {
        ...(byCustomer || before.firstRespondedAt !== undefined ? {} : { firstRespondedAt: stamp.at }),
        ...(before.status === 'RESOLVED' ? { autoCloseAt: autoCloseEnd(rules, stamp.at) } : {}),
        ...stirred(before, stamp),
        ...(resumes ? moved(before, 'IN_PROGRESS', undefined, stamp, rules) : {}),
      },
      entries: [comment(words), ...(resumes ? [movedEntry(before, 'IN_PROGRESS', undefined)] : [])],
      events: (after) => [
        TicketReplied.with({ ticket: published(after), ...actor(stamp), activityId: stamp.activityIds[0] as string, body, byCustomer }),
        ...(resumes ? [movedEvent(before.status, after, stamp)] : []),
      ],
    },
    absence,
    stamp,
    rules,
  );
};

/** Adds an internal note, which is never shown to customers; its event says nothing of what it says. Closed tickets take one too. */
export const addInternalNote = (before: TicketState, words: TicketMessage, stamp: Stamp, rules: TimeRules): TicketDecision => {
  refuseFullTimeline(before, words.body);
  return applyChange(
    before,
    {
      state: stirred(before, stamp),
      entries: [{ ...comment(words), isInternal: true }],
      events: (after) => [TicketNoted.with({ ticket: published(after), ...actor(stamp), activityId: stamp.activityIds[0] as string })],
    },
    stamp,
    rules,
  );
};
