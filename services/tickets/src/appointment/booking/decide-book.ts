import { AppointmentBooked } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentType } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { published, withDerived, type Appointment, type AppointmentDraft, type Subject } from '../appointment.js';
import { remindersFrom } from '../reminder/reminders.js';
import type { Venue } from './venue.js';
import type { BookedTurn } from './book-turn.js';

export interface Booking extends Venue {
  readonly id: string;
  readonly subject: Subject;
  readonly customerId: string;
  readonly assetId?: string;
  readonly contactUserId?: string;
  readonly createdByUserId: string;
  readonly type: AppointmentType;
  readonly scheduledStartAt: Date;
  readonly scheduledEndAt: Date;
  readonly customerNotes?: string;
  readonly technicianNotes?: string;
}

/** Diary, technician with their name, and vehicle of the place that was found, as the appointment stores them. */
export const takerOf = ({ candidate, diary, vehicleId }: BookedTurn, technicianName: string | undefined) => ({
  diary,
  vehicleId,
  technicianId: candidate.technician?.id,
  technicianName: candidate.technician === undefined ? undefined : technicianName,
});

export const book = (booking: Booking, place: BookedTurn, technicianName: string | undefined, now: Date): AppointmentDraft =>
  withDerived({
    ...booking,
    status: 'SCHEDULED' as const,
    ...takerOf(place, technicianName),
    ...remindersFrom(booking.scheduledStartAt, now),
    turns: place.turns,
  });

export const bookEvents =
  (actorUserId: string | undefined) =>
  (appointment: Appointment): readonly DomainEvent[] => [
    AppointmentBooked.with({ appointment: published(appointment), ...(actorUserId === undefined ? {} : { actorUserId }) }),
  ];
