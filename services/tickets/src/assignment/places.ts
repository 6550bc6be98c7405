import type { Choice } from '../technician/choose-technician.js';
import type { Technician } from '../technician/technician.js';
import type { Places } from '../ticket/places.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Assigner } from './assigner.js';
import type { Errand } from './describe-need.js';
import type { TicketQueue } from './ticket-queue.js';

/** A seat that is about to be taken for a ticket, or to change from one technician to another. */
export interface Reservation {
  readonly ticketId: string;
  /** The errand for which a technician is chosen; missing: no technician is chosen. */
  readonly errand?: Errand;
  /** The technician who gives the ticket up by the same change. */
  readonly from?: string;
}

/** Everything that connects tickets and the seats of technicians. */
export interface TicketPlaces extends Places {
  /**
   * Chooses the best free technician, takes a seat, has the ticket written, and makes the seats agree with the written
   * ticket. The order keeps a rush from overloading a technician. An error of `write` is thrown on, after the seat has
   * been given back.
   *
   * Capacity 10, nine seats taken: the tenth seat is taken at 10:00:00.00, the ticket is written at 10:00:00.02. After a
   * crash at 10:00:00.01 the technician holds ten seats for nine tickets. The reconciler gives the tenth one back once it
   * is older than two minutes.
   */
  reserve<T extends TicketState | undefined>(
    tenantId: string,
    reservation: Reservation,
    now: Date,
    write: (choice: Choice | undefined) => Promise<T>,
  ): Promise<T>;
  /** Takes a seat because a person decided so, even beyond the capacity; `undefined` when there is no such technician. */
  take(tenantId: string, technicianId: string, ticketId: string): Promise<Technician | undefined>;
  /** A technician has become available: the queue is looked through soon. */
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
        // A repeated request may find its ticket with another assignee.
        fits = from === undefined && written !== undefined && written.assignedToUserId === choice?.technicianId;
        return written;
      } finally {
        if (!fits) await align(tenantId, ticketId, from, choice?.technicianId);
      }
    },
    take: (tenantId, technicianId, ticketId) => assigner.take(tenantId, technicianId, ticketId),
    isActive: (tenantId, technicianId) => assigner.isActive(tenantId, technicianId),
    backAt: (tenantId, technicianId, now) => assigner.backAt(tenantId, technicianId, now),
    wake: (tenantId) => queue.wake(tenantId),
    offer: (tenantId, ticket) => {
      if (ticket.queuedAs !== undefined) queue.offer(tenantId, ticket);
    },
  };
};
