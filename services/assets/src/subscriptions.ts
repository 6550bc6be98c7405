import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentRescheduled,
  AppointmentStatusChanged,
} from '@riparo/shared/contracts/appointments.events';
import { AssetRegistered, AssetRetired, AssetUpdated } from '@riparo/shared/contracts/assets.events';
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
} from '@riparo/shared/contracts/auth.events';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairEstimateChanged,
  RepairReceived,
  RepairRefused,
  RepairStatusChanged,
  RepairUpdated,
} from '@riparo/shared/contracts/repairs.events';
import {
  TicketAssigned,
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketReplied,
  TicketResolved,
  TicketStatusChanged,
  TicketUnassigned,
  TicketUnmerged,
  TicketUpdated,
} from '@riparo/shared/contracts/tickets.events';
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import type { SyncDeviceStatus } from './asset/sync-device-status.js';
import type { HistoryStore } from './history/history.store.js';
import {
  followAppointment,
  followCustomer,
  followRepair,
  followSettings,
  followTicket,
  followUser,
  recordAsset,
} from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (
  replicas: Replicas,
  history: HistoryStore,
  syncDeviceStatus: SyncDeviceStatus,
): readonly Subscription[] => [
  on(UserRegistered, followUser(replicas)),
  on(UserUpdated, followUser(replicas)),
  on(UserRemoved, followUser(replicas)),
  on(RegistrationApproved, followUser(replicas)),
  on(RegistrationRejected, followUser(replicas)),
  on(CustomerCreated, followCustomer(replicas)),
  on(CustomerUpdated, followCustomer(replicas)),
  on(CustomerClosed, followCustomer(replicas)),
  on(SettingsChanged, followSettings(replicas)),
  on(AssetRegistered, recordAsset(history)),
  on(AssetUpdated, recordAsset(history)),
  on(AssetRetired, recordAsset(history)),
  on(TicketOpened, followTicket(replicas, history)),
  on(TicketUpdated, followTicket(replicas, history)),
  on(TicketAssigned, followTicket(replicas, history)),
  on(TicketUnassigned, followTicket(replicas, history)),
  on(TicketReplied, followTicket(replicas, history)),
  on(TicketStatusChanged, followTicket(replicas, history)),
  on(TicketResolved, followTicket(replicas, history)),
  on(TicketClosed, followTicket(replicas, history)),
  on(TicketMerged, followTicket(replicas, history)),
  on(TicketUnmerged, followTicket(replicas, history)),
  on(AppointmentBooked, followAppointment(replicas, history)),
  on(AppointmentRescheduled, followAppointment(replicas, history)),
  on(AppointmentConfirmed, followAppointment(replicas, history)),
  on(AppointmentCancelled, followAppointment(replicas, history)),
  on(AppointmentStatusChanged, followAppointment(replicas, history)),
  on(RepairReceived, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairUpdated, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairAssigned, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairStatusChanged, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairEstimateChanged, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairCompleted, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairRefused, followRepair(replicas, history, syncDeviceStatus)),
  on(RepairCollected, followRepair(replicas, history, syncDeviceStatus)),
];
