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
import { AssetRegistered, AssetRetired, AssetUpdated, ServicePlanExpiring } from '@riparo/shared/contracts/assets.events';
import {
  CustomerClosed,
  CustomerCreated,
  CustomerUpdated,
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
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import { tellBooked, tellCancelled, tellMoved, tellProgress, tellReminder, tellReplanning } from './notification/appointment-tellings.js';
import { onTellingEvent, type OnTellingEventDeps } from './notification/on-telling-event.js';
import {
  tellCollected,
  tellCompleted,
  tellEstimate,
  tellPaid,
  tellReady,
  tellReceived,
  tellRefused,
  tellRepairAssigned,
  tellRepairReplied,
  tellRepairStatus,
} from './notification/repair-tellings.js';
import {
  tellApproved,
  tellAssigned,
  tellClosed,
  tellMerged,
  tellDueSoon,
  tellOpened,
  tellOverdue,
  tellPlanExpiring,
  tellRated,
  tellRejected,
  tellReplied,
  tellResolved,
  tellStatusChanged,
  tellUnassigned,
  tellUnmerged,
} from './notification/tellings.js';
import { both, follow } from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (replicas: Replicas, deps: OnTellingEventDeps): readonly Subscription[] => {
  const tell = onTellingEvent(deps);
  const user = follow(replicas.users, ({ user }: UserEventV1) => user);
  const customer = follow(replicas.customers, ({ customer }: CustomerEventV1) => customer);
  const asset = follow(replicas.assets, ({ asset }: AssetEventV1) => ({ friendlyName: asset.friendlyName }));
  const merged = follow(replicas.mergedTickets, ({ ticket, into }: TicketMergedV1) => ({
    intoId: into.id,
    authorUserId: ticket.createdByUserId,
  }));
  const unmerged = follow(replicas.mergedTickets, ({ ticket }: TicketUnmergedV1) => ({ authorUserId: ticket.createdByUserId }));
  return [
    on(UserRegistered, user),
    on(UserUpdated, user),
    on(UserRemoved, user),
    on(RegistrationApproved, both(user, tell(tellApproved))),
    on(RegistrationRejected, both(user, tell(tellRejected))),
    on(CustomerCreated, customer),
    on(CustomerUpdated, customer),
    on(CustomerClosed, customer),
    on(
      SettingsChanged,
      follow(
        replicas.settings,
        ({ settings }: SettingsChangedV1) => settings,
        ({ tenantid }) => tenantid,
      ),
    ),
    on(AssetRegistered, asset),
    on(AssetUpdated, asset),
    on(AssetRetired, asset),
    on(ServicePlanExpiring, tell(tellPlanExpiring)),
    on(TicketOpened, tell(tellOpened)),
    on(TicketUpdated, () => Promise.resolve()),
    on(TicketAssigned, tell(tellAssigned)),
    on(TicketUnassigned, tell(tellUnassigned)),
    on(TicketReplied, tell(tellReplied)),
    on(TicketStatusChanged, tell(tellStatusChanged)),
    on(TicketResolved, tell(tellResolved)),
    on(TicketClosed, tell(tellClosed)),
    on(TicketMerged, both(merged, tell(tellMerged))),
    on(TicketUnmerged, both(unmerged, tell(tellUnmerged))),
    on(TicketRated, tell(tellRated)),
    on(TicketSlaDueSoon, tell(tellDueSoon)),
    on(TicketSlaBreached, tell(tellOverdue)),
    on(AppointmentBooked, tell(tellBooked)),
    on(AppointmentRescheduled, tell(tellMoved)),
    on(AppointmentConfirmed, () => Promise.resolve()),
    on(AppointmentCancelled, tell(tellCancelled)),
    on(AppointmentStatusChanged, tell(tellProgress)),
    on(AppointmentReminderDue, tell(tellReminder)),
    on(AppointmentNeedsReplanning, tell(tellReplanning)),
    ...createRepairSubscriptions(deps),
  ];
};

const createRepairSubscriptions = (deps: OnTellingEventDeps): readonly Subscription[] => {
  const tell = onTellingEvent(deps);
  return [
    on(RepairReceived, tell(tellReceived)),
    on(RepairUpdated, () => Promise.resolve()),
    on(RepairAssigned, tell(tellRepairAssigned)),
    on(RepairStatusChanged, tell(tellRepairStatus)),
    on(RepairEstimateChanged, tell(tellEstimate)),
    on(RepairCompleted, tell(tellCompleted)),
    on(RepairRefused, tell(tellRefused)),
    on(RepairReady, tell(tellReady)),
    on(RepairPaid, tell(tellPaid)),
    // Between the customer and the desk; what is ready says what is left to pay.
    on(RepairPaymentWaived, () => Promise.resolve()),
    on(RepairCollected, tell(tellCollected)),
    on(RepairReplied, tell(tellRepairReplied)),
  ];
};
