import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { AppointmentVehicleChanged } from '@riparo/shared/contracts/appointments.events';
import {
  appointmentEvents,
  assetEvents,
  customerEvents,
  repairEvents,
  ticketEvents,
  userEvents,
  workReportEvents,
} from '@riparo/shared/contracts/topology';
import { QuoteAccepted } from '@riparo/shared/contracts/quotes.events';
import { on, onEach, type Subscription } from '@riparo/shared/messaging/bus';
import { follow } from '@riparo/shared/messaging/follow';
import type { Dependencies } from './dependencies.js';
import { onAppointment, onVehicleChanged } from './history/on-appointment.js';
import { onAsset } from './history/on-asset.js';
import { onRepair } from './history/on-repair.js';
import { onTicket } from './history/on-ticket.js';
import { onQuoteAccepted } from './part/reservation/on-quote-accepted.js';
import { onWorkReport } from './replica/on-work-report.js';

/** Every event this service consumes. */
export const subscriptions = (deps: Dependencies): readonly Subscription[] => [
  ...onEach(
    userEvents,
    follow(deps.users, ({ user }) => user),
  ),
  ...onEach(
    customerEvents,
    follow(deps.customers, ({ customer }) => customer),
  ),
  on(
    SettingsChanged,
    follow(deps.settings, ({ settings }) => settings),
  ),
  ...onEach(assetEvents, onAsset(deps)),
  ...onEach(ticketEvents, onTicket(deps)),
  ...onEach(appointmentEvents, onAppointment(deps)),
  on(AppointmentVehicleChanged, onVehicleChanged(deps)),
  ...onEach(repairEvents, onRepair(deps)),
  ...onEach(workReportEvents, onWorkReport(deps)),
  on(QuoteAccepted, onQuoteAccepted(deps)),
];
