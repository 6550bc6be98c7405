import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentNeedsReplanning,
  AppointmentRescheduled,
  AppointmentStatusChanged,
  AppointmentVehicleChanged,
} from '@riparo/shared/contracts/appointments.events';
import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { InvoiceIssued } from '@riparo/shared/contracts/invoices.events';
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { TicketClosed, TicketResolved } from '@riparo/shared/contracts/tickets.events';
import {
  assetEvents,
  customerEvents,
  locationEvents,
  planPromiseEvents,
  quoteEvents,
  ticketLinkEvents,
  userEvents,
  vehicleEvents,
  workReportEvents,
} from '@riparo/shared/contracts/topology';
import { PickupNoticeSettled } from '@riparo/shared/contracts/notifications.events';
import { ReservationChanged } from '@riparo/shared/contracts/parts.events';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import {
  describeBooked,
  describeCancelled,
  describeConfirmed,
  describeMoved,
  describeProgress,
  describeReplanning,
  describeVehicle,
} from './appointment/appointment-texts.js';
import { onAppointmentEvent } from './appointment/on-appointment-event.js';
import { onVehicle } from './appointment/vehicle/on-vehicle.js';
import { onInvoiceIssued } from './repair/documents.js';
import { onNoticeSettled } from './repair/pickup/on-notice-settled.js';
import { onReservation } from './repair/parts/on-reservation.js';
import { onQuote } from './repair/quote/on-quote.js';
import { onTicketsLinked } from './ticket/link/on-tickets-linked.js';
import { onAsset } from './upkeep/on-asset.js';
import { onCustomer } from './upkeep/on-customer.js';
import { onServicePlan } from './upkeep/on-service-plan.js';
import { onSettings } from './upkeep/on-settings.js';
import { onWorkReport } from './work-report/on-work-report.js';
import type { Dependencies } from './dependencies.js';
import { onUser } from './assignment/on-user.js';
import { onRepairMoved, onWorkDone } from './appointment/on-work-done.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(userEvents, onUser(deps)),
  ...onEach(customerEvents, onCustomer(deps)),
  on(SettingsChanged, onSettings(deps)),
  ...onEach(
    locationEvents,
    follow(deps.replicas.locations, ({ location }) => location),
  ),
  ...onEach(assetEvents, onAsset(deps)),
  ...onEach(vehicleEvents, onVehicle(deps)),
  ...onEach(planPromiseEvents, onServicePlan(deps)),
  ...onEach(ticketLinkEvents, onTicketsLinked(deps)),
  ...onEach([TicketResolved, TicketClosed], onWorkDone(deps)),
  on(RepairStatusChanged, onRepairMoved(deps)),
  on(AppointmentBooked, onAppointmentEvent(deps)(describeBooked)),
  on(AppointmentRescheduled, onAppointmentEvent(deps)(describeMoved)),
  on(AppointmentConfirmed, onAppointmentEvent(deps)(describeConfirmed)),
  on(AppointmentCancelled, onAppointmentEvent(deps)(describeCancelled)),
  on(AppointmentStatusChanged, onAppointmentEvent(deps)(describeProgress)),
  on(AppointmentNeedsReplanning, onAppointmentEvent(deps)(describeReplanning)),
  on(AppointmentVehicleChanged, onAppointmentEvent(deps)(describeVehicle)),
  ...onEach(quoteEvents, onQuote(deps)),
  on(ReservationChanged, onReservation(deps)),
  on(InvoiceIssued, onInvoiceIssued(deps.replicas.documents)),
  on(PickupNoticeSettled, onNoticeSettled(deps)),
  ...onEach(workReportEvents, onWorkReport(deps)),
];
