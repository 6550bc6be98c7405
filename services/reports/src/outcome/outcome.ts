import type { TicketCategory, TicketPriority } from '@riparo/shared/contracts/enums';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import {
  TicketClosed,
  TicketRated,
  TicketResolved,
  TicketStatusChanged,
  type TicketEventV1,
  type TicketRatedV1,
  type TicketStatusChangedV1,
} from '@riparo/shared/contracts/tickets.events';
import { MINUTE_MS } from '@riparo/shared/time/units';

/**
 * Something that came out of a ticket at a moment. Outcomes are facts: one that is undone later (a reopened ticket)
 * still happened on its day. The id holds the ticket's version, so each is kept once, in whatever order events arrive.
 */
export interface TicketOutcome {
  /** `<ticket id>.<version>.<type>`. */
  readonly id: string;
  readonly type: 'RESOLVED' | 'CLOSED' | 'REOPENED' | 'RATED';
  readonly ticketId: string;
  readonly ticketNumber: string;
  readonly title: string;
  readonly priority: TicketPriority;
  readonly category: TicketCategory;
  readonly at: Date;
  /** The ticket's version, which orders the outcomes of one ticket. */
  readonly version: number;
  /** Who resolved it (of a rating: what is rated); left out for the others, and when the system did. */
  readonly technicianId?: string;
  /** From opening to this outcome, by the clock on the wall. */
  readonly minutes: number;
  /** Left out when nothing was promised. */
  readonly sla?: 'KEPT' | 'BREACHED';
  /** Of a rating: 1 to 5. */
  readonly score?: number;
}

const slaOf = ({ slaDueAt, slaBreached }: TicketEventV1['ticket'], at: Date): TicketOutcome['sla'] => {
  if (slaBreached) return 'BREACHED';
  if (slaDueAt === undefined) return undefined;
  return at.getTime() > Date.parse(slaDueAt) ? 'BREACHED' : 'KEPT';
};

const isReopening = (event: EventEnvelope<TicketEventV1>): boolean => {
  if (event.type !== TicketStatusChanged.type) return false;
  const { from } = event.data as TicketStatusChangedV1;
  return from === 'RESOLVED' || from === 'CLOSED';
};

const momentOf = (
  event: EventEnvelope<TicketEventV1>,
): Pick<TicketOutcome, 'type' | 'at' | 'technicianId' | 'sla' | 'score'> | undefined => {
  const { ticket, actorUserId } = event.data;
  if (event.type === TicketResolved.type) {
    const at = new Date(ticket.resolvedAt ?? event.time);
    return { type: 'RESOLVED', at, technicianId: ticket.resolvedByUserId ?? actorUserId, sla: slaOf(ticket, at) };
  }
  if (event.type === TicketClosed.type) return { type: 'CLOSED', at: new Date(ticket.closedAt ?? event.time) };
  if (event.type === TicketRated.type) {
    const { score } = event.data as TicketRatedV1;
    return {
      type: 'RATED',
      at: new Date(event.data.at ?? event.time),
      technicianId: ticket.resolvedByUserId ?? ticket.assignedToUserId,
      score,
    };
  }
  return isReopening(event) ? { type: 'REOPENED', at: new Date(event.data.at ?? event.time) } : undefined;
};

/** What an event tells of outcomes: one or none. */
export const outcomesOf = (event: EventEnvelope<TicketEventV1>): readonly TicketOutcome[] => {
  const moment = momentOf(event);
  if (moment === undefined) return [];
  const { id, ticketNumber, title, priority, category, createdAt } = event.data.ticket;
  const minutes = Math.max(0, (moment.at.getTime() - Date.parse(createdAt)) / MINUTE_MS);
  const version = event.aggregateversion;
  return [{ ...moment, id: `${id}.${version}.${moment.type}`, ticketId: id, ticketNumber, title, priority, category, version, minutes }];
};
