import type { TicketState } from './ticket.js';

/** Technicians' seats, as far as a change of one ticket needs them. The wing of assignment keeps them. */
export interface Places {
  /** Makes the seats of the named technicians agree with the ticket as it is now. A seat that became free is offered to the queue. */
  align(tenantId: string, ticketId: string, ...technicianIds: readonly (string | undefined)[]): Promise<void>;
  /** Tries once more to assign a ticket that has just begun to wait: a technician may have become free while it was written. */
  offer(tenantId: string, ticket: TicketState): void;
  /** Whether the technician can be given tickets at all. */
  isActive(tenantId: string, technicianId: string): Promise<boolean>;
  /** When a technician who is away now is back; `undefined` while the technician is there. */
  backAt(tenantId: string, technicianId: string, now: Date): Promise<Date | undefined>;
}
