import type { PublishedAppointment } from '@riparo/shared/contracts/appointments.events';
import { subjectOf } from '@riparo/shared/contracts/appointments.events';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket, TicketName } from '@riparo/shared/contracts/tickets.events';
import { STAFF_EVENTS } from './live-events.js';

/** The holder of work without an assignee. */
export const QUEUE = 'QUEUE';

/** What kinds of things live updates are about; `message` is one of an inbox, `account` what somebody is told of themselves. */
export type SubjectKind = 'ticket' | 'repair' | 'appointment' | 'message' | 'account';

/**
 * A note that something changed, and whom it may concern. It carries no content: what a person gets to see is read for
 * that person when it is sent.
 */
export interface Signal {
  /** Follows from the event, so that an event that comes twice is one signal. */
  readonly id: string;
  readonly type: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly customerId?: string;
  /** Whose inbox or account it is. */
  readonly userId?: string;
  /** Who has it in hand: users, or `QUEUE`. */
  readonly holders: readonly string[];
  /** Who had it in hand before this change. */
  readonly before: readonly string[];
  /** Customers are not told that anything happened. */
  readonly staffOnly: boolean;
}

/** What the events of all kinds may have; each has one of the four. */
interface LiveEventData {
  readonly ticket?: PublishedTicket;
  readonly repair?: PublishedRepair;
  readonly appointment?: PublishedAppointment;
  readonly user?: PublishedUser;
  /** Of a ticket or repair that was assigned. */
  readonly previousUserId?: string;
  /** Of a ticket that was merged. */
  readonly into?: TicketName;
  /** Of a ticket that was unmerged, or of an appointment that was moved; statuses and vehicles are texts. */
  readonly from?: (Partial<TicketName> & { readonly technicianId?: string }) | string;
  /** Of an appointment that needs replanning. */
  readonly technicianId?: string;
}

type Circumstances = Pick<Signal, 'id' | 'type' | 'at' | 'staffOnly'>;
const only = (...ids: readonly (string | undefined)[]): readonly string[] => ids.filter((id) => id !== undefined);

const isAssignment = (type: string): boolean => /-(?:un)?assigned\.v1$/.test(type);

const ofTicket = (event: Circumstances, ticket: PublishedTicket, data: LiveEventData): readonly Signal[] => {
  const { id, customerId, assignedToUserId = QUEUE } = ticket;
  const before = isAssignment(event.type) ? [data.previousUserId ?? QUEUE] : only(data.previousUserId);
  const own: Signal = { ...event, kind: 'ticket', subjectId: id, customerId, holders: [assignedToUserId], before };
  // The other ticket of a merge shows its timeline from now on, or shows it no more.
  const otherId = data.into?.id ?? (typeof data.from === 'object' ? data.from.id : undefined);
  return otherId === undefined ? [own] : [own, { ...own, id: `${event.id}/other`, subjectId: otherId, holders: [], before: [] }];
};

const ofRepair = (event: Circumstances, { id, customerId, assignedToUserId = QUEUE }: PublishedRepair, data: LiveEventData): Signal => {
  const before = isAssignment(event.type) ? [data.previousUserId ?? QUEUE] : [];
  return { ...event, kind: 'repair', subjectId: id, customerId, holders: [assignedToUserId], before };
};

/** An appointment is also shown with the ticket or repair that it is about. */
const ofAppointment = (event: Circumstances, appointment: PublishedAppointment, data: LiveEventData): readonly Signal[] => {
  const { id, customerId, technicianId } = appointment;
  const about = subjectOf(appointment);
  const before = only(data.technicianId, typeof data.from === 'object' ? data.from.technicianId : undefined);
  const own: Signal = { ...event, kind: 'appointment', subjectId: id, customerId, holders: only(technicianId), before };
  const kind = about.kind === 'TICKET' ? 'ticket' : 'repair';
  return [own, { ...own, id: `${event.id}/about`, kind, subjectId: about.id }];
};

const ofUser = (event: Circumstances, { id }: PublishedUser): Signal => ({
  ...event,
  kind: 'account',
  subjectId: id,
  userId: id,
  holders: [],
  before: [],
});

/** The signals of an event, mostly one. */
export const signalsOf = ({ id, type, time, data }: EventEnvelope<LiveEventData>): readonly Signal[] => {
  const event = { id, type, at: time, staffOnly: STAFF_EVENTS.has(type) };
  if (data.appointment !== undefined) return ofAppointment(event, data.appointment, data);
  if (data.repair !== undefined) return [ofRepair(event, data.repair, data)];
  if (data.user !== undefined) return [ofUser(event, data.user)];
  return data.ticket === undefined ? [] : ofTicket(event, data.ticket, data);
};

const PATHS: Readonly<Record<Exclude<SubjectKind, 'account'>, string>> = {
  ticket: 'tickets',
  repair: 'repairs',
  appointment: 'appointments',
  message: 'me/notifications',
};

/** How clients name what changed: its path below `/api/v1`. */
export const subjectPath = ({ kind, subjectId }: Pick<Signal, 'kind' | 'subjectId'>): string =>
  kind === 'account' ? 'auth/me' : `${PATHS[kind]}/${subjectId}`;
