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
  /** The vehicle for its visits. Customers never see it. */
  readonly vehicleId?: string;
  readonly title: string;
  readonly description: string;
  /** Notes that staff should see first; never for customers. */
  readonly internalNotes?: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly status: TicketStatus;
  readonly source: TicketSource;
  readonly resolution?: string;
  readonly resolvedAt?: Date;
  /** Who resolved the ticket last. */
  readonly resolvedByUserId?: string;
  readonly closedAt?: Date;
  readonly rating?: Rating;
  readonly firstRespondedAt?: Date;
  readonly responseDueAt?: Date;
  readonly slaDueAt?: Date;
  readonly slaBreached: boolean;
  readonly sla: SlaRecord;
  /** When the next SLA warning or due time comes. */
  readonly slaTimerAt?: Date;
  /** When a silent assignee loses the ticket. */
  readonly silenceDueAt?: Date;
  readonly autoCloseAt?: Date;
  /** Technicians to whom the rules must not assign the ticket again: they declined it or stayed silent. */
  readonly declinedBy: readonly string[];
  /** How often it was taken from a silent assignee. */
  readonly silentMoves: number;
  /** True: the rules leave the ticket alone; a person must assign it. */
  readonly held: boolean;
  readonly timeline: TimelineSize;
  /** Ids of the first entries of the last changes. A repeated request recognises by them that its change was made before a crash. */
  readonly recentChanges: readonly string[];
  readonly activities: readonly Activity[];
  /** Words of the search, see text/search-words.ts of `shared` and `../kernel/number-words.ts`. */
  readonly words: readonly string[];
  /** The ticket into which this one was merged; missing while it is not merged. */
  readonly mergedIntoId?: string;
  /** Missing until the ticket is part of a merge for the first time. */
  readonly merge?: MergeRecord;

  // The fields below are derived by `withDerived`. They are stored because lists read them from indexes.
  readonly stage: TicketStage;
  readonly active: boolean;
  /** In whose list the ticket is: the assignee's id, `QUEUE`, or `NONE` when it ended without ever having an assignee. */
  readonly holder: string;
  /** The priority with which the ticket waits in the automatic queue; missing when it does not wait there. */
  readonly queuedAs?: TicketPriority;
  /** 1 (LOW) to 4 (CRITICAL): priorities sort by urgency, not by their letters. */
  readonly urgency: number;
  /** `slaDueAt`, or the end of time without one: tickets without a due time sort last. */
  readonly dueOrder: Date;
}

/** The ticket as decisions see it, without the timeline. */
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

/** Updates the derived fields; the last step of every decision. */
export const withDerived = <T extends Underived>(ticket: T): T & Derived => {
  const { status, assignedToUserId, held, priority, slaDueAt } = ticket;
  const active = isActive(status);
  const queued = active && assignedToUserId === undefined && !held;
  return {
    ...ticket,
    stage: stageOf(status, assignedToUserId),
    active,
    holder: assignedToUserId ?? (active ? QUEUE : NOBODY),
    // The repository unsets a field whose value is `undefined`.
    queuedAs: queued ? priority : undefined,
    urgency: TICKET_PRIORITIES.indexOf(priority) + 1,
    dueOrder: slaDueAt ?? NEVER,
  };
};

/** Refuses an entry of a person when the timeline is full. The system may still add its entries. */
export const refuseFullTimeline = ({ timeline }: Pick<Ticket, 'timeline'>, body: string, details?: unknown): void => {
  if (isFullFor(timeline, body, details)) throw ticketTimelineFull();
};

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

/** The ticket as events carry it, without internal data. */
export const published = (ticket: TicketState): PublishedTicket =>
  compact({
    id: ticket.id,
    ticketNumber: ticket.ticketNumber,
    customerId: ticket.customerId,
    assetId: ticket.assetId,
    locationId: ticket.locationId,
    createdByUserId: ticket.createdByUserId,
    assignedToUserId: ticket.assignedToUserId,
    vehicleId: ticket.vehicleId,
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
