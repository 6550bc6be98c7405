import {
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_SOURCES,
  type TicketCategory,
  type TicketPriority,
  type TicketSource,
} from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { DateTime } from 'luxon';
import type { BookingDeps } from '../appointment/booking/book-appointment.js';
import { bookPreferred } from '../appointment/booking/book-preferred.js';
import type { AppointmentDeps } from '../appointment/deps.js';
import { workOfTicket } from '../appointment/work.js';
import { attachmentIds } from '../conversation/attachment/attach-files.js';
import { priorityPolicy } from '../ticket/sla/sla.js';
import { FILES_ENTRY, open, openEvents, ticketNumberOf, type Opening } from '../ticket/decide-open.js';
import type { TicketDeps } from '../ticket/deps.js';
import { planPolicyOf } from '../ticket/sla/plan-policy.js';
import { stampOf } from '../conversation/stamp.js';
import { assetOf, checkLocation, customerOf, ticketSearchWords } from '../kernel/customer-and-device.js';
import type { TicketDraft } from '../ticket/ticket.js';
import { viewTicket } from '../ticket/ticket.view.js';
import { type Preference, preferenceFields, refusePreference } from '../kernel/preferred-time.js';

interface Body extends Preference {
  readonly title: string;
  readonly description: string;
  readonly category: TicketCategory;
  readonly priority: TicketPriority;
  readonly assetId?: string;
  readonly locationId?: string;
  readonly customerId?: string;
  readonly source?: TicketSource;
  readonly attachmentIds?: readonly string[];
}

export const openTicketBody = Joi.object<Body>({
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

/** What only the desk may say is an unknown field in a customer's request. */
const refuseDeskFields = ({ customerId }: Caller, body: Body): void => {
  const faults = FOR_THE_DESK.filter((field) => customerId !== undefined && body[field] !== undefined);
  if (faults.length > 0) throw invalidInput(faults.map((path) => ({ path, message: 'is not a known field' })));
};

const describe = async (
  deps: Pick<TicketDeps, 'replicas' | 'assetLookup' | 'rulesOf'>,
  { caller, body, ids, now }: Call<Body>,
): Promise<Opening> => {
  const { tenantId, userId } = caller;
  const { customerId, customer } = await customerOf(deps, caller, body.customerId);
  const asset = body.assetId === undefined ? undefined : await assetOf(deps, tenantId, customerId, body.assetId);
  if (body.locationId !== undefined) await checkLocation(deps, tenantId, customerId, body.locationId);
  return {
    id: ids.next(),
    customerId,
    assetId: body.assetId,
    // Where the device is, unless they say otherwise.
    locationId: body.locationId ?? asset?.locationId,
    createdByUserId: userId,
    title: body.title,
    description: body.description,
    category: body.category,
    priority: body.priority,
    source: body.source ?? (caller.customerId === undefined ? 'INTERNAL' : 'PORTAL'),
    policy: (await planPolicyOf(deps, tenantId, asset?.servicePlanId, now)) ?? priorityPolicy(body.priority),
    words: ticketSearchWords(body, customer, asset),
  };
};

/** Opens a ticket, given to the best technician in the same write; with nobody free it waits in the queue. */
export const openTicket = (
  deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'assetLookup' | 'rulesOf' | 'assigner' | 'queue' | 'attachFiles'> &
    BookingDeps &
    Pick<AppointmentDeps, 'planner' | 'rules'>,
) => {
  const { tickets, replicas, rulesOf, assigner, queue, attachFiles } = deps;
  return async (call: Call<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId } = caller;
    refuseDeskFields(caller, body);
    refusePreference(body, now);
    const [described, rules] = [await describe(deps, call), await rulesOf(tenantId)];
    const stamp = stampOf(call);
    const choice = await assigner.pick(tenantId, { ...described, declinedBy: [] }, now);
    const year = DateTime.fromJSDate(now, { zone: rules.timeZone }).toFormat('yyyy');
    const subject = { type: 'TICKET' as const, id: described.id, activityId: stamp.activityIds[FILES_ENTRY] as string, isInternal: false };
    const request = { tenantId, userId: caller.userId, ids: body.attachmentIds, subject, now };
    const ticket = await attachFiles(request, (files) => {
      const opening: Opening = { ...described, choice, files };
      const make = (sequence: number): TicketDraft => open(opening, ticketNumberOf(year, sequence), stamp, rules);
      return tickets.in(tenantId).insertNumbered(year, make, openEvents(stamp));
    }).catch(async (error: unknown) => {
      await assigner.align(tenantId, described.id, [choice?.technicianId]);
      throw error;
    });
    // Repeated under its Idempotency-Key the stored ticket may have another assignee than was chosen just now.
    if (choice !== undefined && ticket.assignedToUserId !== choice.technicianId)
      await assigner.align(tenantId, ticket.id, [choice.technicianId]);
    if (ticket.queuedAs !== undefined) queue.offer(tenantId, ticket);
    const preferred = await bookPreferred(deps, call, workOfTicket(ticket), body);
    return created(`/tickets/${ticket.id}`, { ...(await viewTicket(replicas, caller, ticket)), ...preferred });
  };
};
