import type { TicketDeps } from '../deps.js';
import type { Links } from './link.repository.js';

/** What the use cases of links are made from. */
export interface LinkDeps extends Pick<TicketDeps, 'tickets' | 'replicas'> {
  readonly ticketLinks: Links;
}
