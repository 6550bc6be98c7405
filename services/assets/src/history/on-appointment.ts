import type { AppointmentEventV1 } from '@riparo/shared/contracts/appointments.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { toBooking } from '../replica/booking.js';
import type { Replicas } from '../replica/replicas.js';
import { entriesOfAppointmentEvent } from './appointment-entries.js';
import type { HistoryStore } from './history.store.js';

interface Deps extends Pick<Replicas, 'bookings'> {
  readonly history: HistoryStore;
}

/** An appointment serves a device: its last service is counted from the copy, and its history tells of it. */
export const onAppointment =
  ({ bookings, history }: Deps): EventHandler<AppointmentEventV1> =>
  async (event) => {
    const { appointment } = event.data;
    await bookings.in(event.tenantid).keep(appointment.id, event.aggregateversion, toBooking(appointment));
    await history.add(event.tenantid, entriesOfAppointmentEvent(event));
  };
