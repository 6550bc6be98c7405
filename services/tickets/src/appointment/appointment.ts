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
import { vehicleDiaryOf } from './vehicle/vehicle-diary.js';

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
  /** The technician who was to come. */
  readonly technicianId?: string;
  /** The vehicle that is gone. */
  readonly vehicleId?: string;
}

export interface Appointment extends Entity, Reminded {
  readonly subject: Subject;
  readonly customerId: string;
  readonly assetId?: string;
  /** The person whom the customer's mails go to; missing: the customer's contact address. */
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
  /** The technician's name at the time of the booking. Events need it, and decisions cannot look it up. */
  readonly technicianName?: string;
  /** The vehicle that the technician drives there; only visits have one. Customers never see it. */
  readonly vehicleId?: string;
  /** The address of an on-site visit; `place` is the same address for the computation of journeys. */
  readonly location?: PublishedAppointmentLocation;
  readonly place?: Site;
  readonly remoteSessionUrl?: string;
  readonly customerNotes?: string;
  /** For staff alone: never shown to customers, never in events. */
  readonly technicianNotes?: string;
  readonly completionSummary?: string;
  readonly confirmedAt?: Date;
  readonly cancellation?: Cancellation;
  readonly replanning?: Replanning;
  /** The diary whose time the appointment takes: a technician's id or a place at the desk. Missing when it takes no diary's time. */
  readonly diary?: string;
  /** Every turn that the appointment ever took, in any diary; see `turns.ts`. */
  readonly turns: readonly string[];

  // The fields below are derived by `withDerived`. They are stored because lists and jobs read them from indexes.
  /** The vehicle's diary, see `vehicle/vehicle-diary.ts`: its time is taken beside that of `diary`. Missing when no vehicle's time is taken. */
  readonly vehicleDiary?: string;
  /** The appointment is still to come or under way. */
  readonly open: boolean;
  /** True only while a person has to find another time or technician; otherwise missing. */
  readonly needsReplanning?: true;
  /** When the next reminder is due. */
  readonly reminderAt?: Date;
}

export type AppointmentDecision = Decision<Appointment>;
export type AppointmentDraft = Draft<Appointment>;

export const isOpen = (status: AppointmentStatus): boolean => status !== 'COMPLETED' && status !== 'CANCELLED';

type Derived = 'vehicleDiary' | 'open' | 'needsReplanning' | 'reminderAt';
type Underived = Omit<AppointmentDraft, Derived>;

/** Updates the derived fields; the last step of every decision. */
export const withDerived = <T extends Underived>(appointment: T): T & Pick<Appointment, Derived> => {
  const { status, vehicleId } = appointment;
  const open = isOpen(status);
  const replanning = open ? appointment.replanning : undefined;
  return {
    ...appointment,
    open,
    // The repository unsets a field whose value is `undefined`.
    replanning,
    needsReplanning: replanning === undefined ? undefined : true,
    // While replanning is open, nobody may come: so the customer gets no reminder.
    reminderAt: replanning === undefined ? nextReminder(appointment) : undefined,
    // A cancelled appointment takes no time. A completed one stays in the diary, because the daily cap counts it.
    diary: status === 'CANCELLED' ? undefined : appointment.diary,
    vehicleDiary: status === 'CANCELLED' || vehicleId === undefined ? undefined : vehicleDiaryOf(vehicleId),
  };
};

const iso = (date: Date | undefined): string | undefined => date?.toISOString();

/** Id and number of the ticket or repair, under the names that answers and events use. */
export const namesOf = ({ kind, id, number }: Subject) =>
  kind === 'TICKET' ? { ticketId: id, ticketNumber: number } : { repairId: id, repairNumber: number };

/** The appointment as events carry it, without internal data. */
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
    vehicleId: appointment.vehicleId,
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
