import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { TicketReplied, type TicketName } from '@riparo/shared/contracts/tickets.events';
import { moved, movedEntry, movedEvent } from '../decide-status.js';
import { applyChange } from '../apply-change.js';
import { messageEntry, type Message } from '../../conversation/entries.js';
import { actor, type Entry, type Stamp } from '../../conversation/stamp.js';
import { ticketClosed } from '../ticket.errors.js';
import { published, refuseFullTimeline, type TicketDecision, type TicketState } from '../ticket.js';
import { autoCloseEnd } from '../sla/timers.js';
import type { TimeRules } from '../../kernel/tenant-rules.js';

/** The assignee has stirred: nobody takes it from them any more. */
const stirred = (before: TicketState, { byUserId }: Stamp): Partial<TicketState> =>
  before.assignedToUserId !== undefined && before.assignedToUserId === byUserId ? { silenceDueAt: undefined } : {};

export interface TicketMessage extends Message {
  /** The merged ticket through which they came: by this they belong to that one, wherever they lie. */
  readonly through?: TicketName;
}

export const comment = ({ through, ...words }: TicketMessage): Entry => ({
  ...messageEntry(words),
  ...(through === undefined ? {} : { metadata: { fromTicketId: through.id, fromTicketNumber: through.ticketNumber } }),
});

/** A public word. A customer's resumes what waited for them and reopens what was resolved; staff's first one is the response. */
export const reply = (
  before: TicketState,
  words: TicketMessage,
  stamp: Stamp & { readonly role: Role },
  rules: TimeRules,
): TicketDecision => {
  if (before.status === 'CLOSED') throw ticketClosed();
  const { body } = words;
  refuseFullTimeline(before, body);
  const byCustomer = isCustomerRole(stamp.role);
  const resumes = byCustomer && (before.status === 'WAITING_CUSTOMER' || before.status === 'RESOLVED');
  return applyChange(
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
    stamp,
    rules,
  );
};

/** A word among staff: never announced, never shown to customers; allowed on closed tickets too. */
export const addInternalNote = (before: TicketState, words: TicketMessage, stamp: Stamp, rules: TimeRules): TicketDecision => {
  refuseFullTimeline(before, words.body);
  return applyChange(before, { state: stirred(before, stamp), entries: [{ ...comment(words), isInternal: true }] }, stamp, rules);
};
