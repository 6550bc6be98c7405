import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentRescheduled,
  AppointmentStatusChanged,
} from '@riparo/shared/contracts/appointments.events';
import type { AssetEventV1 } from '@riparo/shared/contracts/assets.events';
import { ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import {
  RegistrationApproved,
  RegistrationRejected,
  SettingsChanged,
  UserRegistered,
  UserRemoved,
  UserUpdated,
  type CustomerEventV1,
  type SettingsChangedV1,
  type UserEventV1,
} from '@riparo/shared/contracts/auth.events';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairEstimateChanged,
  RepairPaid,
  RepairPaymentWaived,
  RepairReady,
  RepairReceived,
  RepairRefused,
  RepairReplied,
  RepairStatusChanged,
  RepairUpdated,
} from '@riparo/shared/contracts/repairs.events';
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
  TicketUpdated,
  type TicketMergedV1,
  type TicketUnmergedV1,
} from '@riparo/shared/contracts/tickets.events';
import { RepairAbandoned, RepairPickupNoticeDue, RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import { ReportReady } from '@riparo/shared/contracts/reports.events';
import { WorkReportApproved, WorkReportClosed, WorkReportDisputed } from '@riparo/shared/contracts/work-reports.events';
import { notifyReportApproved, notifyReportClosed, notifyReportDisputed } from './notification/work-report-notices.js';
import { InvoiceIssued } from '@riparo/shared/contracts/invoices.events';
import { PaymentRejected, PaymentToVerify, PaymentVerified } from '@riparo/shared/contracts/incoming-payments.events';
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
import { assetEvents, customerEvents } from '@riparo/shared/contracts/topology';
import { on, onEach, type EventHandler, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';
import {
  notifyBooked,
  notifyCancelled,
  notifyMoved,
  notifyProgress,
  notifyReminder,
  notifyReplanning,
} from './notification/appointment-notices.js';
import { notifyAbandoned, notifyPickup } from './notification/pickup-notices.js';
import { notifyInvoiceIssued } from './notification/invoice-notices.js';
import { notifyReportReady } from './notification/report-notices.js';
import { onNotifiableEvent } from './notification/on-notifiable-event.js';
import {
  notifyCollected,
  notifyCompleted,
  notifyEstimate,
  notifyPaid,
  notifyPaymentRejected,
  notifyPaymentToVerify,
  notifyReady,
  notifyReceived,
  notifyRefunded,
  notifyRefused,
  notifyRepairAssigned,
  notifyRepairReplied,
  notifyRepairStatus,
} from './notification/repair-notices.js';
import {
  notifyLowStock,
  notifyQuoteAccepted,
  notifyQuoteDeclined,
  notifyQuoteExpired,
  notifyQuoteReminder,
  notifyQuoteSent,
  notifyQuoteWithdrawn,
} from './notification/quote-notices.js';
import {
  notifyApproved,
  notifyAssigned,
  notifyClosed,
  notifyMerged,
  notifyDueSoon,
  notifyOpened,
  notifyOverdue,
  notifyPlanExpiring,
  notifyRated,
  notifyRejected,
  notifyReplied,
  notifyResolved,
  notifyStatusChanged,
  notifyUnassigned,
  notifyUnmerged,
} from './notification/ticket-notices.js';
import { passedOn } from './webhook/delivery/enqueue.js';
import { onSwitchedOff } from './webhook/on-switched-off.js';

/** One handler after the other; each can run twice, so a fault in the second repeats the first harmlessly. */
const both =
  <D>(first: EventHandler<D>, second: EventHandler<D>): EventHandler<D> =>
  async (event, delivery) => {
    await first(event, delivery);
    await second(event, delivery);
  };

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => {
  const notify = onNotifiableEvent(deps);
  const user = follow(deps.users, ({ user }: UserEventV1) => user);
  const customer = follow(deps.customers, ({ customer }: CustomerEventV1) => customer);
  const asset = follow(deps.assets, ({ asset }: AssetEventV1) => ({ friendlyName: asset.friendlyName }));
  const merged = follow(deps.mergedTickets, ({ ticket, into }: TicketMergedV1) => ({
    intoId: into.id,
    authorUserId: ticket.createdByUserId,
  }));
  const unmerged = follow(deps.mergedTickets, ({ ticket }: TicketUnmergedV1) => ({ authorUserId: ticket.createdByUserId }));
  return passedOn(deps.webhooks.enqueue, [
    ...onEach([UserRegistered, UserUpdated, UserRemoved], user),
    on(RegistrationApproved, both(user, notify(notifyApproved))),
    on(RegistrationRejected, both(user, notify(notifyRejected))),
    ...onEach(customerEvents, customer),
    on(
      SettingsChanged,
      follow(
        deps.settings,
        ({ settings }: SettingsChangedV1) => settings,
        ({ tenantid }) => tenantid,
      ),
    ),
    ...onEach(assetEvents, asset),
    on(ServicePlanExpiring, notify(notifyPlanExpiring)),
    on(TicketOpened, notify(notifyOpened)),
    on(TicketUpdated, () => Promise.resolve()),
    on(TicketAssigned, notify(notifyAssigned)),
    on(TicketUnassigned, notify(notifyUnassigned)),
    on(TicketReplied, notify(notifyReplied)),
    on(TicketStatusChanged, notify(notifyStatusChanged)),
    on(TicketResolved, notify(notifyResolved)),
    on(TicketClosed, notify(notifyClosed)),
    on(TicketMerged, both(merged, notify(notifyMerged))),
    on(TicketUnmerged, both(unmerged, notify(notifyUnmerged))),
    on(TicketRated, notify(notifyRated)),
    on(TicketSlaDueSoon, notify(notifyDueSoon)),
    on(TicketSlaBreached, notify(notifyOverdue)),
    on(AppointmentBooked, notify(notifyBooked)),
    on(AppointmentRescheduled, notify(notifyMoved)),
    on(AppointmentConfirmed, () => Promise.resolve()),
    on(AppointmentCancelled, notify(notifyCancelled)),
    on(AppointmentStatusChanged, notify(notifyProgress)),
    on(AppointmentReminderDue, notify(notifyReminder)),
    on(AppointmentNeedsReplanning, notify(notifyReplanning)),
    ...repairSubscriptions(deps),
    on(WebhookSwitchedOff, onSwitchedOff(deps)),
  ]);
};

const repairSubscriptions = (deps: Dependencies): readonly Subscription[] => {
  const notify = onNotifiableEvent(deps);
  return [
    on(RepairReceived, notify(notifyReceived)),
    on(RepairUpdated, () => Promise.resolve()),
    on(RepairAssigned, notify(notifyRepairAssigned)),
    on(RepairStatusChanged, notify(notifyRepairStatus)),
    on(RepairEstimateChanged, notify(notifyEstimate)),
    on(RepairCompleted, notify(notifyCompleted)),
    on(RepairRefused, notify(notifyRefused)),
    on(RepairReady, notify(notifyReady)),
    on(RepairPaid, notify(notifyPaid)),
    // Between the customer and the desk; what is ready says what is left to pay.
    on(RepairPaymentWaived, () => Promise.resolve()),
    on(RepairCollected, notify(notifyCollected)),
    on(RepairReplied, notify(notifyRepairReplied)),
    on(RepairPickupNoticeDue, notify(notifyPickup)),
    on(RepairAbandoned, notify(notifyAbandoned)),
    on(QuoteSent, notify(notifyQuoteSent)),
    on(QuoteReminderDue, notify(notifyQuoteReminder)),
    on(QuoteAccepted, notify(notifyQuoteAccepted)),
    on(QuoteDeclined, notify(notifyQuoteDeclined)),
    on(QuoteExpired, notify(notifyQuoteExpired)),
    on(QuoteWithdrawn, notify(notifyQuoteWithdrawn)),
    on(RepairRefunded, notify(notifyRefunded)),
    on(PaymentToVerify, notify(notifyPaymentToVerify)),
    // The repair tells of it, as of every payment.
    on(PaymentVerified, () => Promise.resolve()),
    on(PaymentRejected, notify(notifyPaymentRejected)),
    on(PartLowOnStock, notify(notifyLowStock)),
    on(InvoiceIssued, notify(notifyInvoiceIssued)),
    on(WorkReportClosed, notify(notifyReportClosed)),
    on(WorkReportApproved, notify(notifyReportApproved)),
    on(WorkReportDisputed, notify(notifyReportDisputed)),
    on(ReportReady, notify(notifyReportReady)),
  ];
};
