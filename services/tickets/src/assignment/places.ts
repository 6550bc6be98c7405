import type { Choice } from '../technician/choose-technician.js';
import type { Technician } from '../technician/technician.js';
import type { Places } from '../ticket/places.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Assigner } from './assigner.js';
import type { Errand } from './describe-need.js';
import type { TicketQueue } from './ticket-queue.js';

/** A place that is about to be taken for a ticket, or to change hands. */
export interface Reservation {
  readonly ticketId: string;
  /** What is to be done, for the choice of a technician; missing: nobody is looked for. */
  readonly errand?: Errand;
  /** Who gives the ticket up by the same change. */
  readonly from?: string;
}

/** Everything that happens between tickets and the places of technicians. */
export interface TicketPlaces extends Places {
  /**
   * Chooses the best free technician and takes their place, has the ticket written, and makes the places agree with what
   * was written. In this order, so that no rush overloads anybody. What `write` throws is thrown, after the place has been
   * given back. A crash in between leaves a place too many, which the reconciler gives back.
   */
  reserve<T extends TicketState | undefined>(
    tenantId: string,
    reservation: Reservation,
    now: Date,
    write: (choice: Choice | undefined) => Promise<T>,
  ): Promise<T>;
  /** Takes a place because a person said so; `undefined` when there is no such technician. */
  take(tenantId: string, technicianId: string, ticketId: string): Promise<Technician | undefined>;
  /** Somebody has become available: the queue is looked through soon. */
  wake(tenantId: string): void;
}

export const createPlaces = (assigner: Assigner, queue: TicketQueue): TicketPlaces => {
  const align: TicketPlaces['align'] = async (tenantId, ticketId, ...technicianIds) => {
    if (await assigner.align(tenantId, ticketId, technicianIds)) queue.wake(tenantId);
  };
  return {
    align,
    reserve: async (tenantId, { ticketId, errand, from }, now, write) => {
      const choice = errand === undefined ? undefined : await assigner.pick(tenantId, errand, now);
      let fits = false;
      try {
        const written = await write(choice);
        // A request that is repeated may find a ticket that somebody else was given.
        fits = from === undefined && written !== undefined && written.assignedToUserId === choice?.technicianId;
        return written;
      } finally {
        if (!fits) await align(tenantId, ticketId, from, choice?.technicianId);
      }
    },
    take: (tenantId, technicianId, ticketId) => assigner.take(tenantId, technicianId, ticketId),
    isActive: (tenantId, technicianId) => assigner.isActive(tenantId, technicianId),
    wake: (tenantId) => queue.wake(tenantId),
    offer: (tenantId, ticket) => {
      if (ticket.queuedAs !== undefined) queue.offer(tenantId, ticket);
    },
  };
};
