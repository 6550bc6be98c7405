import { TicketAssigned, TicketStatusChanged, TicketUnassigned, TicketUpdated } from '@riparo/shared/contracts/tickets.events';
import type { Choice } from '../technician/choose-technician.js';
import { applyChange, type Change } from './apply-change.js';
import { assignmentEntry } from '../conversation/entries.js';
import { actor, type Entry, type Stamp } from '../conversation/stamp.js';
import { ticketAlreadyAssigned, ticketNotActive, ticketNotAssignedToYou } from './ticket.errors.js';
import { published, refuseFullTimeline, type TicketDecision, type TicketState } from './ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { silenceEnd } from './sla/timers.js';
import type { TimeRules } from '../kernel/tenant-rules.js';

const handed = (to: string | undefined, previousUserId: string | undefined, stamp: Stamp) => (after: TicketState) => {
  const data = { ticket: published(after), ...actor(stamp), ...(previousUserId === undefined ? {} : { previousUserId }) };
  return [to === undefined ? TicketUnassigned.with(data) : TicketAssigned.with(data)];
};

/** When the assignee loses the ticket. The time runs from the assignment until the assignee does something with the ticket. */
const timer = ({ status }: TicketState, to: string | undefined, stamp: Stamp, rules: TimeRules): Date | undefined =>
  to === undefined || status !== 'OPEN' ? undefined : silenceEnd(rules, stamp.at);

/** What the desk says when it assigns a ticket. */
export interface Assignment {
  /** Missing: the ticket waits for a person; the rules leave it alone. */
  readonly technicianId: string | undefined;
  /** `null` takes the vehicle off; missing: it stays as it is. */
  readonly vehicleId?: string | null;
  readonly note?: string;
}

/** Staff see which vehicle the ticket has now; customers are not told. */
const vehicleEntry = (from: string | undefined, to: string | undefined): Entry => ({
  type: 'ASSIGNMENT',
  isInternal: true,
  body: to === undefined ? 'No vehicle any more' : 'A vehicle for the visits',
  metadata: { vehicle: compact({ from, to }) },
});

/** The desk gives a ticket a technician and a vehicle by hand, even over capacity or to a technician who declined. */
export const assignByHand = (
  before: TicketState,
  { technicianId: to, vehicleId: said, note }: Assignment,
  stamp: Stamp,
  rules: TimeRules,
): TicketDecision => {
  if (!before.active) throw ticketNotActive(before.status);
  const { assignedToUserId: from, vehicleId: drove } = before;
  const held = to === undefined;
  const drives = said === undefined ? drove : (said ?? undefined);
  const isOther = from !== to || before.held !== held;
  if (!isOther && drives === drove) return { state: before };
  refuseFullTimeline(before, note ?? '');
  const handedOver = { assignedToUserId: to, held, silentMoves: 0, silenceDueAt: timer(before, to, stamp, rules) };
  return applyChange(
    before,
    {
      state: { vehicleId: drives, ...(isOther ? handedOver : {}) },
      entries: [
        ...(isOther ? [assignmentEntry(from, to, compact({ note }))] : []),
        ...(drives === drove ? [] : [vehicleEntry(drove, drives)]),
      ],
      events: (after) => {
        if (from !== to) return handed(to, from, stamp)(after);
        return drives === drove ? [] : [TicketUpdated.with({ ticket: published(after), ...actor(stamp) })];
      },
    },
    stamp,
    rules,
  );
};

/** The rules assign a ticket from the queue. Nothing changes when the ticket has left the queue meanwhile. */
export const assignByRule = (before: TicketState, choice: Choice, stamp: Stamp, rules: TimeRules): TicketDecision =>
  before.queuedAs === undefined
    ? { state: before }
    : applyChange(
        before,
        {
          state: { assignedToUserId: choice.technicianId, silenceDueAt: timer(before, choice.technicianId, stamp, rules) },
          entries: [assignmentEntry(undefined, choice.technicianId, { reason: choice.reason })],
          events: handed(choice.technicianId, undefined, stamp),
        },
        stamp,
        rules,
      );

/** A technician takes a ticket from the queue, or begins with an assigned one. */
export const accept = (before: TicketState, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const { assignedToUserId: from, status } = before;
  const to = stamp.byUserId;
  if (!before.active) throw ticketNotActive(status);
  if (from !== undefined && from !== to) throw ticketAlreadyAssigned();
  const starts = status === 'OPEN';
  if (from === to && !starts) return { state: before };
  refuseFullTimeline(before, '');
  return applyChange(
    before,
    {
      state: { assignedToUserId: to, held: false, silentMoves: 0, silenceDueAt: undefined, ...(starts ? { status: 'IN_PROGRESS' } : {}) },
      entries: [
        ...(from === to ? [] : [assignmentEntry(from, to, { note: 'Accepted from the queue' })]),
        ...(starts ? [{ type: 'STATUS_CHANGE' as const, body: 'Work has begun', metadata: { from: status, to: 'IN_PROGRESS' } }] : []),
      ],
      events: (after) => [
        ...(from === to ? [] : handed(to, from, stamp)(after)),
        ...(starts ? [TicketStatusChanged.with({ ticket: published(after), ...actor(stamp), from: 'OPEN', to: 'IN_PROGRESS' })] : []),
      ],
    },
    stamp,
    rules,
  );
};

