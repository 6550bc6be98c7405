import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_SOURCES } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../conversation/attachment/attach-files.js';
import { viewTicket } from '../ticket/ticket.view.js';
import { preferenceFields, refusePreference } from '../kernel/preferred-time.js';
import type { OpenTicketBody } from './describe-ticket.js';
import type { AssignmentDeps } from './dependencies.js';

export const openTicketBody = Joi.object<OpenTicketBody>({
  title: line(200).required(),
  description: paragraph().required(),
  category: oneOf(TICKET_CATEGORIES).required(),
  priority: oneOf(TICKET_PRIORITIES).default('MEDIUM'),
  assetId: uuid(),
  locationId: uuid(),
  customerId: uuid(),
  source: oneOf(TICKET_SOURCES),
  attachmentIds: attachmentIds(),
  ...preferenceFields(),
});

const FOR_THE_DESK = ['customerId', 'source'] as const;

/** A field that only the desk may send is an unknown field in a customer's request. */
const refuseDeskFields = ({ customerId }: Caller, body: OpenTicketBody): void => {
  const faults = FOR_THE_DESK.filter((field) => customerId !== undefined && body[field] !== undefined);
  if (faults.length > 0) throw invalidInput(faults.map((path) => ({ path, message: 'is not a known field' })));
};

/**
 * Opens a ticket and assigns it to the best technician in the same write. When nobody is free, the ticket waits in the queue.
 */
export const createTicketOf =
  ({ describeTicket, places, writeTicket, bookForTicket, replicas }: AssignmentDeps) =>
  async (call: Call<OpenTicketBody>): Promise<Reply> => {
    const { caller, body, now } = call;
    const described = await describeTicket(call);
    const ticket = await places.reserve(caller.tenantId, { ticketId: described.id, errand: described }, now, (choice) =>
      writeTicket(call, { ...described, choice }),
    );
    places.offer(caller.tenantId, ticket);
    const preferred = await bookForTicket(call, ticket, body);
    return created(`/tickets/${ticket.id}`, { ...(await viewTicket(replicas, caller, ticket)), ...preferred });
  };

/** `POST /tickets`. */
export const openTicket = (deps: AssignmentDeps) => {
  const create = createTicketOf(deps);
  return async (call: Call<OpenTicketBody>): Promise<Reply> => {
    refuseDeskFields(call.caller, call.body);
    refusePreference(call.body, call.now);
    return create(call);
  };
};
