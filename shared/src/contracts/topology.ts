import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentReminderDue,
  AppointmentRescheduled,
  AppointmentStatusChanged,
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

const users = [UserRegistered, UserUpdated, UserRemoved, RegistrationApproved, RegistrationRejected];
const customers = [CustomerCreated, CustomerUpdated, CustomerClosed];
const locations = [LocationAdded, LocationUpdated, LocationRemoved];
const assets = [AssetRegistered, AssetUpdated, AssetRetired];
const servicePlans = [ServicePlanCreated, ServicePlanUpdated, ServicePlanCancelled, ServicePlanExpired, ServicePlanExpiring];
const tickets = [
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

const ticketLinks = [TicketsLinked, TicketsUnlinked];
const ticketClocks = [TicketSlaDueSoon, TicketSlaBreached];

const appointments = [AppointmentBooked, AppointmentRescheduled, AppointmentConfirmed, AppointmentCancelled, AppointmentStatusChanged];
const appointmentCare = [AppointmentReminderDue, AppointmentNeedsReplanning];

/** How far a repair is. */
const repairs = [
  RepairReceived,
  RepairUpdated,
  RepairAssigned,
  RepairStatusChanged,
  RepairEstimateChanged,
  RepairCompleted,
  RepairRefused,
  RepairCollected,
];
/** What is said and paid about it. */
const repairDealings = [RepairReady, RepairPaid, RepairPaymentWaived, RepairReplied];

const types = (...groups: readonly (readonly { readonly type: string }[])[]): readonly string[] => groups.flat().map((event) => event.type);

/**
 * Which service wants which events. Every process declares all of it, so that an event published before its consumer
 * has ever run is kept for it. A service's `subscriptions.ts` must name exactly these, or it refuses to start.
 */
export const TOPOLOGY = {
  auth: types([SessionsRevoked]),
  tickets: types(
    users,
    customers,
    [SettingsChanged, SessionsRevoked],
    locations,
    assets,
    // What a plan promises; that one is about to end changes no promise.
    [ServicePlanCreated, ServicePlanUpdated, ServicePlanCancelled, ServicePlanExpired],
    // Its own: both timelines are told of a link.
    ticketLinks,
    // Timelines tell of appointments, and a ticket or a repair that is done needs none any more.
    [TicketResolved, TicketClosed, RepairStatusChanged],
    appointments,
    [AppointmentNeedsReplanning],
  ),
  // Its own device events too: the history of a device is made from them.
  assets: types(users, customers, [SettingsChanged, SessionsRevoked], assets, tickets, appointments, repairs),
  // Devices for their names in mails.
  notifications: types(
    users,
    customers,
    [SettingsChanged, SessionsRevoked, TicketRated, ServicePlanExpiring],
    ticketClocks,
    assets,
    tickets,
    appointments,
    appointmentCare,
    repairs,
    repairDealings,
  ),
  reports: types(users, [SettingsChanged, SessionsRevoked, TicketRated], tickets, repairs, repairDealings),
} as const satisfies Record<string, readonly string[]>;

export type ServiceName = keyof typeof TOPOLOGY;

/** Every published event, for the generated reference. */
export const ALL_EVENTS = [
  ...users,
  SessionsRevoked,
  ...customers,
  SettingsChanged,
  ...locations,
  ...assets,
  ...servicePlans,
  ...tickets,
  TicketRated,
  ...ticketLinks,
  ...ticketClocks,
  ...appointments,
  ...appointmentCare,
  ...repairs,
  ...repairDealings,
] as unknown as readonly EventContract<unknown>[];
