import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from '../replica/replicas.js';
import { toTicket } from '../replica/ticket.js';
import { outcomesOf } from './outcome.js';
import type { OutcomeStore } from './outcome.store.js';

interface Deps extends Pick<Replicas, 'tickets'> {
  readonly outcomes: OutcomeStore;
}

/** The ticket as it is now is kept by version; what came out of it, when and by whom, is kept for good. */
export const onTicket =
  ({ tickets, outcomes }: Deps): EventHandler<TicketEventV1> =>
  async (event) => {
    const { ticket } = event.data;
    await tickets.in(event.tenantid).keep(ticket.id, event.aggregateversion, toTicket(ticket));
    await outcomes.add(event.tenantid, outcomesOf(event));
  };
