import { TICKET_STAGES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { fields, view } from '@riparo/shared/http/reference/answer';
import { id, moment, named, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { TICKET_RELATIONS } from '@riparo/shared/contracts/tickets.events';

export const linkAnswer = view('TicketLink', 'Another ticket, and what this one has to do with it.', {
  relation: oneOf(TICKET_RELATIONS),
  ticket: fields({ id: id(), ticketNumber: text(), title: text(), status: oneOf(TICKET_STATUSES), stage: oneOf(TICKET_STAGES) }),
  since: moment(),
  by: named().optional().description('Staff only.'),
});
