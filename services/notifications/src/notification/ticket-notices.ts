import type { ServicePlanExpiringV1 } from '@riparo/shared/contracts/assets.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { compact } from '@riparo/shared/json/compact';
import type { RegistrationRejectedV1, UserEventV1 } from '@riparo/shared/contracts/auth.events';
import type {
  PublishedTicket,
  TicketAssignedV1,
  TicketEventV1,
  TicketMergedV1,
  TicketRatedV1,
  TicketRepliedV1,
  TicketSlaV1,
  TicketStatusChangedV1,
  TicketUnmergedV1,
} from '@riparo/shared/contracts/tickets.events';
import type { TemplateKey } from '../template/template.js';
import type { PickupNoticeRef, Target } from './notification.js';

/** Who is to be told what because of an event. `purpose` is unique within the event: it makes the notice happen once. */
export interface Notice {
  readonly purpose: string;
  readonly template: TemplateKey;
  readonly targets: readonly Target[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly pickupNotice?: PickupNoticeRef;
}

const user = (userId: string): Target => ({ kind: 'user', userId });

const ticketData = ({
  id,
  ticketNumber,
  title,
  priority,
  assetId,
  customerId,
  assignedToUserId,
}: PublishedTicket): Record<string, unknown> => ({
  ticketNumber,
  title,
  priority,
  customerId,
  ...(assetId === undefined ? {} : { assetId }),
  ...(assignedToUserId === undefined ? {} : { technicianUserId: assignedToUserId }),
  path: `/tickets/${id}`,
});

const toCustomer = (ticket: PublishedTicket, template: TemplateKey, more: Record<string, unknown> = {}): Notice => ({
  purpose: 'customer',
  template,
  targets: [{ kind: 'customer', customerId: ticket.customerId, authorUserId: ticket.createdByUserId }],
  data: { ...ticketData(ticket), ...more },
});

/** To the customer, and to whoever had asked the same in a ticket that was merged into this one. `except` did it, and knows. */
const toAllWhoAsked = (ticket: PublishedTicket, template: TemplateKey, more: Record<string, unknown> = {}, except?: string): Notice => ({
  ...toCustomer(ticket, template, more),
  targets: [
    compact({
      kind: 'customer' as const,
      customerId: ticket.customerId,
      authorUserId: ticket.createdByUserId,
      ticketId: ticket.id,
      exceptUserId: except,
    }),
  ],
});

const toTechnician = (
  purpose: string,
  userId: string,
  ticket: PublishedTicket,
  template: TemplateKey,
  more: Record<string, unknown> = {},
): Notice => ({
  purpose,
  template,
  targets: [user(userId)],
  data: { ...ticketData(ticket), ...more },
});

const DESK: Target = { kind: 'desk' };

/** To the assignee. A ticket that nobody has, or somebody who cannot act any more, is the desk's to look after. */
const toStaff = (ticket: PublishedTicket, template: TemplateKey, more: Record<string, unknown> = {}): Notice => ({
  purpose: 'technician',
  template,
  targets: [ticket.assignedToUserId === undefined ? DESK : { kind: 'desk', standsInFor: ticket.assignedToUserId }],
  data: { ...ticketData(ticket), ...more },
});

export type NoticesOf<T> = (event: EventEnvelope<T>) => readonly Notice[];

export const notifyApproved: NoticesOf<UserEventV1> = ({ data }) => [
  { purpose: 'person', template: 'registration-approved', targets: [user(data.user.id)], data: { name: data.user.name, path: '/' } },
];

export const notifyRejected: NoticesOf<RegistrationRejectedV1> = ({ data }) => [
  {
    purpose: 'person',
    template: 'registration-rejected',
    targets: [user(data.user.id)],
    data: { name: data.user.name, reason: data.reason },
  },
];

export const notifyOpened: NoticesOf<TicketEventV1> = ({ data: { ticket } }) => [toCustomer(ticket, 'ticket-opened')];

/** Nobody is told of what they did themselves, except that opening a ticket is confirmed. */
export const notifyAssigned: NoticesOf<TicketAssignedV1> = ({ data: { ticket, previousUserId, actorUserId } }) => {
  const technician = ticket.assignedToUserId;
  const notices = [toCustomer(ticket, 'ticket-assigned-customer')];
  if (technician !== undefined && technician !== actorUserId) {
    notices.push(toTechnician('technician', technician, ticket, 'ticket-assigned-technician'));
  }
  return [...notices, ...notifyPrevious(ticket, previousUserId, actorUserId)];
};

const notifyPrevious = (ticket: PublishedTicket, previousUserId?: string, actorUserId?: string): readonly Notice[] =>
  previousUserId === undefined || previousUserId === actorUserId || previousUserId === ticket.assignedToUserId
    ? []
    : [toTechnician('previous-technician', previousUserId, ticket, 'ticket-unassigned-technician')];

export const notifyUnassigned: NoticesOf<TicketAssignedV1> = ({ data: { ticket, previousUserId, actorUserId } }) =>
  notifyPrevious(ticket, previousUserId, actorUserId);

export const notifyReplied: NoticesOf<TicketRepliedV1> = ({ data: { ticket, byCustomer, body, actorUserId } }) => {
  const more = { reply: body, ...(actorUserId === undefined ? {} : { authorUserId: actorUserId }) };
  if (!byCustomer) return [toAllWhoAsked(ticket, 'ticket-replied-customer', more)];
  return [toStaff(ticket, 'ticket-replied-technician', more)];
};

export const notifyStatusChanged: NoticesOf<TicketStatusChangedV1> = ({ data: { ticket, to, actorUserId } }) => [
  toAllWhoAsked(ticket, 'ticket-status-changed', { status: to }, actorUserId),
];

export const notifyResolved: NoticesOf<TicketStatusChangedV1> = ({ data: { ticket } }) => [
  toAllWhoAsked(ticket, 'ticket-resolved', ticket.resolution === undefined ? {} : { resolution: ticket.resolution }),
];

/** What the link to a rating is made from when the mail is written; nothing where there is nothing to rate. */
const ratable = ({ id, source, ratingScore, closedAt }: PublishedTicket): Record<string, unknown> =>
  source === 'INTERNAL' || ratingScore !== undefined || closedAt === undefined ? {} : { ratingTicketId: id, ratingFrom: closedAt };

export const notifyMerged: NoticesOf<TicketMergedV1> = ({ data: { ticket, into, previousUserId, actorUserId } }) => {
  const more = { into: into.ticketNumber, path: `/tickets/${into.id}` };
  return [
    toCustomer(ticket, 'ticket-merged', more),
    ...(previousUserId === undefined || previousUserId === actorUserId
      ? []
      : [toTechnician('previous-technician', previousUserId, ticket, 'ticket-merged-technician', more)]),
  ];
};

export const notifyUnmerged: NoticesOf<TicketUnmergedV1> = ({ data: { ticket, from, actorUserId } }) => {
  const more = { from: from.ticketNumber };
  const technician = ticket.assignedToUserId;
  return [
    toCustomer(ticket, 'ticket-unmerged', more),
    // Back on their list as if it had been assigned anew.
    ...(technician === undefined || technician === actorUserId
      ? []
      : [toTechnician('technician', technician, ticket, 'ticket-assigned-technician')]),
  ];
};

export const notifyClosed: NoticesOf<TicketStatusChangedV1> = ({ data: { ticket, actorUserId } }) => [
  toAllWhoAsked(ticket, 'ticket-closed', ratable(ticket), actorUserId),
];

export const notifyOverdue: NoticesOf<TicketSlaV1> = ({ data: { ticket, clock } }) => [toStaff(ticket, 'ticket-sla-breached', { clock })];

export const notifyDueSoon: NoticesOf<TicketSlaV1> = ({ data: { ticket, clock } }) => [toStaff(ticket, 'ticket-sla-due-soon', { clock })];

/** From here down a rating is a complaint. */
const BAD_SCORE = 2;

/** The desk, which has to make good, and who did the work. */
export const notifyRated: NoticesOf<TicketRatedV1> = ({ data: { ticket, score, comment } }) => {
  const technician = ticket.resolvedByUserId ?? ticket.assignedToUserId;
  if (score > BAD_SCORE) return [];
  const targets = [DESK, ...(technician === undefined ? [] : [user(technician)])];
  const data = { ...ticketData(ticket), score, ...(comment === undefined ? {} : { comment }) };
  return [{ purpose: 'staff', template: 'ticket-rated-badly', targets, data }];
};

/** To the account holders: a plan has no author. */
export const notifyPlanExpiring: NoticesOf<ServicePlanExpiringV1> = ({ data: { servicePlan, daysLeft } }) => [
  {
    purpose: 'customer',
    template: 'plan-expiring',
    targets: [{ kind: 'customer', customerId: servicePlan.customerId }],
    data: {
      plan: servicePlan.name,
      endDate: servicePlan.endDate,
      daysLeft,
      path: `/service-plans/${servicePlan.id}`,
    },
  },
];
