import type { ExportedTicket, TicketStep } from '@riparo/shared/contracts/exported-tickets';
import { compact } from '@riparo/shared/json/compact';
import { MINUTE_MS } from '@riparo/shared/time/units';
import type { TicketOutcome } from './outcome.js';

/** The outcomes that a timeline tells. */
type Told = 'RESOLVED' | 'CLOSED' | 'REOPENED';

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

const common = (
  { ticket }: ExportedTicket,
  type: TicketOutcome['type'],
  at: Date,
): Omit<TicketOutcome, 'technicianId' | 'sla' | 'score'> => {
  const { id: ticketId, ticketNumber, title, priority, category, createdAt } = ticket;
  return {
    ...{ id: `${ticketId}.${at.getTime()}.${type}`, type, ticketId, ticketNumber, title, priority, category, at },
    version: 0,
    minutes: Math.max(0, (at.getTime() - Date.parse(createdAt)) / MINUTE_MS),
  };
};

/** Whose work was rated: who had resolved the ticket last by then, or else had it. */
const ratedOf = (exported: ExportedTicket, at: string): string | undefined => {
  let [resolver, assignee]: (string | undefined)[] = [];
  for (const step of exported.steps) {
    if (step.at > at) break;
    if (step.kind === 'RESOLVED') resolver = resolvedBy(exported, step).technicianId;
    if (typeOf(step) === 'REOPENED') resolver = undefined;
    if (step.kind === 'ASSIGNED') assignee = step.technicianId;
  }
  return resolver ?? assignee;
};

const ratingOf = (exported: ExportedTicket): readonly TicketOutcome[] => {
  const { rating } = exported;
  if (rating === undefined) return [];
  const { score, at } = rating;
  return [compact({ ...common(exported, 'RATED', new Date(at)), technicianId: ratedOf(exported, at), score })];
};

/** What came out of a ticket, as its timeline tells it. Ids are made of the moment, because a timeline tells no versions. */
export const outcomesOfExported = (exported: ExportedTicket): readonly TicketOutcome[] => [
  ...exported.steps.flatMap((step): readonly TicketOutcome[] => {
    const type = typeOf(step);
    if (type === undefined) return [];
    return [{ ...common(exported, type, new Date(step.at)), ...(type === 'RESOLVED' ? resolvedBy(exported, step) : {}) }];
  }),
  ...ratingOf(exported),
];
