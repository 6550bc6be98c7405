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
import type { HistoryStore } from './history/history.store.js';
import { followAppointment, followCustomer, followSettings, followTicket, followUser, recordAsset } from './replica/follow.js';
import type { Replicas } from './replica/replicas.js';

/** Every event this service consumes. */
export const createSubscriptions = (replicas: Replicas, history: HistoryStore): readonly Subscription[] => [
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
];
