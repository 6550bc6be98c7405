import { AppointmentNeedsReplanning, AppointmentVehicleChanged } from '@riparo/shared/contracts/appointments.events';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { RepairAbandoned, RepairRefunded, RepairStorageCharged } from '@riparo/shared/contracts/repair-money.events';
import { TicketRated } from '@riparo/shared/contracts/tickets.events';
import {
  appointmentEvents,
  noteEvents,
  repairEvents,
  repairPaymentEvents,
  ticketClockEvents,
  ticketEvents,
} from '@riparo/shared/contracts/topology';

/** Events after which a customer sees nothing else than before, and shall not learn that anything happened. */
const staffEvents = [...ticketClockEvents, ...noteEvents, AppointmentNeedsReplanning, AppointmentVehicleChanged];
export const STAFF_EVENTS: ReadonlySet<string> = new Set(staffEvents.map(({ type }) => type));

/** Every event after which somebody sees a ticket, a repair, an appointment or their own account otherwise than before. */
export const LIVE_EVENTS = [
  ...ticketEvents,
  TicketRated,
  ...appointmentEvents,
  ...repairEvents,
  ...repairPaymentEvents,
  RepairRefunded,
  RepairAbandoned,
  RepairStorageCharged,
  ...staffEvents,
  // A new role and the end of an account end the streams.
  UserUpdated,
];
