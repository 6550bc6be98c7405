import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentRescheduled,
  AppointmentStatusChanged,
  AppointmentVehicleChanged,
} from './appointments.events.js';
import {
  CustomerClosed,
  CustomerCreated,
  CustomerUpdated,
  RegistrationApproved,
  RegistrationRejected,
  SessionsRevoked,
  SettingsChanged,
  UserRegistered,
  UserRemoved,
  UserUpdated,
} from './auth.events.js';
import {
  AssetRegistered,
  AssetRetired,
  AssetUpdated,
  LocationAdded,
  LocationRemoved,
  LocationUpdated,
  ServicePlanCancelled,
  ServicePlanCreated,
  ServicePlanExpired,
  ServicePlanExpiring,
  ServicePlanUpdated,
} from './assets.events.js';
import type { EventContract } from './event.js';
import { RepairNoted, TicketNoted } from './notes.events.js';
import { AddressCleared, AddressFailed, PickupNoticeSettled, WebhookSwitchedOff } from './notifications.events.js';
import { PaymentRejected, PaymentToVerify, PaymentVerified } from './incoming-payments.events.js';
import { InvoiceIssued, InvoiceUpdated } from './invoices.events.js';
import { PartAdded, PartLowOnStock, PartRetired, PartUpdated, ReservationChanged, StockMoved } from './parts.events.js';
import { QuoteAccepted, QuoteDeclined, QuoteExpired, QuoteReminderDue, QuoteSent, QuoteWithdrawn } from './quotes.events.js';
import { RepairAbandoned, RepairPickupNoticeDue, RepairRefunded, RepairStorageCharged } from './repair-money.events.js';
import { ReportReady } from './reports.events.js';
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
} from './repairs.events.js';
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
  TicketsLinked,
  TicketStatusChanged,
  TicketsUnlinked,
  TicketUnassigned,
  TicketUnmerged,
  TicketUpdated,
} from './tickets.events.js';
import { VehicleAdded, VehicleRetired, VehicleUpdated } from './vehicles.events.js';
import { WorkReportApproved, WorkReportClosed, WorkReportDiscarded, WorkReportDisputed, WorkReportStarted } from './work-reports.events.js';

/** Groups of events that consumers mostly want together; `onEach` subscribes to a whole group. */
export const userEvents = [UserRegistered, UserUpdated, UserRemoved, RegistrationApproved, RegistrationRejected];
export const customerEvents = [CustomerCreated, CustomerUpdated, CustomerClosed];
export const locationEvents = [LocationAdded, LocationUpdated, LocationRemoved];
export const assetEvents = [AssetRegistered, AssetUpdated, AssetRetired];
/** Events that change what a plan promises. */
export const planPromiseEvents = [ServicePlanCreated, ServicePlanUpdated, ServicePlanCancelled, ServicePlanExpired];
/** `ServicePlanExpiring` is apart: the announcement that a plan is about to end changes no promise. */
export const servicePlanEvents = [...planPromiseEvents, ServicePlanExpiring];
export const ticketEvents = [
  TicketOpened,
  TicketUpdated,
  TicketAssigned,
  TicketUnassigned,
  TicketReplied,
  TicketStatusChanged,
  TicketResolved,
  TicketClosed,
  TicketMerged,
  TicketUnmerged,
];

export const ticketLinkEvents = [TicketsLinked, TicketsUnlinked];
/** Internal notes: live updates tell staff of them, and nobody else learns of them. */
export const noteEvents = [TicketNoted, RepairNoted];

export const ticketClockEvents = [TicketSlaDueSoon, TicketSlaBreached];

export const appointmentEvents = [
  AppointmentBooked,
  AppointmentRescheduled,
  AppointmentConfirmed,
  AppointmentCancelled,
  AppointmentStatusChanged,
];
export const appointmentReminderEvents = [AppointmentReminderDue, AppointmentNeedsReplanning];

/** Events about the progress of a repair. */
export const repairEvents = [
  RepairReceived,
  RepairUpdated,
  RepairAssigned,
  RepairStatusChanged,
  RepairEstimateChanged,
  RepairCompleted,
  RepairRefused,
  RepairCollected,
];
/** Events about the payment of a repair, and replies to it. */
export const repairPaymentEvents = [RepairReady, RepairPaid, RepairPaymentWaived, RepairReplied];

/** What becomes of the money and of the device after the work. */
export const repairAftermathEvents = [RepairRefunded, RepairStorageCharged, RepairPickupNoticeDue, RepairAbandoned];

/** Events about the catalogue of parts; what lies on the shelf is told by `StockMoved` and `ReservationChanged`. */
export const partEvents = [PartAdded, PartUpdated, PartRetired];

/** Events about the centre's vehicles. */
export const vehicleEvents = [VehicleAdded, VehicleUpdated, VehicleRetired];

/** Events about reports of work, from the start to the customer's answer. */
export const workReportEvents = [WorkReportStarted, WorkReportClosed, WorkReportApproved, WorkReportDisputed, WorkReportDiscarded];

/** Events that change what a quote is worth. `QuoteReminderDue` is apart: a reminder changes nothing. */
export const quoteEvents = [QuoteSent, QuoteAccepted, QuoteDeclined, QuoteExpired, QuoteWithdrawn];

