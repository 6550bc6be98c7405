import type { TicketStatus } from '@riparo/shared/contracts/enums';
import { TicketMerged, TicketUnmerged, type TicketName } from '@riparo/shared/contracts/tickets.events';
import { endPause, startPause, type SlaPause } from '../sla/sla.js';
import { assignmentEntry } from '../../conversation/entries.js';
import { applyChange } from '../apply-change.js';
import { applyReturn, type Absence } from '../decide-assignment.js';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { isActive, published, type TicketDecision, type TicketState } from '../ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { autoCloseEnd, silenceEnd } from '../sla/timers.js';
import { mergeRecordOf, type BeforeMerge, type MergeSource } from './merge.js';
import { targetClosed, targetFull, ticketAlreadyMerged, ticketNotMerged } from './merge.errors.js';
import type { TimeRules } from '../../kernel/tenant-rules.js';

/** Tickets that can be merged into one. To read the target reads all of them, and each may have some megabytes. */
const MAX_SOURCES = 50;

/** Announces a merge on the target. Nobody sees the announcement until the source says that the merge was made. */
export const announceMerge = (before: TicketState, source: MergeSource): TicketDecision => {
  if (before.mergedIntoId !== undefined) throw ticketAlreadyMerged(before.mergedIntoId);
  if (before.status === 'CLOSED') throw targetClosed();
  const merge = mergeRecordOf(before);
  if (merge.sources.some(({ ticketId, attempt }) => ticketId === source.ticketId && attempt === source.attempt)) return { state: before };
  const others = merge.sources.filter(({ ticketId }) => ticketId !== source.ticketId);
  if (others.length >= MAX_SOURCES) throw targetFull(MAX_SOURCES);
  return { state: { ...before, merge: { ...merge, sources: [...others, source] } } };
};

/** Calls off the merge that was announced under `attempt`, unless it has been made. */
export const callOffMerge = (before: TicketState, attempt: number): TicketDecision => {
  const merge = mergeRecordOf(before);
  return merge.attempt > attempt ? { state: before } : { state: { ...before, merge: { ...merge, attempt: attempt + 1 } } };
};

/** Makes the merge, by one write on the source alone. */
export const mergeInto = (before: TicketState, into: TicketName, stamp: Stamp, rules: TimeRules): TicketDecision => {
  if (before.mergedIntoId !== undefined) throw ticketAlreadyMerged(before.mergedIntoId);
  const merge = mergeRecordOf(before);
  const { status, closedAt, assignedToUserId, active, sla } = before;
  return applyChange(
    before,
    {
      state: {
        status: 'CLOSED',
        closedAt: closedAt ?? stamp.at,
        autoCloseAt: undefined,
        silenceDueAt: undefined,
        sla: active ? { ...sla, pauses: startPause(sla.pauses, 'MERGED', stamp.at) } : sla,
        mergedIntoId: into.id,
        merge: {
          ...merge,
          attempt: merge.attempt + 1,
          targets: [...new Set([...merge.targets, into.id])],
          before: compact({ status, closedAt }),
        },
      },
      entries: [
        {
          type: 'SYSTEM',
          body: `Merged into ${into.ticketNumber}`,
          metadata: { mergedInto: into, from: status, to: 'CLOSED' },
        },
      ],
      events: (after) => [
        TicketMerged.with({
          ticket: published(after),
          ...actor(stamp),
          into,
          ...(active && assignedToUserId !== undefined ? { previousUserId: assignedToUserId } : {}),
        }),
      ],
    },
    stamp,
    rules,
  );
};

export interface Undo {
  readonly from: TicketName;
  /** When staff first replied through the ticket while it was merged. */
  readonly respondedAt?: Date;
  /** Whether the former assignee can be given the ticket again. */
  readonly assigneeActive: boolean;
  /** That of the former assignee. */
  readonly absence?: Absence;
}

const pausesAfter = (pauses: readonly SlaPause[], status: TicketStatus, at: Date): readonly SlaPause[] => {
  if (!isActive(status)) return pauses;
  return status === 'WAITING_CUSTOMER' ? startPause(pauses, 'WAITING_CUSTOMER', at) : endPause(pauses, at);
};

const restored = (before: TicketState, was: BeforeMerge, keeps: boolean, stamp: Stamp, rules: TimeRules): Partial<TicketState> => ({
  status: was.status,
  closedAt: was.closedAt,
  sla: { ...before.sla, pauses: pausesAfter(before.sla.pauses, was.status, stamp.at) },
  // Quiet days and silence start anew: while the ticket was merged, nobody could write or do anything in it.
  autoCloseAt: was.status === 'RESOLVED' ? autoCloseEnd(rules, stamp.at) : undefined,
  silenceDueAt: keeps && was.status === 'OPEN' && before.assignedToUserId !== undefined ? silenceEnd(rules, stamp.at) : undefined,
  ...(keeps ? {} : { assignedToUserId: undefined }),
});

/** Undoes a merge: the ticket is as it was before. The time of the merge is a pause of its SLA clocks. */
export const unmerge = (
  before: TicketState,
  { from, respondedAt, assigneeActive, absence }: Undo,
  stamp: Stamp,
  rules: TimeRules,
): TicketDecision => {
  const { mergedIntoId, assignedToUserId, firstRespondedAt } = before;
  const { before: was, ...merge } = mergeRecordOf(before);
  if (mergedIntoId === undefined || was === undefined) throw ticketNotMerged();
  const keeps = assigneeActive || !isActive(was.status);
  return applyReturn(
    before,
    {
      state: {
        ...restored(before, was, keeps, stamp, rules),
        mergedIntoId: undefined,
        merge,
        ...(firstRespondedAt === undefined && respondedAt !== undefined ? { firstRespondedAt: respondedAt } : {}),
      },
      entries: [
        { type: 'SYSTEM', body: 'A ticket of its own again', metadata: { unmergedFrom: from, from: 'CLOSED', to: was.status } },
        ...(keeps || assignedToUserId === undefined
          ? []
          : [assignmentEntry(assignedToUserId, undefined, { note: 'The technician is no longer active' })]),
      ],
      events: (after) => [TicketUnmerged.with({ ticket: published(after), ...actor(stamp), from })],
    },
    absence,
    stamp,
    rules,
  );
};
