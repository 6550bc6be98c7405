import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentRescheduled,
  AppointmentStatusChanged,
} from '@riparo/shared/contracts/appointments.events';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketResolved } from '@riparo/shared/contracts/tickets.events';
import {
  assetEvents,
  customerEvents,
  locationEvents,
  planPromiseEvents,
  ticketLinkEvents,
  userEvents,
} from '@riparo/shared/contracts/topology';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
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
import { onTicketsLinked } from './ticket/link/on-tickets-linked.js';
import { followAsset, followCustomer, followLocation, followPlan, followSettings, type FollowDeps } from './replica/follow.js';
import { onUser, type UserDeps } from './assignment/on-user.js';
import { onRepairMoved, onWorkDone } from './appointment/on-work-done.js';

type Deps = UserDeps & FollowDeps & Pick<AppointmentDeps, 'appointments' | 'repairs'>;

/** Every event this service consumes. */
export const createSubscriptions = (deps: Deps): readonly Subscription[] => [
  ...onEach(userEvents, onUser(deps)),
  ...onEach(customerEvents, followCustomer(deps)),
  on(SettingsChanged, followSettings(deps)),
  ...onEach(locationEvents, followLocation(deps.replicas)),
  ...onEach(assetEvents, followAsset(deps)),
  ...onEach(planPromiseEvents, followPlan(deps)),
  ...onEach(ticketLinkEvents, onTicketsLinked(deps)),
  ...onEach([TicketResolved, TicketClosed], onWorkDone(deps)),
  on(RepairStatusChanged, onRepairMoved(deps)),
  on(AppointmentBooked, onAppointmentEvent(deps)(describeBooked)),
  on(AppointmentRescheduled, onAppointmentEvent(deps)(describeMoved)),
  on(AppointmentConfirmed, onAppointmentEvent(deps)(describeConfirmed)),
  on(AppointmentCancelled, onAppointmentEvent(deps)(describeCancelled)),
  on(AppointmentStatusChanged, onAppointmentEvent(deps)(describeProgress)),
  on(AppointmentNeedsReplanning, onAppointmentEvent(deps)(describeReplanning)),
];
