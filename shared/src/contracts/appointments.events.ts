import Joi from 'joi';
import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES, type AppointmentStatus, type AppointmentType } from './enums.js';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

/**
 * Who cancelled an appointment, or why the system did. TICKET_DONE: its ticket was resolved, closed or merged.
 * REPAIR_DONE: its repair needs no appointment any more, or was cancelled.
 */
export const CANCELLATION_KINDS = ['CUSTOMER', 'STAFF', 'NO_SHOW', 'TICKET_DONE', 'REPAIR_DONE'] as const;
export type CancellationKind = (typeof CANCELLATION_KINDS)[number];

/** An appointment as the other services know it, without internal data: `technicianNotes` are never in it. */
export interface PublishedAppointment {
  readonly id: string;
  /** Subject of the appointment: either a ticket or a repair. */
  readonly ticketId?: string;
  readonly ticketNumber?: string;
  readonly repairId?: string;
  readonly repairNumber?: string;
  readonly customerId: string;
  readonly assetId?: string;
  /**
   * The person whom the customer's mails go to: whoever booked the appointment, or, when the desk booked it, whoever
   * opened the ticket or asked for the repair. Missing when no person of the customer did any of this: the mails then go
   * to the customer's contact address.
   */
  readonly contactUserId?: string;
  readonly createdByUserId: string;
  readonly type: AppointmentType;
  readonly status: AppointmentStatus;
  /** ISO 8601 UTC, like all times in this file. */
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly actualStartAt?: string;
  readonly actualEndAt?: string;
  /** Missing: the appointment is at the desk, or a technician still has to be found. */
  readonly technicianId?: string;
  readonly technicianName?: string;
  /** The vehicle that the technician drives there; only for visits, and only for staff to see. */
  readonly vehicleId?: string;
  /** Site of an on-site visit, as the address was at the booking. */
  readonly location?: PublishedAppointmentLocation;
  readonly customerNotes?: string;
  readonly completionSummary?: string;
  readonly confirmedAt?: string;
  /** Set while the technician is on the way. */
  readonly expectedArrivalAt?: string;
  readonly cancellation?: { readonly kind: CancellationKind; readonly reason?: string; readonly at: string };
}

