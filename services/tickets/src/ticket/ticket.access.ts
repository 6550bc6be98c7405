import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { ticketNotFound } from './ticket.errors.js';
import { QUEUE, type TicketState } from './ticket.js';

type Seen = Pick<TicketState, 'customerId' | 'holder'>;

/** Customers see their own, technicians what they have and the queue, the desk everything. */
export const maySee = (caller: Caller, { customerId, holder }: Seen): boolean => {
  if (caller.customerId !== undefined) return caller.customerId === customerId;
  return isDesk(caller.role) || holder === caller.userId || holder === QUEUE;
};

/** The ticket, or the same 404 for one that is not there and one that is not theirs. */
export const visibleTo = <T extends Seen>(caller: Caller, ticket: T | undefined): T => {
  if (ticket === undefined || !maySee(caller, ticket)) throw ticketNotFound();
  return ticket;
};
