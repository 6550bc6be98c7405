import type { TicketStatus } from '@riparo/shared/contracts/enums';
import { isCustomerRole, isDesk, type Role } from '@riparo/shared/contracts/roles';
import { ticketTransitionNotAllowed } from './ticket.errors.js';

const TABLE: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  OPEN: ['IN_PROGRESS', 'WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
  IN_PROGRESS: ['WAITING_CUSTOMER', 'RESOLVED', 'CLOSED'],
  WAITING_CUSTOMER: ['IN_PROGRESS', 'RESOLVED', 'CLOSED'],
  RESOLVED: ['CLOSED', 'IN_PROGRESS'],
  CLOSED: ['IN_PROGRESS'],
};

/**
 * The statuses that a role may set. Customers may only close; they reopen a resolved ticket and resume a waiting one by
 * a reply (`reply`). Only the desk reopens a closed ticket.
 */
export const allowedTransitions = (role: Role, current: TicketStatus): readonly TicketStatus[] => {
  if (isCustomerRole(role)) return TABLE[current].filter((status) => status === 'CLOSED');
  if (current === 'CLOSED' && !isDesk(role)) return [];
  return TABLE[current];
};

export const checkTransition = (role: Role, current: TicketStatus, wanted: TicketStatus): void => {
  const allowed = allowedTransitions(role, current);
  if (!allowed.includes(wanted)) throw ticketTransitionNotAllowed(current, wanted, allowed);
};
