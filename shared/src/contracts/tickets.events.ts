import Joi from 'joi';
import {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_SOURCES,
  TICKET_STAGES,
  TICKET_STATUSES,
  type TicketCategory,
  type TicketPriority,
  type TicketSource,
  type TicketStage,
  type TicketStatus,
} from './enums.js';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

/** A ticket as the other services know it: without internal data. */
export interface PublishedTicket {
  readonly id: string;
  readonly ticketNumber: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly createdByUserId: string;
  readonly assignedToUserId?: string;
  /** The vehicle for its visits; only for staff to see. */
  readonly vehicleId?: string;
  readonly title: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly status: TicketStatus;
  readonly stage: TicketStage;
  readonly source: TicketSource;
  readonly resolution?: string;
  readonly slaBreached: boolean;
  readonly responseDueAt?: string;
  readonly slaDueAt?: string;
  readonly createdAt: string;
  readonly firstRespondedAt?: string;
  readonly resolvedAt?: string;
  readonly closedAt?: string;
  /** Who resolved the ticket last. */
  readonly resolvedByUserId?: string;
  /** The ticket that this duplicate was merged into. While it is set, reports do not count this ticket. */
  readonly mergedIntoId?: string;
  /** 1 to 5; missing until the customer has rated the ticket. */
  readonly ratingScore?: number;
}

const ticket = Joi.object({
  id: id.required(),
  ticketNumber: text.required(),
  customerId: id.required(),
  assetId: id,
  locationId: id,
  createdByUserId: id.required(),
  assignedToUserId: id,
  vehicleId: id,
  title: text.required(),
  category: Joi.valid(...TICKET_CATEGORIES).required(),
  priority: Joi.valid(...TICKET_PRIORITIES).required(),
  status: Joi.valid(...TICKET_STATUSES).required(),
  stage: Joi.valid(...TICKET_STAGES).required(),
  source: Joi.valid(...TICKET_SOURCES).required(),
  resolution: text,
  slaBreached: Joi.boolean().required(),
  responseDueAt: instant,
  slaDueAt: instant,
  createdAt: instant.required(),
  firstRespondedAt: instant,
  resolvedAt: instant,
  closedAt: instant,
  resolvedByUserId: id,
  mergedIntoId: id,
  ratingScore: Joi.number(),
}).unknown(true);

/** Every ticket event carries the ticket after the change and who made the change (`undefined`: the system). */
export interface TicketEventV1 {
  readonly ticket: PublishedTicket;
  /** When the change was made, as the timeline says. The time of the event itself is when the change was saved, some milliseconds later. */
  readonly at?: string;
  readonly actorUserId?: string;
}
export const ticketEventFields = { ticket: ticket.required(), at: instant, actorUserId: id };
const base = ticketEventFields;

export const TicketOpened = defineEvent<TicketEventV1>(
  'riparo.tickets.ticket-opened.v1',
  'A ticket was opened.',
  Joi.object<TicketEventV1>(base),
);
export const TicketUpdated = defineEvent<TicketEventV1>(
  'riparo.tickets.ticket-updated.v1',
  'Title, description, category, priority, device or location changed.',
  Joi.object<TicketEventV1>(base),
);

export interface TicketAssignedV1 extends TicketEventV1 {
  readonly previousUserId?: string;
}
const assigned = Joi.object<TicketAssignedV1>({ ...base, previousUserId: id });
export const TicketAssigned = defineEvent<TicketAssignedV1>(
  'riparo.tickets.ticket-assigned.v1',
  'A technician was given the ticket, by rule or by hand.',
  assigned,
);
export const TicketUnassigned = defineEvent<TicketAssignedV1>(
  'riparo.tickets.ticket-unassigned.v1',
  'The ticket went back to the queue.',
  assigned,
);

export interface TicketRepliedV1 extends TicketEventV1 {
  readonly activityId: string;
  /** Public text alone: internal notes are never published. */
  readonly body: string;
  readonly byCustomer: boolean;
}
export const TicketReplied = defineEvent<TicketRepliedV1>(
  'riparo.tickets.ticket-replied.v1',
  'A public reply was added to the timeline.',
  Joi.object<TicketRepliedV1>({ ...base, activityId: id.required(), body: text.required(), byCustomer: Joi.boolean().required() }),
);

