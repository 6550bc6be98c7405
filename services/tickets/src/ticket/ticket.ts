import {
  TICKET_PRIORITIES,
  type TicketCategory,
  type TicketPriority,
  type TicketSource,
  type TicketStage,
  type TicketStatus,
} from '@riparo/shared/contracts/enums';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { compact } from '@riparo/shared/json/compact';
import type { MergeRecord } from './merge/merge.js';
import type { Rating } from './rating/rating.js';
import type { SlaRecord } from './sla/sla.js';
import { isFullFor, type Activity, type TimelineSize } from '../conversation/timeline.js';
import { ticketTimelineFull } from './ticket.errors.js';
import { NEVER, NOBODY, QUEUE } from '../kernel/held.js';

export interface Ticket extends Entity {
  readonly ticketNumber: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly createdByUserId: string;
  readonly assignedToUserId?: string;
  readonly title: string;
  readonly description: string;
  /** What staff should know at a glance; never for customers. */
  readonly internalNotes?: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly status: TicketStatus;
  readonly source: TicketSource;
  readonly resolution?: string;
  readonly resolvedAt?: Date;
  /** Who resolved it last. */
  readonly resolvedByUserId?: string;
  readonly closedAt?: Date;
  readonly rating?: Rating;
  readonly firstRespondedAt?: Date;
  readonly responseDueAt?: Date;
  readonly slaDueAt?: Date;
  readonly slaBreached: boolean;
  readonly sla: SlaRecord;
  /** When an SLA due time (or its warning) comes up next. */
  readonly slaTimerAt?: Date;
  /** When an assignee who has not stirred loses it. */
  readonly silenceDueAt?: Date;
  readonly autoCloseAt?: Date;
  /** Technicians the rules must not give it to again: they declined it or let it lie. */
  readonly declinedBy: readonly string[];
  /** How often it was taken from a silent assignee. */
  readonly silentMoves: number;
  /** Out of the automatic queue: a person has to decide. */
  readonly held: boolean;
  readonly timeline: TimelineSize;
  /** The last changes' first entries: a request that runs again after a crash finds that it has been done. */
  readonly recentChanges: readonly string[];
  readonly activities: readonly Activity[];
  /** Lower-cased words for the search, see `search-words.ts`. */
  readonly words: readonly string[];
  /** The ticket that this one was merged into; missing while it is one of its own. */
  readonly mergedIntoId?: string;
  /** Missing until it first takes part in a merge. */
  readonly merge?: MergeRecord;

  // Derived from the above by `withDerived`, stored because lists are read from indexes over them.
  readonly stage: TicketStage;
  readonly active: boolean;
  /** Whose list it is in: an assignee's id, `QUEUE`, or `NONE` when it is done and was never given to anybody. */
  readonly holder: string;
  /** Its place in the automatic queue; missing when it is not in it. */
  readonly queuedAs?: TicketPriority;
  /** 1 (LOW) to 4 (CRITICAL): priorities sort by urgency, not by their letters. */
  readonly urgency: number;
  /** `slaDueAt`, and the end of time where there is none: what is due sorts before what is not. */
  readonly dueOrder: Date;
}

/** What decisions see: everything but the timeline. */
export type TicketState = Omit<Ticket, 'activities'>;
export type TicketDecision = Decision<Ticket, 'activities'>;
export type TicketDraft = Draft<Ticket>;

export const isActive = (status: TicketStatus): boolean => status !== 'RESOLVED' && status !== 'CLOSED';

const stageOf = (status: TicketStatus, assignedTo: string | undefined): TicketStage => {
  if (status === 'OPEN') return assignedTo === undefined ? 'NEW' : 'OPENED';
  return status === 'WAITING_CUSTOMER' ? 'IN_PROGRESS' : status;
};

type Derived = Pick<Ticket, 'stage' | 'active' | 'holder' | 'queuedAs' | 'urgency' | 'dueOrder'>;
type Underived = Omit<TicketDraft, keyof Derived | 'activities'>;

/** Brings the derived fields in line; the last step of every decision. */
export const withDerived = <T extends Underived>(ticket: T): T & Derived => {
  const { status, assignedToUserId, held, priority, slaDueAt } = ticket;
  const active = isActive(status);
  const queued = active && assignedToUserId === undefined && !held;
  return {
    ...ticket,
    stage: stageOf(status, assignedToUserId),
    active,
    holder: assignedToUserId ?? (active ? QUEUE : NOBODY),
    // A key with `undefined` is unset by the repository.
    queuedAs: queued ? priority : undefined,
    urgency: TICKET_PRIORITIES.indexOf(priority) + 1,
    dueOrder: slaDueAt ?? NEVER,
  };
};

/** Entries that people write stop here; what the system has to note may still be noted. */
export const refuseFullTimeline = ({ timeline }: Pick<Ticket, 'timeline'>, body: string, details?: unknown): void => {
  if (isFullFor(timeline, body, details)) throw ticketTimelineFull();
};

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

/** The ticket as events carry it: nothing internal in it. */
export const published = (ticket: TicketState): PublishedTicket =>
  compact({
    id: ticket.id,
    ticketNumber: ticket.ticketNumber,
    customerId: ticket.customerId,
    assetId: ticket.assetId,
    locationId: ticket.locationId,
    createdByUserId: ticket.createdByUserId,
    assignedToUserId: ticket.assignedToUserId,
    title: ticket.title,
    category: ticket.category,
    priority: ticket.priority,
    status: ticket.status,
    stage: ticket.stage,
    source: ticket.source,
    resolution: ticket.resolution,
    slaBreached: ticket.slaBreached,
    responseDueAt: iso(ticket.responseDueAt),
    slaDueAt: iso(ticket.slaDueAt),
    createdAt: ticket.createdAt.toISOString(),
    firstRespondedAt: iso(ticket.firstRespondedAt),
    resolvedAt: iso(ticket.resolvedAt),
    closedAt: iso(ticket.closedAt),
    resolvedByUserId: ticket.resolvedByUserId,
    mergedIntoId: ticket.mergedIntoId,
    ratingScore: ticket.rating?.score,
  });
