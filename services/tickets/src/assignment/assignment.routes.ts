import { action, create, type Route } from '@riparo/shared/http/route';
import { acceptTicket } from './accept-ticket.js';
import { assignTicket, assignTicketBody } from './assign-ticket.js';
import { bulkBody, changeInBulk } from './change-in-bulk.js';
import { declineTicket, declineTicketBody } from './decline-ticket.js';
import { openTicket, openTicketBody } from './open-ticket.js';
import { ASSIGNMENT_OPERATIONS } from './assignment.reference.js';
import type { AssignmentDeps } from './dependencies.js';

/** The route asks for one of the three permissions; each action then checks its own. */
const BULK = ['assign:tickets', 'write:tickets-status', 'edit:tickets'] as const;

export const assignmentRoutes = (deps: AssignmentDeps): readonly Route[] => [
  create(
    '/tickets',
    'write:tickets',
    'Opens a ticket; it is given to a technician at once if one is free.',
    { body: openTicketBody },
    openTicket(deps),
    ASSIGNMENT_OPERATIONS.createTicket,
  ),
  action(
    '/tickets/bulk',
    BULK,
    'Assigns up to 100 tickets, or changes their status or priority; answers a result for each.',
    { body: bulkBody },
    changeInBulk(deps),
    { ...ASSIGNMENT_OPERATIONS.changeTicketsInBulk, creates: true },
  ),
  action(
    '/tickets/:id/assign',
    'assign:tickets',
    'Assigns, reassigns or (with null) unassigns by hand.',
    { body: assignTicketBody },
    assignTicket(deps),
    ASSIGNMENT_OPERATIONS.assignTicket,
  ),
  action(
    '/tickets/:id/accept',
    'accept:tickets',
    'Takes it from the queue, or begins with what was given to you.',
    {},
    acceptTicket(deps),
    ASSIGNMENT_OPERATIONS.acceptTicket,
  ),
  action(
    '/tickets/:id/decline',
    'accept:tickets',
    'Gives it back; it goes to the next best.',
    { body: declineTicketBody },
    declineTicket(deps),
    ASSIGNMENT_OPERATIONS.declineTicket,
  ),
];
