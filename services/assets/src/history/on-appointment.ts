import type { AppointmentEventV1 } from '@riparo/shared/contracts/appointments.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { toBooking } from '../replica/booking.js';
import type { Replicas } from '../replica/replicas.js';
import type { RecordUse } from '../vehicle/log/record-use.js';
import { entriesOfAppointmentEvent } from './appointment-entries.js';
import type { HistoryStore } from './history.store.js';

interface CopyDeps extends Pick<Replicas, 'bookings'> {
  readonly recordUse: RecordUse;
}
interface Deps extends CopyDeps {
  readonly history: HistoryStore;
}

/** Only visits are driven to. */
const keepBooking = async ({ bookings, recordUse }: CopyDeps, event: EventEnvelope<AppointmentEventV1>): Promise<void> => {
  const { appointment } = event.data;
  await bookings.in(event.tenantid).keep(appointment.id, event.aggregateversion, toBooking(appointment));
  if (appointment.type === 'ONSITE_VISIT') await recordUse(event.tenantid, { appointmentId: appointment.id });
};

/** An appointment serves a device: its last service is counted from the copy, and its history tells of it. */
export const onAppointment =
  (deps: Deps): EventHandler<AppointmentEventV1> =>
  async (event) => {
    await keepBooking(deps, event);
    await deps.history.add(event.tenantid, entriesOfAppointmentEvent(event));
  };

/** Another vehicle is no part of a device's history. */
export const onVehicleChanged =
  (deps: CopyDeps): EventHandler<AppointmentEventV1> =>
  (event) =>
    keepBooking(deps, event);
