import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { outcomesOf } from '../outcome/outcome.js';
import type { OutcomeStore } from '../outcome/outcome.store.js';
import type { Replicas } from './replicas.js';
import { toTicket } from './ticket.js';

export interface FollowTicketDeps extends Pick<Replicas, 'tickets'> {
  readonly outcomes: OutcomeStore;
}

/** The ticket as it is now is kept by version; what came out of it, when and by whom, is kept for good. */
export const followTicket =
  ({ tickets, outcomes }: FollowTicketDeps): EventHandler<TicketEventV1> =>
  async (event) => {
    const { ticket } = event.data;
    await tickets.in(event.tenantid).keep(ticket.id, event.aggregateversion, toTicket(ticket));
    await outcomes.add(event.tenantid, outcomesOf(event));
  };
