import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';

/** A ticket as this service keeps it: what was published, with times that sort as times. */
export interface Ticket extends Omit<PublishedTicket, 'id' | 'createdAt' | 'resolvedAt' | 'closedAt'> {
  readonly createdAt: Date;
  readonly resolvedAt?: Date;
  readonly closedAt?: Date;
}

const date = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export const toTicket = ({ id: _, ...ticket }: PublishedTicket): Ticket => ({
  ...ticket,
  createdAt: new Date(ticket.createdAt),
  resolvedAt: date(ticket.resolvedAt),
  closedAt: date(ticket.closedAt),
});
