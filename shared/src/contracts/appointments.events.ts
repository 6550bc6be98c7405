import Joi from 'joi';
import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES, type AppointmentStatus, type AppointmentType } from './enums.js';
import { defineEvent } from './event.js';
import { id, instant, text } from './fragments.js';

/**
 * Who called an appointment off, or why the system did. TICKET_DONE: what it was about is resolved, closed or merged;
 * REPAIR_DONE: the repair it was about needs nobody any more, or was cancelled.
 */
export const CANCELLATION_KINDS = ['CUSTOMER', 'STAFF', 'NO_SHOW', 'TICKET_DONE', 'REPAIR_DONE'] as const;
export type CancellationKind = (typeof CANCELLATION_KINDS)[number];

/** An appointment as the other services know it: nothing internal in it, and no `technicianNotes` ever. */
export interface PublishedAppointment {
  readonly id: string;
  /** What it is about: a ticket or a repair, one of the two. */
  readonly ticketId?: string;
  readonly ticketNumber?: string;
  readonly repairId?: string;
  readonly repairNumber?: string;
  readonly customerId: string;
  readonly assetId?: string;
  /**
   * Whom the customer's mails go to: who booked, or who opened the ticket or asked for the repair when the desk booked.
   * Missing: nobody of the customer's has a part in it, so the customer's contact address.
   */
  readonly contactUserId?: string;
  readonly createdByUserId: string;
  readonly type: AppointmentType;
  readonly status: AppointmentStatus;
  /** ISO 8601 UTC, as all times here. */
  readonly scheduledStartAt: string;
  readonly scheduledEndAt: string;
  readonly actualStartAt?: string;
  readonly actualEndAt?: string;
  /** Missing: a place at the desk, or somebody still has to be found. */
  readonly technicianId?: string;
  readonly technicianName?: string;
  /** Where an on-site visit goes, as it was when it was booked. */
  readonly location?: PublishedAppointmentLocation;
  readonly customerNotes?: string;
  readonly completionSummary?: string;
  readonly confirmedAt?: string;
  /** Told when the technician sets out. */
  readonly expectedArrivalAt?: string;
  readonly cancellation?: { readonly kind: CancellationKind; readonly reason?: string; readonly at: string };
}

/** What appointments can be about. */
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
  /** In one line. */
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

/** Every appointment event carries the appointment after the change and who made it (`undefined`: the system, or a link). */
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

/** What an appointment was before it was moved. */
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

/** Why a booked appointment cannot stay as it is. */
export const REPLANNING_REASONS = ['TECHNICIAN_LEFT', 'TIME_OFF'] as const;
export type ReplanningReason = (typeof REPLANNING_REASONS)[number];

export interface AppointmentNeedsReplanningV1 extends AppointmentEventV1 {
  readonly reason: ReplanningReason;
  /** Who was to do it. */
  readonly technicianId?: string;
}
export const AppointmentNeedsReplanning = defineEvent<AppointmentNeedsReplanningV1>(
  'riparo.tickets.appointment-needs-replanning.v1',
  'Whoever was to do it left or took time off: the desk has to find another time or technician.',
  Joi.object<AppointmentNeedsReplanningV1>({ ...base, reason: Joi.valid(...REPLANNING_REASONS).required(), technicianId: id }),
);
