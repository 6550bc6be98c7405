import type { PublishedTicket } from './tickets.events.js';

/** One step of a ticket as its timeline has it: the same that its event told when it was taken. */
export interface TicketStep {
  readonly kind: 'ASSIGNED' | 'STATUS_CHANGED' | 'RESOLVED' | 'CLOSED' | 'MERGED' | 'UNMERGED' | 'LINKED';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
  /** ASSIGNED. */
  readonly technicianId?: string;
  /** Statuses; of MERGED and UNMERGED the other ticket's number; of LINKED the devices. */
  readonly from?: string;
  readonly to?: string;
  /** RESOLVED: what was done. */
  readonly resolution?: string;
}

/** `GET /internal/tickets`: a ticket for a service that makes its copies anew. */
export interface ExportedTicket {
  readonly ticket: PublishedTicket;
  readonly version: number;
  /** Oldest first; opening is told by the ticket itself. */
  readonly steps: readonly TicketStep[];
}