/** What an appointment can be about. */
export const SUBJECT_KINDS = ['TICKET', 'REPAIR'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface PublishedSubject {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly number: string;
}

/** The ticket or the repair that an appointment is about. */
export const subjectOf = ({ ticketId, ticketNumber = '', repairId = '', repairNumber = '' }: PublishedAppointment): PublishedSubject =>
  ticketId === undefined ? { kind: 'REPAIR', id: repairId, number: repairNumber } : { kind: 'TICKET', id: ticketId, number: ticketNumber };

export interface PublishedAppointmentLocation {
  readonly id: string;
  readonly name: string;
  /** The address in one line. */
  readonly address: string;
}

const appointment = Joi.object({
  id: id.required(),
  ticketId: id,
  ticketNumber: text,
  repairId: id,
  repairNumber: text,
  customerId: id.required(),
  assetId: id,
  contactUserId: id,
  createdByUserId: id.required(),
  type: Joi.valid(...APPOINTMENT_TYPES).required(),
  status: Joi.valid(...APPOINTMENT_STATUSES).required(),
  scheduledStartAt: instant.required(),
  scheduledEndAt: instant.required(),
  actualStartAt: instant,
  actualEndAt: instant,
  technicianId: id,
  technicianName: text,
  vehicleId: id,
  location: Joi.object({ id: id.required(), name: text.required(), address: text.required() }).unknown(true),
  customerNotes: text,
  completionSummary: text,
  confirmedAt: instant,
  expectedArrivalAt: instant,
  cancellation: Joi.object({
    kind: Joi.valid(...CANCELLATION_KINDS).required(),
    reason: text,
    at: instant.required(),
  }).unknown(true),
})
  .xor('ticketId', 'repairId')
  .and('ticketId', 'ticketNumber')
  .and('repairId', 'repairNumber')
  .unknown(true);

/** Every appointment event carries the appointment after the change and who made the change (`undefined`: the system, or a signed link). */
export interface AppointmentEventV1 {
  readonly appointment: PublishedAppointment;
  readonly actorUserId?: string;
}
const base = { appointment: appointment.required(), actorUserId: id };
const plain = Joi.object<AppointmentEventV1>(base);

export const AppointmentBooked = defineEvent<AppointmentEventV1>(
  'riparo.tickets.appointment-booked.v1',
  'An appointment was booked; its time is taken.',
  plain,
);

/** `from` holds time and technician as they were before the appointment was moved. */
export interface AppointmentRescheduledV1 extends AppointmentEventV1 {
  readonly from: { readonly scheduledStartAt: string; readonly scheduledEndAt: string; readonly technicianId?: string };
}
export const AppointmentRescheduled = defineEvent<AppointmentRescheduledV1>(
  'riparo.tickets.appointment-rescheduled.v1',
  'An appointment has another time, another technician, or both; the earlier time is free again.',
  Joi.object<AppointmentRescheduledV1>({
    ...base,
    from: Joi.object({ scheduledStartAt: instant.required(), scheduledEndAt: instant.required(), technicianId: id })
      .unknown(true)
      .required(),
  }),
);

export const AppointmentConfirmed = defineEvent<AppointmentEventV1>(
  'riparo.tickets.appointment-confirmed.v1',
  'The customer confirmed that they will be there.',
  plain,
);

export const AppointmentCancelled = defineEvent<AppointmentEventV1>(
  'riparo.tickets.appointment-cancelled.v1',
  'An appointment was called off, or nobody came; `cancellation` says which.',
  plain,
);

export interface AppointmentStatusChangedV1 extends AppointmentEventV1 {
  readonly from: AppointmentStatus;
  readonly to: AppointmentStatus;
}
export const AppointmentStatusChanged = defineEvent<AppointmentStatusChangedV1>(
  'riparo.tickets.appointment-status-changed.v1',
  'The technician set out, began or finished; with the expected arrival, the real times and the summary.',
  Joi.object<AppointmentStatusChangedV1>({
    ...base,
    from: Joi.valid(...APPOINTMENT_STATUSES).required(),
    to: Joi.valid(...APPOINTMENT_STATUSES).required(),
  }),
);

export const REMINDER_KINDS = ['DAY', 'TWO_HOURS'] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];

export interface AppointmentReminderDueV1 extends AppointmentEventV1 {
  readonly kind: ReminderKind;
}
export const AppointmentReminderDue = defineEvent<AppointmentReminderDueV1>(
  'riparo.tickets.appointment-reminder-due.v1',
  'An appointment is a day, or two hours, away; told once each for every time it is moved to.',
  Joi.object<AppointmentReminderDueV1>({ ...base, kind: Joi.valid(...REMINDER_KINDS).required() }),
);

/** `from` names the vehicle that it had before. */
export interface AppointmentVehicleChangedV1 extends AppointmentEventV1 {
  readonly from?: string;
}
export const AppointmentVehicleChanged = defineEvent<AppointmentVehicleChangedV1>(
  'riparo.tickets.appointment-vehicle-changed.v1',
  'A visit has another vehicle, or none any more; time and technician are as they were.',
  Joi.object<AppointmentVehicleChangedV1>({ ...base, from: id }),
);

/** Why a booked appointment cannot stay as it is. VEHICLE_GONE: its vehicle is at the workshop, retired, or on another visit. */
export const REPLANNING_REASONS = ['TECHNICIAN_LEFT', 'TIME_OFF', 'VEHICLE_GONE'] as const;
export type ReplanningReason = (typeof REPLANNING_REASONS)[number];

export interface AppointmentNeedsReplanningV1 extends AppointmentEventV1 {
  readonly reason: ReplanningReason;
  /** The technician who was to come. */
  readonly technicianId?: string;
}
export const AppointmentNeedsReplanning = defineEvent<AppointmentNeedsReplanningV1>(
  'riparo.tickets.appointment-needs-replanning.v1',
  'Whoever was to do it left or took time off: the desk has to find another time or technician.',
  Joi.object<AppointmentNeedsReplanningV1>({ ...base, reason: Joi.valid(...REPLANNING_REASONS).required(), technicianId: id }),
);
