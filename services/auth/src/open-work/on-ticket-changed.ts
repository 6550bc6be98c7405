import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { workItemOf } from './open-work.js';
import type { OpenWork } from './open-work.replica.js';

/** Keeps track of whether a customer has open tickets, so that one with work under way is not closed. */
export const onTicketChanged =
  (openWork: OpenWork): EventHandler<TicketEventV1> =>
  async ({ tenantid, aggregateversion, data: { ticket } }) => {
    await openWork.in(tenantid).keep(ticket.id, aggregateversion, workItemOf(ticket));
  };
