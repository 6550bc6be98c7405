import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replicas } from '../replica/replicas.js';
import { toTicket } from '../replica/ticket.js';
import type { EndOfTicket } from '../part/reservation/end-reported.js';
import type { HistoryStore } from './history.store.js';
import { entriesOfTicketEvent } from './ticket-entries.js';

interface Deps extends Pick<Replicas, 'tickets'> {
  readonly history: HistoryStore;
  readonly endOfTicket: EndOfTicket;
}

/** Figures of devices are counted from the replica, so keeping it is all they need. What is reserved for visits ends with the ticket. */
export const onTicket =
  ({ tickets, history, endOfTicket }: Deps): EventHandler<TicketEventV1> =>
  async (event) => {
    const { ticket, actorUserId } = event.data;
    await tickets.in(event.tenantid).keep(ticket.id, event.aggregateversion, toTicket(ticket));
    await history.add(event.tenantid, entriesOfTicketEvent(event));
    if (ticket.status === 'CLOSED') await endOfTicket(event.tenantid, ticket.id, { at: new Date(event.time), userId: actorUserId });
  };
