import { DuplicateKeyError } from '@riparo/shared/persistence/repository';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { Ticket, TicketDraft } from './ticket.js';
import type { Tickets } from './ticket.repository.js';

export interface Numbered {
  readonly id: string;
  readonly year: string;
  readonly make: (sequence: number) => TicketDraft;
  readonly events: (ticket: Ticket) => readonly DomainEvent[];
}

const MAX_TRIES = 50;

/**
 * The driver does not say which index refused a bulk insert, so a number that another instance was faster to take looks
 * like any duplicate: the one thing that can be told apart is that the ticket itself is there already.
 */
export const insertTicket = async (tickets: Tickets, tenantId: string, { id, year, make, events }: Numbered): Promise<Ticket> => {
  const inTenant = tickets.in(tenantId);
  for (let tries = 1; ; tries++) {
    try {
      return await inTenant.insertNumbered(year, make, events);
    } catch (error) {
      if (!(error instanceof DuplicateKeyError) || tries === MAX_TRIES) throw error;
      const stored = await inTenant.findWhole(id);
      if (stored !== undefined) return stored;
    }
  }
};
