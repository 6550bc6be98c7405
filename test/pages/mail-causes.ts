import { randomUUID } from 'node:crypto';
import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentRescheduled,
  AppointmentStatusChanged,
} from '@riparo/shared/contracts/appointments.events';
import { ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import type { EventContract, EventEnvelope } from '@riparo/shared/contracts/event';
import { PaymentRejected, PaymentToVerify } from '@riparo/shared/contracts/incoming-payments.events';
import { InvoiceIssued } from '@riparo/shared/contracts/invoices.events';
import { WebhookSwitchedOff } from '@riparo/shared/contracts/notifications.events';
import { PartLowOnStock } from '@riparo/shared/contracts/parts.events';
import {
  QuoteAccepted,
  QuoteDeclined,
  QuoteExpired,
  QuoteReminderDue,
  QuoteSent,
  QuoteWithdrawn,
} from '@riparo/shared/contracts/quotes.events';
import { RepairAbandoned, RepairPickupNoticeDue, RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairEstimateChanged,
  RepairPaid,
  RepairReady,
  RepairReceived,
  RepairRefused,
  RepairReplied,
  RepairStatusChanged,
} from '@riparo/shared/contracts/repairs.events';
import { ReportReady } from '@riparo/shared/contracts/reports.events';
import {
  TicketAssigned,
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketRated,
  TicketReplied,
  TicketResolved,
  TicketSlaBreached,
  TicketSlaDueSoon,
  TicketStatusChanged,
  TicketUnassigned,
  TicketUnmerged,
} from '@riparo/shared/contracts/tickets.events';
import { WorkReportApproved, WorkReportClosed, WorkReportDisputed } from '@riparo/shared/contracts/work-reports.events';
import type { MailWorld } from './mail-world.js';

/** As old as can be: whoever keeps copies of things keeps theirs. */
const OLDEST = 1;

const cause = <T>(contract: EventContract<T>, subject: string, data: T): EventEnvelope => ({
  specversion: '1.0',
  id: `${randomUUID()}.${OLDEST}.0`,
  source: `/riparo/${contract.type.split('.')[1] ?? ''}`,
  type: contract.type,
  subject,
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  tenantid: 'default',
  aggregateversion: OLDEST,
  data,
});

type Causes = readonly EventEnvelope[];

const ofTickets = ({ ticket, engineerId, adminId }: MailWorld): Causes => {
  const { id, ticketNumber } = ticket;
  const assigned = { ...ticket, assignedToUserId: engineerId };
  const said = { ticket: assigned, activityId: randomUUID(), body: 'Please look.' };
  const other = { id: randomUUID(), ticketNumber: 'TKT-2026-777' };
  return [
    cause(TicketOpened, id, { ticket }),
    cause(TicketAssigned, id, { ticket: assigned, previousUserId: adminId }),
    cause(TicketUnassigned, id, { ticket, previousUserId: engineerId }),
    cause(TicketReplied, id, { ...said, byCustomer: false, actorUserId: engineerId }),
    cause(TicketReplied, id, { ...said, byCustomer: true }),
    cause(TicketStatusChanged, id, { ticket, from: 'OPEN', to: 'IN_PROGRESS', actorUserId: engineerId }),
    cause(TicketResolved, id, { ticket, from: 'IN_PROGRESS', to: 'RESOLVED', actorUserId: engineerId }),
    cause(TicketClosed, id, { ticket, from: 'RESOLVED', to: 'CLOSED', actorUserId: engineerId }),
    cause(TicketMerged, other.id, {
      ticket: { ...ticket, ...other },
      into: { id, ticketNumber },
      previousUserId: engineerId,
      actorUserId: adminId,
    }),
    cause(TicketUnmerged, other.id, { ticket: { ...ticket, ...other }, from: { id, ticketNumber }, actorUserId: adminId }),
    cause(TicketRated, id, { ticket: assigned, score: 1 }),
    cause(TicketSlaDueSoon, id, { ticket: assigned, clock: 'RESPONSE' }),
    cause(TicketSlaBreached, id, { ticket: assigned, clock: 'RESPONSE' }),
  ];
};

const ofAppointments = ({ appointment, engineerId, adminId }: MailWorld): Causes => {
  const { id, scheduledStartAt, scheduledEndAt } = appointment;
  const mine = { ...appointment, technicianId: engineerId };
  const from = {
    scheduledStartAt: new Date(Date.parse(scheduledStartAt) - 60_000).toISOString(),
    scheduledEndAt,
    technicianId: engineerId,
  };
  const cancellation = { kind: 'STAFF' as const, at: new Date().toISOString() };
  return [
    cause(AppointmentBooked, id, { appointment: mine, actorUserId: adminId }),
    cause(AppointmentRescheduled, id, { appointment: mine, from, actorUserId: adminId }),
    cause(AppointmentCancelled, id, { appointment: { ...mine, cancellation }, actorUserId: adminId }),
    cause(AppointmentStatusChanged, id, { appointment: mine, from: 'SCHEDULED', to: 'IN_TRANSIT' }),
    cause(AppointmentStatusChanged, id, { appointment: mine, from: 'IN_PROGRESS', to: 'COMPLETED' }),
    cause(AppointmentReminderDue, id, { appointment: mine, kind: 'DAY' }),
    cause(AppointmentNeedsReplanning, id, { appointment: mine, reason: 'TIME_OFF', technicianId: engineerId }),
  ];
};

const ofRepairs = ({ repair, engineerId, adminId }: MailWorld): Causes => {
  const { id, amountDue } = repair;
  const mine = { ...repair, assignedToUserId: engineerId };
  const at = new Date().toISOString();
  const money = { id: randomUUID(), method: 'CARD' as const, amount: amountDue };
  const said = { repair: mine, at, activityId: randomUUID(), body: 'Please look.' };
  const status = { repair: mine, at, actorUserId: adminId };
  const days = { readyOn: '2026-03-06', givenUpAfter: '2026-06-04', storageFee: amountDue };
  return [
    cause(RepairReceived, id, { repair: { ...repair, source: 'PORTAL' }, at }),
    cause(RepairAssigned, id, { repair: mine, at, actorUserId: adminId }),
    cause(RepairAssigned, id, { repair: { ...repair, assignedToUserId: adminId }, at, previousUserId: engineerId, actorUserId: adminId }),
    cause(RepairStatusChanged, id, { ...status, from: 'PENDING', to: 'IN_PROGRESS' }),
    cause(RepairStatusChanged, id, { ...status, from: 'IN_PROGRESS', to: 'DELAYED' }),
    cause(RepairStatusChanged, id, { ...status, from: 'AWAITING_PARTS', to: 'IN_PROGRESS', cause: 'PARTS' }),
    cause(RepairStatusChanged, id, { ...status, from: 'PENDING', to: 'CANCELED' }),
    cause(RepairEstimateChanged, id, { repair: { ...repair, estimatedCompletionAt: at }, at }),
    cause(RepairCompleted, id, { repair: mine, at, actorUserId: engineerId }),
    cause(RepairRefused, id, { repair: mine, at, actorUserId: engineerId }),
    cause(RepairReady, id, { repair, at }),
    cause(RepairPaid, id, { repair, at, payment: money }),
    cause(RepairRefunded, id, { repair, at, refund: { ...money, kind: 'OVERPAYMENT', reason: 'Paid twice' } }),
    cause(RepairCollected, id, { repair, at }),
    cause(RepairReplied, id, { ...said, byCustomer: false, actorUserId: engineerId }),
    cause(RepairReplied, id, { ...said, byCustomer: true }),
    cause(RepairPickupNoticeDue, id, { repair, at, notice: 1, isLast: false, ...days }),
    cause(RepairAbandoned, id, { repair, at, reason: 'Nobody came', requestedByUserId: adminId, approvedByUserId: engineerId }),
  ];
};

const ofPapers = ({ quote, invoice, workReport, repair, engineerId }: MailWorld): Causes => {
  const at = new Date().toISOString();
  const { id: repairId, number: repairNumber, customerId, contactUserId, amountDue: amount } = repair;
  const payer = contactUserId === undefined ? { customerId } : { customerId, contactUserId };
  const payment = { id: randomUUID(), repairId, repairNumber, ...payer, method: 'BANK_TRANSFER' as const, amount };
  const made = { ...quote, createdByUserId: engineerId };
  const worked = { ...workReport, technicianIds: [engineerId] };
  return [
    ...[QuoteSent, QuoteReminderDue, QuoteAccepted, QuoteDeclined, QuoteExpired, QuoteWithdrawn].map((contract) =>
      cause(contract, quote.id, { quote: made, at }),
    ),
    cause(InvoiceIssued, invoice.id, { invoice, at }),
    ...[WorkReportClosed, WorkReportApproved, WorkReportDisputed].map((contract) =>
      cause(contract, workReport.id, { workReport: worked, at }),
    ),
    cause(PaymentToVerify, payment.id, { payment: { ...payment, status: 'TO_VERIFY' }, at }),
    cause(PaymentRejected, payment.id, { payment: { ...payment, status: 'REJECTED', reason: 'Not found' }, at }),
  ];
};

const ofTheHouse = ({ adminId, holder, quote }: MailWorld): Causes => {
  const [at, planId, id] = [new Date().toISOString(), randomUUID(), randomUUID()];
  const { customerId } = holder;
  const plan = { id: planId, customerId, name: 'Office care', planType: 'BASIC', coverageLevel: 'REMOTE_ONLY', status: 'ACTIVE' } as const;
  const part = {
    id,
    sku: 'LCD-14',
    name: 'Display',
    salePrice: quote.total,
    vatRate: 22,
    active: true,
    onHand: 1,
    reserved: 0,
    available: 1,
  };
  const report = {
    schedule: { id, every: 'WEEK' },
    report: 'tickets',
    fileId: id,
    fileName: 'tickets.csv',
    size: 10,
    recipients: [adminId],
    at,
  } as const;
  return [
    cause(ServicePlanExpiring, planId, { servicePlan: { ...plan, startDate: '2026-01-01', endDate: '2026-12-31' }, daysLeft: 30 }),
    cause(PartLowOnStock, id, { part, at }),
    cause(ReportReady, id, report),
    cause(WebhookSwitchedOff, id, { webhook: { id, host: 'erp.example.com' }, reason: 'GONE', at }),
  ];
};

/** The same things as if they were those of the customer who can sign in. */
const ofHolder = (world: MailWorld): MailWorld => {
  const { customerId, userId } = world.holder;
  const theirs = { customerId, contactUserId: userId };
  return {
    ...world,
    ticket: { ...world.ticket, customerId, createdByUserId: userId },
    appointment: { ...world.appointment, ...theirs },
    repair: { ...world.repair, ...theirs },
    quote: { ...world.quote, ...theirs },
    invoice: { ...world.invoice, ...theirs },
    workReport: { ...world.workReport, ...theirs },
  };
};

/** Every event that mails are written for, about a customer without an account and about one who can sign in. */
export const causesIn = (world: MailWorld): Causes => [
  ...[world, ofHolder(world)].flatMap((each) => [...ofTickets(each), ...ofAppointments(each), ...ofRepairs(each), ...ofPapers(each)]),
  ...ofTheHouse(world),
];