/**
 * The assignee gives a ticket back with a reason. It goes to `next`, or to the queue. The rules never assign it to the
 * same technician again.
 */
export const decline = (before: TicketState, reason: string, next: Choice | undefined, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const from = before.assignedToUserId;
  if (from === undefined || from !== stamp.byUserId) throw ticketNotAssignedToYou();
  if (!before.active) throw ticketNotActive(before.status);
  refuseFullTimeline(before, reason);
  const to = next?.technicianId;
  return applyChange(
    before,
    {
      state: {
        assignedToUserId: to,
        declinedBy: [...new Set([...before.declinedBy, from])],
        silenceDueAt: timer(before, to, stamp, rules),
      },
      entries: [
        { type: 'ASSIGNMENT', isInternal: true, body: `Declined: ${reason}`, metadata: { declinedBy: from } },
        assignmentEntry(from, to, next === undefined ? {} : { reason: next.reason }),
      ],
      events: handed(to, from, stamp),
    },
    stamp,
    rules,
  );
};

export interface Silence {
  readonly silent: string;
  readonly next: Choice | undefined;
  /** True when the ticket was taken from silent assignees often enough: a person must decide now. */
  readonly last: boolean;
}

/** Takes a ticket from a silent assignee, unless the assignee has done something meanwhile. */
export const takeFromSilent = (before: TicketState, { silent, next, last }: Silence, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const { silenceDueAt, assignedToUserId: from } = before;
  if (from !== silent || silenceDueAt === undefined || silenceDueAt > stamp.at) return { state: before };
  const to = next?.technicianId;
  return applyChange(
    before,
    {
      state: {
        assignedToUserId: to,
        declinedBy: [...new Set([...before.declinedBy, silent])],
        silentMoves: before.silentMoves + 1,
        held: last,
        silenceDueAt: timer(before, to, stamp, rules),
      },
      entries: [
        { type: 'ASSIGNMENT', isInternal: true, body: 'Taken from an assignee who had not stirred', metadata: { silent } },
        assignmentEntry(from, to, next === undefined ? {} : { reason: next.reason }),
      ],
      events: handed(to, from, stamp),
    },
    stamp,
    rules,
  );
};

/** The due time that the ticket must meet next. */
const nextDueAt = ({ firstRespondedAt, responseDueAt, slaDueAt }: TicketState): Date | undefined =>
  firstRespondedAt === undefined && responseDueAt !== undefined && (slaDueAt === undefined || responseDueAt < slaDueAt)
    ? responseDueAt
    : slaDueAt;

export interface Absence {
  readonly technicianId: string;
  readonly backAt: Date;
}

/** What a ticket in the queue has lost with its assignee. */
const IN_QUEUE = { assignedToUserId: undefined, silenceDueAt: undefined, held: false } as const;

const isDueBeforeReturn = (after: TicketState, { technicianId, backAt }: Absence): boolean => {
  const dueAt = nextDueAt(after);
  return after.active && after.assignedToUserId === technicianId && dueAt !== undefined && dueAt < backAt;
};

/**
 * Applies a change that brings a ticket back to its assignee. When the ticket is due before an absent assignee is back, the
 * same change puts it into the queue. One that is due later stays.
 */
export const applyReturn = (
  before: TicketState,
  change: Change,
  absence: Absence | undefined,
  stamp: Stamp,
  rules: TimeRules,
): TicketDecision => {
  const decision = applyChange(before, change, stamp, rules);
  if (absence === undefined || !isDueBeforeReturn(decision.state, absence)) return decision;
  const { technicianId } = absence;
  return applyChange(
    before,
    {
      state: { ...change.state, ...IN_QUEUE },
      entries: [...(change.entries ?? []), assignmentEntry(technicianId, undefined, { note: 'Due before the technician is back' })],
      events: (after) => [...(change.events?.(after) ?? []), ...handed(undefined, technicianId, stamp)(after)],
    },
    stamp,
    rules,
  );
};

/** Puts the ticket of a leaver back into the queue, from which the rules assign it. */
export const takeFromLeaver = (before: TicketState, leaver: string, stamp: Stamp, rules: TimeRules): TicketDecision =>
  !before.active || before.assignedToUserId !== leaver
    ? { state: before }
    : applyChange(
        before,
        {
          state: IN_QUEUE,
          entries: [assignmentEntry(leaver, undefined, { note: 'The technician is no longer active' })],
          events: handed(undefined, leaver, stamp),
        },
        stamp,
        rules,
      );