export const incomingPaymentEvents = [PaymentToVerify, PaymentVerified, PaymentRejected];

/** Whether mails can go to an address. */
export const addressEvents = [AddressFailed, AddressCleared];

const types = (...groups: readonly (readonly { readonly type: string }[])[]): readonly string[] => groups.flat().map((event) => event.type);

/**
 * Which service consumes which events. Every process declares all queues of this table, so that the broker keeps an
 * event for a consumer that has never run yet. A service's `subscriptions.ts` must name exactly these events, or the
 * service refuses to start.
 */
export const TOPOLOGY = {
  // Staff see at a user and at a customer that mails to the address fail.
  auth: types([SessionsRevoked], addressEvents),
  tickets: types(
    userEvents,
    customerEvents,
    [SettingsChanged, SessionsRevoked],
    locationEvents,
    assetEvents,
    planPromiseEvents,
    // Own events: a link is written into the timelines of both tickets.
    ticketLinkEvents,
    // Appointments are written into timelines; and a resolved ticket or a finished repair needs no appointment any more.
    [TicketResolved, TicketClosed, RepairStatusChanged],
    appointmentEvents,
    [AppointmentNeedsReplanning, AppointmentVehicleChanged],
    // Visits are booked with vehicles.
    vehicleEvents,
    // A repair waits for its quote and for its parts, and lists the documents that were issued for it.
    quoteEvents,
    [ReservationChanged, InvoiceIssued],
    // Whether the mail about a device that waits reached anybody.
    [PickupNoticeSettled],
    // Own events: what becomes of a report is written into the timeline of its ticket or repair.
    workReportEvents,
  ),
  // Own device events too: the history of a device is made from them.
  // What an accepted quote needs is reserved. Visits and their reports tell who drove which vehicle, and which parts were used.
  assets: types(
    userEvents,
    customerEvents,
    [SettingsChanged, SessionsRevoked, QuoteAccepted],
    assetEvents,
    ticketEvents,
    appointmentEvents,
    [AppointmentVehicleChanged],
    repairEvents,
    workReportEvents,
  ),
  billing: types(
    userEvents,
    customerEvents,
    [SettingsChanged, SessionsRevoked],
    repairEvents,
    repairPaymentEvents,
    repairAftermathEvents,
    ticketEvents,
    partEvents,
  ),
  // Asset events give the names of devices for mails.
  notifications: types(
    userEvents,
    customerEvents,
    [SettingsChanged, SessionsRevoked, TicketRated, ServicePlanExpiring],
    ticketClockEvents,
    assetEvents,
    ticketEvents,
    appointmentEvents,
    appointmentReminderEvents,
    repairEvents,
    repairPaymentEvents,
    quoteEvents,
    [QuoteReminderDue, PartLowOnStock, RepairRefunded, RepairPickupNoticeDue, RepairAbandoned, InvoiceIssued],
    incomingPaymentEvents,
    [WorkReportClosed, WorkReportApproved, WorkReportDisputed],
    [ReportReady],
    // Webhooks pass these on, and live updates show what some of them change.
    locationEvents,
    planPromiseEvents,
    ticketLinkEvents,
    partEvents,
    vehicleEvents,
    noteEvents,
    [AppointmentVehicleChanged, RepairStorageCharged, StockMoved, InvoiceUpdated, WorkReportStarted, WorkReportDiscarded],
    // Own event: administrators are told.
    [WebhookSwitchedOff],
  ),
  reports: types(
    userEvents,
    // Customers by name.
    customerEvents,
    // Devices: how many there are of a model, and what a ticket is about.
    assetEvents,
    // What was found and done becomes knowledge.
    [WorkReportApproved],
    [SettingsChanged, SessionsRevoked, TicketRated, StockMoved, InvoiceIssued, InvoiceUpdated],
    ticketEvents,
    repairEvents,
    repairPaymentEvents,
    repairAftermathEvents,
    quoteEvents,
  ),
} as const satisfies Record<string, readonly string[]>;

export type ServiceName = keyof typeof TOPOLOGY;

/** Every published event, for the generated event reference. */
export const ALL_EVENTS = [
  ...userEvents,
  SessionsRevoked,
  ...customerEvents,
  SettingsChanged,
  ...locationEvents,
  ...assetEvents,
  ...servicePlanEvents,
  ...ticketEvents,
  TicketRated,
  ...ticketLinkEvents,
  ...ticketClockEvents,
  ...appointmentEvents,
  AppointmentVehicleChanged,
  ...appointmentReminderEvents,
  ...repairEvents,
  ...repairPaymentEvents,
  ...noteEvents,
  ...partEvents,
  PartLowOnStock,
  StockMoved,
  ReservationChanged,
  ...vehicleEvents,
  ...workReportEvents,
  ...quoteEvents,
  QuoteReminderDue,
  ...repairAftermathEvents,
  InvoiceIssued,
  InvoiceUpdated,
  ...incomingPaymentEvents,
  PickupNoticeSettled,
  WebhookSwitchedOff,
  ...addressEvents,
  ReportReady,
] as unknown as readonly EventContract<unknown>[];