export interface TicketStatusChangedV1 extends TicketEventV1 {
  readonly from: TicketStatus;
  readonly to: TicketStatus;
}
const statusChanged = Joi.object<TicketStatusChangedV1>({
  ...base,
  from: Joi.valid(...TICKET_STATUSES).required(),
  to: Joi.valid(...TICKET_STATUSES).required(),
});
export const TicketStatusChanged = defineEvent<TicketStatusChangedV1>(
  'riparo.tickets.ticket-status-changed.v1',
  'Work began, waits for the customer, or was reopened.',
  statusChanged,
);
export const TicketResolved = defineEvent<TicketStatusChangedV1>(
  'riparo.tickets.ticket-resolved.v1',
  'The ticket was resolved; the resolution is in the ticket.',
  statusChanged,
);
export const TicketClosed = defineEvent<TicketStatusChangedV1>('riparo.tickets.ticket-closed.v1', 'The ticket was closed.', statusChanged);

/** How a ticket is named in the events of another ticket. */
export interface TicketName {
  readonly id: string;
  readonly ticketNumber: string;
}
const ticketName = Joi.object<TicketName>({ id: id.required(), ticketNumber: text.required() }).unknown(true);

export interface TicketMergedV1 extends TicketEventV1 {
  /** The target: the ticket in which the conversation goes on. */
  readonly into: TicketName;
  /** The assignee before the merge. */
  readonly previousUserId?: string;
}
export const TicketMerged = defineEvent<TicketMergedV1>(
  'riparo.tickets.ticket-merged.v1',
  'The ticket was merged into another one of the same customer; it is CLOSED while it is there, without having been closed.',
  Joi.object<TicketMergedV1>({ ...base, into: ticketName.required(), previousUserId: id }),
);

export interface TicketUnmergedV1 extends TicketEventV1 {
  /** The ticket into which this one had been merged. */
  readonly from: TicketName;
}
export const TicketUnmerged = defineEvent<TicketUnmergedV1>(
  'riparo.tickets.ticket-unmerged.v1',
  'The ticket is one of its own again, as it was before it was merged.',
  Joi.object<TicketUnmergedV1>({ ...base, from: ticketName.required() }),
);

export interface TicketRatedV1 extends TicketEventV1 {
  /** 1 (bad) to 5 (very good). */
  readonly score: number;
  readonly comment?: string;
}
/** `actorUserId` is missing when the customer rated through the link in the closing mail. */
export const TicketRated = defineEvent<TicketRatedV1>(
  'riparo.tickets.ticket-rated.v1',
  'The customer rated how a closed ticket went; told once for each ticket.',
  Joi.object<TicketRatedV1>({ ...base, score: Joi.number().integer().min(1).max(5).required(), comment: text }),
);

/** What one ticket is to another one. */
export const TICKET_RELATIONS = ['RELATES_TO', 'CAUSES', 'CAUSED_BY', 'DUPLICATES', 'DUPLICATED_BY'] as const;
export type TicketRelation = (typeof TICKET_RELATIONS)[number];

/**
 * The subject of this event is the link, not a ticket. The two tickets may belong to different customers, so the event
 * carries neither ticket.
 */
export interface TicketsLinkedV1 {
  readonly ticket: TicketName;
  readonly other: TicketName;
  /** What `ticket` is to `other`. */
  readonly relation: TicketRelation;
  readonly actorUserId: string;
}
const linked = Joi.object<TicketsLinkedV1>({
  ticket: ticketName.required(),
  other: ticketName.required(),
  relation: Joi.valid(...TICKET_RELATIONS).required(),
  actorUserId: id.required(),
});
export const TicketsLinked = defineEvent<TicketsLinkedV1>(
  'riparo.tickets.tickets-linked.v1',
  'Staff said what two tickets have to do with each other.',
  linked,
);
export const TicketsUnlinked = defineEvent<TicketsLinkedV1>(
  'riparo.tickets.tickets-unlinked.v1',
  'A link between two tickets was removed.',
  linked,
);

/** The two SLA clocks of a ticket: until the first reply, and until the resolution. */
export const SLA_CLOCKS = ['RESPONSE', 'RESOLUTION'] as const;
export type SlaClock = (typeof SLA_CLOCKS)[number];

export interface TicketSlaV1 extends TicketEventV1 {
  readonly clock: SlaClock;
}
const slaClock = Joi.object<TicketSlaV1>({ ...base, clock: Joi.valid(...SLA_CLOCKS).required() });
export const TicketSlaDueSoon = defineEvent<TicketSlaV1>(
  'riparo.tickets.ticket-sla-due-soon.v1',
  'Three quarters of the promised time are used up; told once for each due time.',
  slaClock,
);
export const TicketSlaBreached = defineEvent<TicketSlaV1>(
  'riparo.tickets.ticket-sla-breached.v1',
  'A due time passed without what was promised; told once for each clock of a ticket.',
  slaClock,
);
