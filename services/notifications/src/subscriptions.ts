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
import {
  notifyBooked,
  notifyCancelled,
  notifyMoved,
  notifyProgress,
  notifyReminder,
  notifyReplanning,
} from './notification/appointment-notices.js';
import { onNotifiableEvent, type OnNotifiableEventDeps } from './notification/on-notifiable-event.js';
import {
  notifyCollected,
  notifyCompleted,
  notifyEstimate,
  notifyPaid,
  notifyReady,
  notifyReceived,
  notifyRefused,
  notifyRepairAssigned,
  notifyRepairReplied,
  notifyRepairStatus,
} from './notification/repair-notices.js';
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
import { both, follow } from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (replicas: Replicas, deps: OnNotifiableEventDeps): readonly Subscription[] => {
  const tell = onNotifiableEvent(deps);
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
    on(RegistrationApproved, both(user, tell(notifyApproved))),
    on(RegistrationRejected, both(user, tell(notifyRejected))),
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
    on(ServicePlanExpiring, tell(notifyPlanExpiring)),
    on(TicketOpened, tell(notifyOpened)),
    on(TicketUpdated, () => Promise.resolve()),
    on(TicketAssigned, tell(notifyAssigned)),
    on(TicketUnassigned, tell(notifyUnassigned)),
    on(TicketReplied, tell(notifyReplied)),
    on(TicketStatusChanged, tell(notifyStatusChanged)),
    on(TicketResolved, tell(notifyResolved)),
    on(TicketClosed, tell(notifyClosed)),
    on(TicketMerged, both(merged, tell(notifyMerged))),
    on(TicketUnmerged, both(unmerged, tell(notifyUnmerged))),
    on(TicketRated, tell(notifyRated)),
    on(TicketSlaDueSoon, tell(notifyDueSoon)),
    on(TicketSlaBreached, tell(notifyOverdue)),
    on(AppointmentBooked, tell(notifyBooked)),
    on(AppointmentRescheduled, tell(notifyMoved)),
    on(AppointmentConfirmed, () => Promise.resolve()),
    on(AppointmentCancelled, tell(notifyCancelled)),
    on(AppointmentStatusChanged, tell(notifyProgress)),
    on(AppointmentReminderDue, tell(notifyReminder)),
    on(AppointmentNeedsReplanning, tell(notifyReplanning)),
    ...createRepairSubscriptions(deps),
  ];
};

const createRepairSubscriptions = (deps: OnNotifiableEventDeps): readonly Subscription[] => {
  const tell = onNotifiableEvent(deps);
  return [
    on(RepairReceived, tell(notifyReceived)),
    on(RepairUpdated, () => Promise.resolve()),
    on(RepairAssigned, tell(notifyRepairAssigned)),
    on(RepairStatusChanged, tell(notifyRepairStatus)),
    on(RepairEstimateChanged, tell(notifyEstimate)),
    on(RepairCompleted, tell(notifyCompleted)),
    on(RepairRefused, tell(notifyRefused)),
    on(RepairReady, tell(notifyReady)),
    on(RepairPaid, tell(notifyPaid)),
    // Between the customer and the desk; what is ready says what is left to pay.
    on(RepairPaymentWaived, () => Promise.resolve()),
    on(RepairCollected, tell(notifyCollected)),
    on(RepairReplied, tell(notifyRepairReplied)),
  ];
};
