import type {
  AppointmentEventV1,
  AppointmentRescheduledV1,
  AppointmentStatusChangedV1,
  CancellationKind,
  PublishedAppointment,
} from '@riparo/shared/contracts/appointments.events';
import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { TicketDeps } from '../ticket/deps.js';
import { record } from '../ticket/record.js';
import { type Entry, isDone, stampOf } from '../timeline/stamp.js';
import { MAX_ACTIVITIES } from '../timeline/timeline.js';
import { compact } from '../compact.js';

/** What the timeline of a ticket says of an event of its appointments. */
type Describe<T> = (data: T) => Entry;

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
  body: 'The appointment needs another time or technician',
  metadata: { appointmentId: id },
});

/** Room that people's words leave for what appointments have to say; whoever moves one all day long fills no document. */
const MAX_NOTED = MAX_ACTIVITIES + 500;

/**
 * Writes what happened to an appointment into its ticket's timeline. The entry's id is made from the event's, so that an
 * event that comes twice is written once.
 */
export const noteAppointment =
  ({ tickets, rulesOf }: Pick<TicketDeps, 'tickets' | 'rulesOf'>) =>
  <T extends AppointmentEventV1>(describe: Describe<T>): EventHandler<T> =>
  async ({ id, tenantid, time, data }: EventEnvelope<T>) => {
    const at = new Date(time);
    const stamp = {
      ...stampOf({ now: at, ids: seededIds(`${tenantid}:${id}`, at) }),
      ...(data.actorUserId === undefined ? {} : { byUserId: data.actorUserId }),
    };
    const [entryId] = stamp.activityIds;
    const { ticketId } = data.appointment;
    const whole = await tickets.in(tenantid).findWhole(ticketId);
    if (whole === undefined || whole.timeline.count >= MAX_NOTED || whole.activities.some((entry) => entry.id === entryId)) return;
    const rules = await rulesOf(tenantid);
    await tickets
      .in(tenantid)
      .update(ticketId, (before) =>
        isDone(before, stamp) ? { state: before } : record(before, { state: {}, entries: [describe(data)] }, stamp, rules),
      );
  };
