import {
  AppointmentBooked,
  AppointmentCancelled,
  AppointmentConfirmed,
  AppointmentRescheduled,
  AppointmentStatusChanged,
  AppointmentVehicleChanged,
  subjectOf,
  type AppointmentEventV1,
  type AppointmentRescheduledV1,
  type AppointmentStatusChangedV1,
} from '@riparo/shared/contracts/appointments.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { HistoryEntry } from './history.js';

type Told = Pick<HistoryEntry, 'type' | 'from' | 'to' | 'resolution'>;

/** From and to of a moved appointment are the times at which it begins. */
const toldBy = ({ type, data }: EventEnvelope<AppointmentEventV1>): Told => {
  const { appointment } = data;
  switch (type) {
    case AppointmentBooked.type:
      return { type: 'APPOINTMENT_BOOKED' };
    case AppointmentRescheduled.type: {
      const { from } = data as AppointmentRescheduledV1;
      return { type: 'APPOINTMENT_RESCHEDULED', from: from.scheduledStartAt, to: appointment.scheduledStartAt };
    }
    case AppointmentConfirmed.type:
      return { type: 'APPOINTMENT_CONFIRMED' };
    case AppointmentCancelled.type:
      return { type: 'APPOINTMENT_CANCELLED' };
    default: {
      const { from, to } = data as AppointmentStatusChangedV1;
      if (to !== 'COMPLETED') return { type: 'APPOINTMENT_STATUS_CHANGED', from, to };
      const { completionSummary: resolution } = appointment;
      return { type: 'APPOINTMENT_COMPLETED', ...(resolution === undefined ? {} : { resolution }) };
    }
  }
};

const FOLLOWED: readonly string[] = [
  AppointmentBooked,
  AppointmentRescheduled,
  AppointmentConfirmed,
  AppointmentCancelled,
  AppointmentStatusChanged,
].map(({ type }) => type);

/** Reminders and the like are no part of a device's history. */
export const isFollowed = (event: EventEnvelope): event is EventEnvelope<AppointmentEventV1> => FOLLOWED.includes(event.type);

/** What the copy of an appointment is made from. */
export const tellsBooking = (event: EventEnvelope): event is EventEnvelope<AppointmentEventV1> =>
  isFollowed(event) || event.type === AppointmentVehicleChanged.type;

/** What an event of an appointment adds to the history of the device that it is about, if it is about one. */
export const entriesOfAppointmentEvent = (event: EventEnvelope<AppointmentEventV1>): readonly HistoryEntry[] => {
  const { appointment, actorUserId } = event.data;
  const { id, assetId, customerId, technicianId, type, scheduledStartAt, scheduledEndAt } = appointment;
  if (assetId === undefined) return [];
  const entry = {
    id: `${assetId}:${event.id}`,
    assetId,
    customerId,
    at: new Date(event.time),
    ...toldBy(event),
    appointment: { id, type, scheduledStartAt, scheduledEndAt, about: subjectOf(appointment) },
  };
  return [{ ...entry, ...(actorUserId === undefined ? {} : { actorUserId }), ...(technicianId === undefined ? {} : { technicianId }) }];
};
