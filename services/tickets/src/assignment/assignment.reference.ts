import { fields, listOf, one, view } from '@riparo/shared/http/reference/answer';
import { count, id, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { joinProblems, STALE, type Problems } from '@riparo/shared/http/reference/problems';
import { operations } from '@riparo/shared/http/route';
import { preferredFields } from '../kernel/appointment.answer.js';
import { VEHICLE_MEMBERS } from '../kernel/vehicle.answer.js';
import { ticketAnswer, ticketFields } from '../ticket/ticket.answer.js';
import { FULL, MERGED, TICKET_MEMBERS, TICKETS } from '../ticket/ticket.reference.js';

const openedTicket = view('OpenedTicket', 'A new ticket, and what came of the preferred time.', { ...ticketFields, ...preferredFields });

const bulkResult = view('BulkResult', 'What became of many tickets.', {
  results: listOf(
    fields({
      id: id(),
      outcome: oneOf(['DONE', 'UNCHANGED', 'FAILED']),
      version: version().optional(),
      code: text().optional().description('Why it failed: a problem code.'),
      detail: text().optional(),
    }),
  ),
  done: count(),
});

const OPENING: Problems = {
  404: ['CUSTOMER_NOT_FOUND', 'ASSET_NOT_FOUND', 'LOCATION_NOT_FOUND'],
  409: ['ASSET_RETIRED', 'CUSTOMER_NOT_ACTIVE'],
};
const MOVING = joinProblems(MERGED, FULL, STALE, { 409: ['TICKET_NOT_ACTIVE'] });
const ASSIGNING = joinProblems(MOVING, { 404: ['TECHNICIAN_NOT_FOUND'], 409: ['TECHNICIAN_NOT_ACTIVE'] });
const DRIVING: Problems = { 404: ['VEHICLE_NOT_FOUND'], 409: ['VEHICLE_NOT_AVAILABLE'] };

export const ASSIGNMENT_OPERATIONS = operations(
  TICKETS,
  {
    createTicket: { answer: one(openedTicket), problems: OPENING },
    changeTicketsInBulk: { answer: one(bulkResult) },
    assignTicket: { answer: one(ticketAnswer), problems: joinProblems(ASSIGNING, DRIVING) },
    acceptTicket: { answer: one(ticketAnswer), problems: joinProblems(MOVING, { 409: ['TICKET_ALREADY_ASSIGNED'] }) },
    declineTicket: { answer: one(ticketAnswer), problems: joinProblems(MOVING, { 403: ['TICKET_NOT_ASSIGNED_TO_YOU'] }) },
  },
  { ...TICKET_MEMBERS, ...VEHICLE_MEMBERS },
);
