import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';

/** A ticket as this service keeps it: what was published, with times that sort as times. */
export interface Ticket extends Omit<
  PublishedTicket,
  'id' | 'createdAt' | 'firstRespondedAt' | 'resolvedAt' | 'closedAt' | 'responseDueAt' | 'slaDueAt'
> {
  /** Neither resolved nor closed; a field of its own for the index of the backlog. */
  readonly active: boolean;
  readonly createdAt: Date;
  readonly firstRespondedAt?: Date;
  readonly resolvedAt?: Date;
  readonly closedAt?: Date;
  readonly responseDueAt?: Date;
  readonly slaDueAt?: Date;
}

const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export const toTicket = ({ id: _, ...ticket }: PublishedTicket): Ticket => ({
  ...ticket,
  active: ticket.status !== 'RESOLVED' && ticket.status !== 'CLOSED',
  createdAt: new Date(ticket.createdAt),
  firstRespondedAt: date(ticket.firstRespondedAt),
  resolvedAt: date(ticket.resolvedAt),
  closedAt: date(ticket.closedAt),
  responseDueAt: date(ticket.responseDueAt),
  slaDueAt: date(ticket.slaDueAt),
});
