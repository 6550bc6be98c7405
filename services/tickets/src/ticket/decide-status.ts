import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { TicketStatus } from '@riparo/shared/contracts/enums';
import type { Role } from '@riparo/shared/contracts/roles';
import { isTechnician } from '@riparo/shared/contracts/roles';
import { TicketClosed, TicketResolved, TicketStatusChanged } from '@riparo/shared/contracts/tickets.events';
import { endPause, startPause, type SlaPause } from './sla/sla.js';
import { applyChange } from './apply-change.js';
import { applyReturn, type Absence } from './decide-assignment.js';
import { actor, type Entry, type Stamp } from '../conversation/stamp.js';
import { ticketNotAssignedToYou, workReportNotApproved } from './ticket.errors.js';
import { published, refuseFullTimeline, type TicketDecision, type TicketState } from './ticket.js';
import { autoCloseEnd } from './sla/timers.js';
import { checkTransition } from './transitions.js';
import type { TimeRules } from '../kernel/tenant-rules.js';

export interface StatusRequest {
  readonly status: TicketStatus;
  readonly resolution?: string;
  readonly reason?: string;
}

const pauses = ({ sla }: TicketState, to: TicketStatus, at: Date): readonly SlaPause[] => {
  if (to === 'WAITING_CUSTOMER') return startPause(sla.pauses, 'WAITING_CUSTOMER', at);
  return to === 'RESOLVED' || to === 'CLOSED' ? startPause(sla.pauses, 'DONE', at) : endPause(sla.pauses, at);
};

const outcome = (
  before: TicketState,
  to: TicketStatus,
  resolution: string | undefined,
  stamp: Stamp,
  rules: TimeRules,
): Partial<TicketState> => {
  switch (to) {
    case 'RESOLVED':
      return { resolution, resolvedAt: stamp.at, resolvedByUserId: stamp.byUserId, autoCloseAt: autoCloseEnd(rules, stamp.at) };
    case 'CLOSED':
      return { closedAt: stamp.at, autoCloseAt: undefined };
    case 'IN_PROGRESS':
    case 'WAITING_CUSTOMER':
    case 'OPEN':
      // Reopened: the former outcome stays only in the timeline.
      return before.active
        ? {}
        : { resolution: undefined, resolvedAt: undefined, resolvedByUserId: undefined, closedAt: undefined, autoCloseAt: undefined };
  }
};

/** The fields that a change of status sets. The caller has checked whether the status is allowed. */
export const moved = (
  before: TicketState,
  to: TicketStatus,
  resolution: string | undefined,
  stamp: Stamp,
  rules: TimeRules,
): Partial<TicketState> => ({
  status: to,
  silenceDueAt: undefined,
  sla: { ...before.sla, pauses: pauses(before, to, stamp.at) },
  ...outcome(before, to, resolution, stamp, rules),
});

export const movedEvent = (from: TicketStatus, after: TicketState, stamp: Stamp): DomainEvent => {
  const data = { ticket: published(after), ...actor(stamp), from, to: after.status };
  if (after.status === 'RESOLVED') return TicketResolved.with(data);
  return after.status === 'CLOSED' ? TicketClosed.with(data) : TicketStatusChanged.with(data);
};

const WORDS: Readonly<Record<TicketStatus, string>> = {
  OPEN: 'Open',
  IN_PROGRESS: 'Work goes on',
  WAITING_CUSTOMER: 'Waiting for the customer',
  RESOLVED: 'Resolved',
  CLOSED: 'Closed',
};

export const movedEntry = (before: TicketState, to: TicketStatus, said: string | undefined): Entry => ({
  type: to === 'RESOLVED' ? 'RESOLUTION' : 'STATUS_CHANGE',
  body: said ?? (before.active || to === 'CLOSED' ? WORDS[to] : 'Reopened'),
  metadata: { from: before.status, to },
});

/** Reports of work that the customer has not approved. */
export interface UnapprovedWork {
  readonly workReportIds: readonly string[];
}

/** What was read before the decision. `absence` is that of the assignee, to whom a reopened ticket would come back. */
export interface StatusFacts {
  readonly absence?: Absence | undefined;
  /** What keeps the ticket from being resolved. */
  readonly unapproved?: UnapprovedWork | undefined;
}

/**
 * Whether work ends with this change, so that its reports are asked for. The desk may close a ticket whose work was given up; a
 * technician who closes one says that it is done.
 */
export const endsWork = (role: Role, { active }: Pick<TicketState, 'active'>, to: TicketStatus): boolean =>
  to === 'RESOLVED' || (to === 'CLOSED' && active && isTechnician(role));

/** A change of status by a person. */
export const changeStatus = (
  before: TicketState,
  request: StatusRequest,
  stamp: Stamp & { readonly role: Role },
  rules: TimeRules,
  { absence, unapproved }: StatusFacts = {},
): TicketDecision => {
  const { status: to, resolution, reason } = request;
  if (isTechnician(stamp.role) && before.assignedToUserId !== stamp.byUserId) throw ticketNotAssignedToYou();
  checkTransition(stamp.role, before.status, to);
  if (endsWork(stamp.role, before, to) && unapproved !== undefined) throw workReportNotApproved(unapproved.workReportIds);
  // A full timeline must not keep a ticket from ending.
  if (to !== 'RESOLVED' && to !== 'CLOSED') refuseFullTimeline(before, reason ?? '');
  return applyReturn(
    before,
    {
      state: moved(before, to, resolution, stamp, rules),
      entries: [movedEntry(before, to, resolution ?? reason)],
      events: (after) => [movedEvent(before.status, after, stamp)],
    },
    absence,
    stamp,
    rules,
  );
};

/** Closes a resolved ticket after the quiet days. Nothing changes when a message has come meanwhile. */
export const closeByItself = (before: TicketState, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const { status, autoCloseAt } = before;
  if (status !== 'RESOLVED' || autoCloseAt === undefined || autoCloseAt > stamp.at) return { state: before };
  return applyChange(
    before,
    {
      state: moved(before, 'CLOSED', undefined, stamp, rules),
      entries: [movedEntry(before, 'CLOSED', 'Closed after some quiet days')],
      events: (after) => [movedEvent('RESOLVED', after, stamp)],
    },
    stamp,
    rules,
  );
};
