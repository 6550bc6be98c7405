import type {
  CancellationKind,
  PublishedAppointment,
  PublishedAppointmentLocation,
  PublishedSubject,
  ReplanningReason,
} from '@riparo/shared/contracts/appointments.events';
import type { AppointmentStatus, AppointmentType } from '@riparo/shared/contracts/enums';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { compact } from '@riparo/shared/json/compact';
import type { Site } from './slot/slot.js';
import { nextReminder, type Reminded } from './reminder/reminders.js';

/** What an appointment is about. */
export type Subject = PublishedSubject;

export interface Cancellation {
  readonly kind: CancellationKind;
  readonly reason?: string;
  readonly at: Date;
  readonly byUserId?: string;
}

export interface Replanning {
  readonly reason: ReplanningReason;
  readonly since: Date;
  /** Who was to do it. */
  readonly technicianId?: string;
}

export interface Appointment extends Entity, Reminded {
  readonly subject: Subject;
  readonly customerId: string;
  readonly assetId?: string;
  /** Whom the customer's mails go to; missing: the customer's contact address. */
  readonly contactUserId?: string;
  readonly createdByUserId: string;
  readonly type: AppointmentType;
  readonly status: AppointmentStatus;
  readonly scheduledStartAt: Date;
  readonly scheduledEndAt: Date;
  readonly actualStartAt?: Date;
  readonly actualEndAt?: Date;
  readonly expectedArrivalAt?: Date;
  readonly technicianId?: string;
  /** As they were called when they were given it; events need it, and decisions look nothing up. */
  readonly technicianName?: string;
  /** Where an on-site visit goes; `place` is the same for the journeys. */
  readonly location?: PublishedAppointmentLocation;
  readonly place?: Site;
  readonly remoteSessionUrl?: string;
  readonly customerNotes?: string;
  /** Never for customers, never in events. */
  readonly technicianNotes?: string;
  readonly completionSummary?: string;
  readonly confirmedAt?: Date;
  readonly cancellation?: Cancellation;
  readonly replanning?: Replanning;
  /** Whose time it takes: a technician's id or a place at the desk. Missing when it takes nobody's. */
  readonly diary?: string;
  /** Every turn it ever took in any diary; see `turns.ts`. */
  readonly turns: readonly string[];

  // Derived by `withDerived`, stored because lists and clocks are read from indexes over them.
  /** Still to come, or under way. */
  readonly open: boolean;
  /** Present (and true) only while somebody has to find another time or technician. */
  readonly needsReplanning?: true;
  /** When a reminder is due next. */
  readonly reminderAt?: Date;
}

export type AppointmentDecision = Decision<Appointment>;
export type AppointmentDraft = Draft<Appointment>;

export const isOpen = (status: AppointmentStatus): boolean => status !== 'COMPLETED' && status !== 'CANCELLED';

type Underived = Omit<AppointmentDraft, 'open' | 'needsReplanning' | 'reminderAt'>;

/** Brings the derived fields in line; the last step of every decision. */
export const withDerived = <T extends Underived>(appointment: T): T & Pick<Appointment, 'open' | 'needsReplanning' | 'reminderAt'> => {
  const open = isOpen(appointment.status);
  const replanning = open ? appointment.replanning : undefined;
  return {
    ...appointment,
    open,
    // A key with `undefined` is unset by the repository.
    replanning,
    needsReplanning: replanning === undefined ? undefined : true,
    // Nobody is told to be there while it is not sure that somebody comes.
    reminderAt: replanning === undefined ? nextReminder(appointment) : undefined,
    // A cancelled one takes nobody's time; a completed one stays, for the number of visits a day.
    diary: appointment.status === 'CANCELLED' ? undefined : appointment.diary,
  };
};

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

/** The ticket or the repair, under the names that answers and events have for it. */
export const namesOf = ({ kind, id, number }: Subject) =>
  kind === 'TICKET' ? { ticketId: id, ticketNumber: number } : { repairId: id, repairNumber: number };

/** The appointment as events carry it: nothing internal in it. */
export const published = (appointment: Appointment): PublishedAppointment => {
  const { cancellation, subject } = appointment;
  return compact({
    id: appointment.id,
    ...namesOf(subject),
    customerId: appointment.customerId,
    assetId: appointment.assetId,
    contactUserId: appointment.contactUserId,
    createdByUserId: appointment.createdByUserId,
    type: appointment.type,
    status: appointment.status,
    scheduledStartAt: appointment.scheduledStartAt.toISOString(),
    scheduledEndAt: appointment.scheduledEndAt.toISOString(),
    actualStartAt: iso(appointment.actualStartAt),
    actualEndAt: iso(appointment.actualEndAt),
    technicianId: appointment.technicianId,
    technicianName: appointment.technicianName,
    location: appointment.location,
    customerNotes: appointment.customerNotes,
    completionSummary: appointment.completionSummary,
    confirmedAt: iso(appointment.confirmedAt),
    expectedArrivalAt: iso(appointment.expectedArrivalAt),
    cancellation:
      cancellation === undefined
        ? undefined
        : compact({ kind: cancellation.kind, reason: cancellation.reason, at: cancellation.at.toISOString() }),
  });
};
