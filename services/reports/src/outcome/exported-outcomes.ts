import type { ExportedTicket, TicketStep } from '@riparo/shared/contracts/exported-tickets';
import { MINUTE_MS } from '@riparo/shared/time/units';
import type { TicketOutcome } from './outcome.js';

/** The outcomes that a timeline tells: all but ratings, of which it says no moment. */
export const TOLD_TYPES = ['RESOLVED', 'CLOSED', 'REOPENED'] as const;
type Told = (typeof TOLD_TYPES)[number];

const typeOf = ({ kind, from }: TicketStep): Told | undefined => {
  if (kind === 'RESOLVED' || kind === 'CLOSED') return kind;
  return kind === 'STATUS_CHANGED' && (from === 'RESOLVED' || from === 'CLOSED') ? 'REOPENED' : undefined;
};

const resolvedBy = ({ ticket }: ExportedTicket, { at, actorUserId }: TicketStep): Pick<TicketOutcome, 'technicianId' | 'sla'> => {
  const isLast = ticket.resolvedAt === at;
  const isLate = ticket.slaDueAt !== undefined && at > ticket.slaDueAt;
  const technicianId = (isLast ? ticket.resolvedByUserId : undefined) ?? actorUserId;
  return {
    ...(technicianId === undefined ? {} : { technicianId }),
    ...(isLate || (isLast && ticket.slaBreached) ? { sla: 'BREACHED' } : ticket.slaDueAt === undefined ? {} : { sla: 'KEPT' }),
  };
};

/** What came out of a ticket, as its timeline tells it. Ids are made of the moment, because a timeline tells no versions. */
export const outcomesOfExported = (exported: ExportedTicket): readonly TicketOutcome[] => {
  const { id: ticketId, ticketNumber, title, priority, category, createdAt } = exported.ticket;
  return exported.steps.flatMap((step) => {
    const type = typeOf(step);
    if (type === undefined) return [];
    const at = new Date(step.at);
    return [
      {
        ...{ id: `${ticketId}.${at.getTime()}.${type}`, type, ticketId, ticketNumber, title, priority, category, at },
        version: 0,
        minutes: Math.max(0, (at.getTime() - Date.parse(createdAt)) / MINUTE_MS),
        ...(type === 'RESOLVED' ? resolvedBy(exported, step) : {}),
      },
    ];
  });
};
