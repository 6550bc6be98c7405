import type {
  AppointmentEventV1,
  AppointmentRescheduledV1,
  AppointmentStatusChangedV1,
  AppointmentVehicleChangedV1,
  CancellationKind,
  PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import { compact } from '@riparo/shared/json/compact';
import type { Entry } from '../conversation/stamp.js';

/** Makes the timeline entry for an event of an appointment. */
export type Describe<T> = (data: T) => Entry;

const timesOf = ({ scheduledStartAt, scheduledEndAt, technicianId }: PublishedAppointment) =>
  compact({ scheduledStartAt, scheduledEndAt, technicianId });

export const describeBooked: Describe<AppointmentEventV1> = ({ appointment }) => ({
  type: 'APPOINTMENT_SCHEDULED',
  body: 'Appointment booked',
  metadata: { appointmentId: appointment.id, appointmentType: appointment.type, to: timesOf(appointment) },
});

export const describeMoved: Describe<AppointmentRescheduledV1> = ({ appointment, from }) => ({
  type: 'APPOINTMENT_SCHEDULED',
  body: from.scheduledStartAt === appointment.scheduledStartAt ? 'Appointment handed to another technician' : 'Appointment moved',
  metadata: { appointmentId: appointment.id, appointmentType: appointment.type, from, to: timesOf(appointment) },
});

export const describeConfirmed: Describe<AppointmentEventV1> = ({ appointment }) => ({
  type: 'SYSTEM',
  body: 'The customer confirmed the appointment',
  metadata: { appointmentId: appointment.id },
});

const CALLED_OFF: Readonly<Record<CancellationKind, string>> = {
  CUSTOMER: 'Appointment cancelled by the customer',
  STAFF: 'Appointment cancelled',
  NO_SHOW: 'Nobody was there for the appointment',
  TICKET_DONE: 'Appointment cancelled, because the ticket is done',
  REPAIR_DONE: 'Appointment cancelled, because the repair needs it no more',
};

export const describeCancelled: Describe<AppointmentEventV1> = ({ appointment: { id, cancellation } }) => {
  const { kind = 'STAFF', reason } = cancellation ?? {};
  return {
    type: 'SYSTEM',
    body: reason === undefined ? CALLED_OFF[kind] : `${CALLED_OFF[kind]}: ${reason}`,
    metadata: { appointmentId: id, kind, to: 'CANCELLED' },
  };
};

const PROGRESS: Readonly<Record<AppointmentStatus, string>> = {
  SCHEDULED: 'Appointment planned',
  IN_TRANSIT: 'The technician is on the way',
  IN_PROGRESS: 'The appointment has begun',
  COMPLETED: 'The appointment is done',
  CANCELLED: 'Appointment cancelled',
};

export const describeProgress: Describe<AppointmentStatusChangedV1> = ({ appointment, from, to }) => {
  const { id, expectedArrivalAt, actualStartAt, actualEndAt, completionSummary } = appointment;
  return {
    type: to === 'COMPLETED' ? 'WORK_REPORT' : 'SYSTEM',
    body: to === 'COMPLETED' && completionSummary !== undefined ? completionSummary : PROGRESS[to],
    metadata: compact({ appointmentId: id, from, to, expectedArrivalAt, actualStartAt, actualEndAt }),
  };
};

export const describeReplanning: Describe<AppointmentEventV1> = ({ appointment: { id } }) => ({
  type: 'SYSTEM',
  isInternal: true,
  body: 'The appointment needs another time, technician or vehicle',
  metadata: { appointmentId: id },
});

/** Customers are not told of vehicles. */
export const describeVehicle: Describe<AppointmentVehicleChangedV1> = ({ appointment: { id, vehicleId }, from }) => ({
  type: 'SYSTEM',
  isInternal: true,
  body: vehicleId === undefined ? 'The visit has no vehicle any more' : 'The visit has another vehicle',
  metadata: compact({ appointmentId: id, from, to: vehicleId }),
});
