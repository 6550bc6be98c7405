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
    'Opens a ticket and assigns it at once if a technician is free.',
    { body: openTicketBody },
    openTicket(deps),
    ASSIGNMENT_OPERATIONS.createTicket,
  ),
  action(
    '/tickets/bulk',
    BULK,
    'Assigns up to 100 tickets, or changes their status or priority; returns a result for each.',
    { body: bulkBody },
    changeInBulk(deps),
    { ...ASSIGNMENT_OPERATIONS.changeTicketsInBulk, creates: true },
  ),
  action(
    '/tickets/:id/assign',
    'assign:tickets',
    'Assigns or reassigns a ticket; null unassigns it.',
    { body: assignTicketBody },
    assignTicket(deps),
    ASSIGNMENT_OPERATIONS.assignTicket,
  ),
  action(
    '/tickets/:id/accept',
    'accept:tickets',
    'Takes a ticket from the queue, or starts work on one assigned to you.',
    {},
    acceptTicket(deps),
    ASSIGNMENT_OPERATIONS.acceptTicket,
  ),
  action(
    '/tickets/:id/decline',
    'accept:tickets',
    'Declines a ticket; the next best technician gets it.',
    { body: declineTicketBody },
    declineTicket(deps),
    ASSIGNMENT_OPERATIONS.declineTicket,
  ),
];
