import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentRescheduled,
  AppointmentStatusChanged,
} from '@riparo/shared/contracts/appointments.events';
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
  ServicePlanUpdated,
} from '@riparo/shared/contracts/assets.events';
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
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketResolved, TicketsLinked, TicketsUnlinked } from '@riparo/shared/contracts/tickets.events';
import { on, type Subscription } from '@riparo/shared/messaging/bus';
import {
  describeBooked,
  describeCancelled,
  describeConfirmed,
  describeMoved,
  describeProgress,
  describeReplanning,
} from './appointment/appointment-texts.js';
import type { AppointmentDeps } from './appointment/deps.js';
import { onAppointmentEvent } from './appointment/on-appointment-event.js';
import { onRepairMoved, onWorkDone } from './appointment/tend-appointments.js';
import { onTicketsLinked } from './link/on-tickets-linked.js';
import { followAsset, followCustomer, followLocation, followPlan, followSettings, type FollowDeps } from './replica/follow.js';
import { onUser, type UserDeps } from './technician/on-user.js';

type Deps = UserDeps & FollowDeps & Pick<AppointmentDeps, 'appointments' | 'repairs'>;

/** Every event this service consumes. */
export const createSubscriptions = (deps: Deps): readonly Subscription[] => [
  on(UserRegistered, onUser(deps)),
  on(UserUpdated, onUser(deps)),
  on(UserRemoved, onUser(deps)),
  on(RegistrationApproved, onUser(deps)),
  on(RegistrationRejected, onUser(deps)),
  on(CustomerCreated, followCustomer(deps)),
  on(CustomerUpdated, followCustomer(deps)),
  on(CustomerClosed, followCustomer(deps)),
  on(SettingsChanged, followSettings(deps)),
  on(LocationAdded, followLocation(deps.replicas)),
  on(LocationUpdated, followLocation(deps.replicas)),
  on(LocationRemoved, followLocation(deps.replicas)),
  on(AssetRegistered, followAsset(deps)),
  on(AssetUpdated, followAsset(deps)),
  on(AssetRetired, followAsset(deps)),
  on(ServicePlanCreated, followPlan(deps)),
  on(ServicePlanUpdated, followPlan(deps)),
  on(ServicePlanCancelled, followPlan(deps)),
  on(ServicePlanExpired, followPlan(deps)),
  on(TicketsLinked, onTicketsLinked(deps)),
  on(TicketsUnlinked, onTicketsLinked(deps)),
  on(TicketResolved, onWorkDone(deps)),
  on(TicketClosed, onWorkDone(deps)),
  on(RepairStatusChanged, onRepairMoved(deps)),
  on(AppointmentBooked, onAppointmentEvent(deps)(describeBooked)),
  on(AppointmentRescheduled, onAppointmentEvent(deps)(describeMoved)),
  on(AppointmentConfirmed, onAppointmentEvent(deps)(describeConfirmed)),
  on(AppointmentCancelled, onAppointmentEvent(deps)(describeCancelled)),
  on(AppointmentStatusChanged, onAppointmentEvent(deps)(describeProgress)),
  on(AppointmentNeedsReplanning, onAppointmentEvent(deps)(describeReplanning)),
];
