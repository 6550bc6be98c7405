import type { TicketState } from './ticket.js';

/** The places that tickets take with technicians, as far as a change of one ticket goes; the assignment wing keeps them. */
export interface Places {
  /** Makes the named technicians' places agree with the ticket as it is now; a place that became free is offered to the queue. */
  align(tenantId: string, ticketId: string, ...technicianIds: readonly (string | undefined)[]): Promise<void>;
  /** Tries once more for a ticket that has just begun to wait: somebody may have become free while it was written. */
  offer(tenantId: string, ticket: TicketState): void;
  /** Whether somebody can be given tickets at all. */
  isActive(tenantId: string, technicianId: string): Promise<boolean>;
}
