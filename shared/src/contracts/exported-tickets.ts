import type { PublishedTicket } from './tickets.events.js';

/** One step of a ticket from its timeline. It holds the same facts as the event that was published for this step. */
export interface TicketStep {
  readonly kind: 'ASSIGNED' | 'STATUS_CHANGED' | 'RESOLVED' | 'CLOSED' | 'MERGED' | 'UNMERGED' | 'LINKED';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
  /** With ASSIGNED: the new assignee. */
  readonly technicianId?: string;
  /** Statuses. With MERGED and UNMERGED: the other ticket's number. With LINKED: the devices. */
  readonly from?: string;
  readonly to?: string;
  /** With RESOLVED: what was done about the ticket. */
  readonly resolution?: string;
}

/** `GET /internal/tickets`: a ticket for a service that rebuilds its replicas. */
export interface ExportedTicket {
  readonly ticket: PublishedTicket;
  readonly version: number;
  /** Oldest first. The opening is no step: it can be read from `ticket`. */
  readonly steps: readonly TicketStep[];
  /** How the customer rated it, once for each ticket; `at` is ISO 8601 UTC. Missing: not rated. */
  readonly rating?: { readonly score: number; readonly at: string };
}
